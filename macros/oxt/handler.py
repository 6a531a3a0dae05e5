"""What a menu entry, toolbar button or key of the extension does: starts the tool's own interpreter for the document.

Runs inside LibreOffice, with nothing but its Python. The interpreter is the fixed one of the installation, never one a
document names. It reaches the office through a pipe with a random name that takes this one connection.
"""

import os
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.awt.MessageBoxType import WARNINGBOX
from com.sun.star.bridge import XInstanceProvider
from com.sun.star.frame import XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo

NAME = "cn.taizhang.Handler"
SERVICE = "com.sun.star.frame.ProtocolHandler"
PROTOCOL = "cn.taizhang:"
TITLE = "台账工具"
NO_INTERPRETER = "没有找到台账工具的运行环境（{}）。请重新运行 taizhang install --libreoffice，或请信息员看看。"
NOT_STARTED = "台账工具没有启动起来：{}。请把这句话告诉信息员。"
DIED = "台账工具没有启动起来，工作簿保持原样。解压的文件夹移动过或删过的，请重新安装；请运行 taizhang doctor 看缺什么。"
STILL_RUNNING = "上一个按钮还没有做完，请等它结束再按。"
NO_DOCUMENT = "请先打开支部台账或党委汇总，再按这个按钮。"
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
            self.tell(STILL_RUNNING)
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
            mine = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
            Handler.running = subprocess.Popen([str(program), *words], env=mine, close_fds=True)
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
        toolkit = self.service("com.sun.star.awt.Toolkit")
        window = self.frame.getContainerWindow() if self.frame is not None else None
        toolkit.createMessageBox(window, WARNINGBOX, 1, TITLE, text).execute()

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


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Handler, NAME, (SERVICE,))
