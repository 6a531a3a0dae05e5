"""What a menu entry, toolbar button or key of the extension does: starts the tool's own interpreter for the document.

Runs inside LibreOffice, with nothing but its Python. The interpreter is the fixed one of the installation, never one a
document names. It reaches the office through a pipe with a random name that takes this one connection.
"""

import contextlib
import os
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.awt.MessageBoxType import QUERYBOX, WARNINGBOX
from com.sun.star.bridge import XInstanceProvider
from com.sun.star.frame import XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo
from com.sun.star.task import XJob

NAME = "cn.taizhang.Handler"
SERVICE = "com.sun.star.frame.ProtocolHandler"
PROTOCOL = "cn.taizhang:"
TITLE = "台账工具"
NO_INTERPRETER = "没有找到台账工具的运行环境（{}）。请重新运行 taizhang install --libreoffice，或请信息员看看。"
NOT_STARTED = "台账工具没有启动起来：{}。请把这句话告诉信息员。"
DIED = "台账工具没有启动起来，工作簿保持原样。解压的文件夹移动过或删过的，请重新安装；请运行 taizhang doctor 看缺什么。"
STILL_RUNNING = "上一个按钮还没有做完。要停下它、恢复原样吗？选“否”就继续做，做完再按。"
NO_DOCUMENT = "请先打开支部台账或党委汇总，再按这个按钮。"
STOP = b"stop\n"
OK, YES_NO, YES = 1, 3, 2
BEFORE_SAVING = "cn.taizhang.BeforeSaving"
OURS = ("封面", "党员名册")
SAVING_SECONDS = 20
LISTEN_SECONDS = 60
LEAVING_SECONDS = 2
FOREIGN = ("PYTHON", "URE_", "UNO_", "LD_LIBRARY_PATH")


def interpreter():
    """The private interpreter, where ``taizhang install`` puts it."""
    if sys.platform == "win32":
        folder = Path(os.environ["LOCALAPPDATA"]) / "Taizhang" / "python"
        unpacked = folder / "pythonw.exe"
        return unpacked if unpacked.exists() else folder / "Scripts" / "pythonw.exe"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Taizhang" / "python" / "bin" / "python3"
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "taizhang" / "python" / "bin" / "python3"


class Instances(unohelper.Base, XInstanceProvider):
    """Gives the one who connects the office's component context."""

    def __init__(self, context):
        self.context = context

    def getInstance(self, name):
        return self.context if name == "StarOffice.ComponentContext" else None


class Later(unohelper.Base, XCallback):
    """Does one thing on the office's own thread: windows opened from another one hang."""

    def __init__(self, work):
        self.work = work

    def notify(self, data):
        self.work()


