"""Does many calls of the tool at once: one that comes from outside takes as long as twenty in here.

Runs inside LibreOffice, with nothing but its Python. It can do nothing its caller could not do call by call.
"""

import unohelper
from com.sun.star.lang import XServiceInfo
from com.sun.star.task import XJob
from com.sun.star.uno import Exception as UnoException

NAME = "cn.taizhang.Calls"


class Calls(unohelper.Base, XJob, XServiceInfo):
    """``execute`` takes Steps: of each the object or the number of the step that gave it, method, arguments, Wanted."""

    def __init__(self, context, *arguments):
        self.context = context

    def execute(self, arguments):
        done, wanted = [], []
        for target, method, values, is_wanted, may_fail in arguments[0].Value:
            found = done[target] if isinstance(target, int) else target
            try:
                done.append(getattr(found, method)(*values))
            except UnoException:
                if not may_fail:
                    raise
                done.append(None)
            if is_wanted:
                wanted.append(done[-1])
        return tuple(wanted)

    def getImplementationName(self):
        return NAME

    def supportsService(self, name):
        return name == NAME

    def getSupportedServiceNames(self):
        return (NAME,)


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Calls, NAME, (NAME,))
