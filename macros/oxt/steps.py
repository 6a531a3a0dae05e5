"""What stands under 编辑—撤销 after a button: Ctrl+Z there presses 撤销上一步, so one key takes the whole button back.

Runs inside LibreOffice, with nothing but its Python, because it must outlive the press that asked for it.
"""

import unohelper
from com.sun.star.document import XUndoAction
from com.sun.star.lang import XServiceInfo
from com.sun.star.task import XJob
from com.sun.star.util import URL

NAME = "cn.taizhang.Steps"
UNDO = "cn.taizhang:undo"


class Step(unohelper.Base, XUndoAction):
    """One button's work in one document."""

    def __init__(self, context, document, title):
        self.context, self.document, self.Title = context, document, title

    def undo(self):
        frame = self.document.getCurrentController().getFrame()
        transformer = self.context.ServiceManager.createInstanceWithContext(
            "com.sun.star.util.URLTransformer", self.context
        )
        _, url = transformer.parseStrict(URL(Complete=UNDO))
        frame.queryDispatch(url, "_self", 0).dispatch(url, ())

    def redo(self):
        """Nothing: 撤销上一步 empties the list, so there is never anything to redo."""


class Steps(unohelper.Base, XJob, XServiceInfo):
    """Puts a step on the list of a document; ``execute`` takes its Document and its Title."""

    def __init__(self, context, *arguments):
        self.context = context

    def execute(self, arguments):
        given = {argument.Name: argument.Value for argument in arguments}
        document = given["Document"]
        document.getUndoManager().addUndoAction(Step(self.context, document, given["Title"]))

    def getImplementationName(self):
        return NAME

    def supportsService(self, name):
        return name == NAME

    def getSupportedServiceNames(self):
        return (NAME,)


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Steps, NAME, (NAME,))