class Handler(unohelper.Base, XInitialization, XDispatchProvider, XDispatch, XServiceInfo):
    """Dispatches ``cn.taizhang:<key>``; ``running`` is the press under way."""

    running = None

    def __init__(self, context, *arguments):
        self.context, self.frame = context, None

    def initialize(self, arguments):
        self.frame = arguments[0] if arguments else None

    def queryDispatch(self, url, target, flags):
        return self if url.Protocol == PROTOCOL else None

    def queryDispatches(self, requests):
        return tuple(self.queryDispatch(one.FeatureURL, one.FrameName, one.SearchFlags) for one in requests)

    def dispatch(self, url, arguments):
        try:
            self.press(url.Path)
        except Exception as problem:
            self.tell(NOT_STARTED.format(problem))

    def press(self, key):
        """Start the tool for the document of this window, unless it is still at work."""
        program = interpreter()
        controller = self.frame.getController() if self.frame is not None else None
        if self.is_at_work():
            self.offer_to_stop()
        elif not program.exists():
            self.tell(NO_INTERPRETER.format(program))
        elif controller is None or controller.getModel() is None:
            self.tell(NO_DOCUMENT)
        else:
            pipe = f"taizhang{uuid.uuid4().hex}"
            acceptor = self.service("com.sun.star.connection.Acceptor")
            threading.Thread(target=self.listen, args=(acceptor, pipe), daemon=True).start()
            document = controller.getModel().RuntimeUID
            words = ["-I", "-X", "utf8", "-m", "addin.calc.runner", key, f"--pipe={pipe}", f"--document={document}"]
            Handler.running = subprocess.Popen(
                [str(program), *words], env=own_environment(), close_fds=True, stdin=subprocess.PIPE
            )
            threading.Thread(target=self.watch, args=(acceptor, Handler.running), daemon=True).start()

    def is_at_work(self):
        """Whether the press before is still under way; one that has just told its result takes a moment to leave."""
        if Handler.running is None:
            return False
        try:
            Handler.running.wait(LEAVING_SECONDS)
        except subprocess.TimeoutExpired:
            return True
        return False

    def offer_to_stop(self):
        """Ask whether the press under way is to stop, and tell it so; one that ends meanwhile needs no telling."""
        if self.ask(STILL_RUNNING) and Handler.running.poll() is None:
            with contextlib.suppress(OSError):
                Handler.running.stdin.write(STOP)
                Handler.running.stdin.flush()

    def listen(self, acceptor, pipe):
        """Take one connection on the pipe; give up, and say so, when none comes."""
        patience = threading.Timer(LISTEN_SECONDS, acceptor.stopAccepting)
        patience.start()
        try:
            connection = acceptor.accept(f"pipe,name={pipe}")
        finally:
            patience.cancel()
        if connection is not None:
            bridges = self.service("com.sun.star.bridge.BridgeFactory")
            bridges.createBridge(pipe, "urp", connection, Instances(self.context))
        else:
            self.service("com.sun.star.awt.AsyncCallback").addCallback(Later(lambda: self.tell(DIED)), None)

    def watch(self, acceptor, process):
        """A tool that ends without having connected will never do so: nobody needs to wait for it."""
        process.wait()
        acceptor.stopAccepting()

    def service(self, name):
        """A service of the office."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def tell(self, text):
        """One sentence in a window."""
        self.box(WARNINGBOX, OK, text)

    def ask(self, text):
        """A question in a window; whether the answer is yes."""
        return self.box(QUERYBOX, YES_NO, text) == YES

    def box(self, kind, buttons, text):
        """A window with a text; the number of the button it was closed with."""
        window = self.frame.getContainerWindow() if self.frame is not None else None
        return self.service("com.sun.star.awt.Toolkit").createMessageBox(window, kind, buttons, TITLE, text).execute()

    def addStatusListener(self, listener, url):
        pass

    def removeStatusListener(self, listener, url):
        pass

    def getImplementationName(self):
        return NAME

    def supportsService(self, name):
        return name == SERVICE

    def getSupportedServiceNames(self):
        return (SERVICE,)


class BeforeSaving(unohelper.Base, XJob, XServiceInfo):
    """Keeps the stored file of a workbook of ours before LibreOffice, which loses some of a template, replaces it."""

    def __init__(self, context, *arguments):
        self.context = context

    def execute(self, arguments):
        given = {argument.Name: argument.Value for argument in arguments}
        told = {argument.Name: argument.Value for argument in given.get("Environment", ())}
        document, program = told.get("Model"), interpreter()
        if document is not None and is_ours(document) and program.exists():
            file = unohelper.fileUrlToSystemPath(document.getURL())
            words = ["-I", "-X", "utf8", "-m", "addin.live.before_saving", file]
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run([str(program), *words], env=own_environment(), timeout=SAVING_SECONDS, check=False)

    def getImplementationName(self):
        return BEFORE_SAVING

    def supportsService(self, name):
        return name == BEFORE_SAVING

    def getSupportedServiceNames(self):
        return (BEFORE_SAVING,)


def is_ours(document):
    """Whether a document is a stored 支部台账 or 党委汇总."""
    if not document.getURL().startswith("file:") or not hasattr(document, "getSheets"):
        return False
    return set(OURS) <= set(document.getSheets().getElementNames())


def own_environment():
    """The environment for the tool, without what LibreOffice has put there for its own Python."""
    return {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Handler, NAME, (SERVICE,))
g_ImplementationHelper.addImplementation(BeforeSaving, BEFORE_SAVING, (BEFORE_SAVING,))
