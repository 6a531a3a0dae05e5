"""The bridge to a running LibreOffice: finds its Python module, connects, and notices when the office is gone."""

import builtins
import importlib
import importlib.util
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from addin.problem import CannotUse

Uno = Any
"""An object on the other side of the bridge; its type is known there only."""

UNO_FOLDERS = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib*/libreoffice/program",
    "/usr/lib*/python3*/site-packages",
    "/opt/libreoffice*/program",
    "/Applications/LibreOffice.app/Contents/Resources",
    "C:/Program Files/LibreOffice/program",
)
"""Where packages of LibreOffice put ``uno.py`` when our own Python does not have it on its path."""

NO_BRIDGE = (
    "这台电脑上没有 LibreOffice 的 Python 接口：请安装 python3-uno（Debian/Ubuntu：apt install python3-uno），"
    "并用系统自带的同一版本 Python 运行本工具。"
)
NO_OFFICE = "没有找到正在运行的 LibreOffice：请先用 LibreOffice 打开台账，再按按钮。"
OFFICE_GONE = "LibreOffice 已经关闭或没有响应，这一步没有做完：请重新打开工作簿，看一眼内容，再按一次按钮。"

CALLS = "cn.taizhang.Calls"
"""The service of the extension that makes many calls at once."""

_PAUSE = 0.1


@cache
def uno() -> Any:
    """LibreOffice's module ``uno``. Raises CannotUse when it is not on this machine or is for another Python."""
    usual = builtins.__import__
    try:
        return _found_uno()
    finally:
        # uno replaces the import statement, which breaks libraries that try an import; structs are made without it.
        builtins.__import__ = usual


def _found_uno() -> Any:
    try:
        return importlib.import_module("uno")
    except ImportError:
        pass
    for place in _uno_files():
        try:
            return _load_uno(place)
        except ImportError:
            sys.modules.pop("uno", None)
    raise CannotUse(NO_BRIDGE)


def _uno_files() -> Iterator[Path]:
    for pattern in UNO_FOLDERS:
        root = Path(pattern).anchor
        yield from sorted(Path(root).glob(f"{Path(pattern).relative_to(root)}/uno.py"))


def _load_uno(place: Path) -> Any:
    """Only this one file: putting its folder on ``sys.path`` would let the system's packages in as well."""
    spec = importlib.util.spec_from_file_location("uno", place)
    if spec is None or spec.loader is None:
        raise ImportError(str(place))
    module = importlib.util.module_from_spec(spec)
    sys.modules["uno"] = module
    _reach_pyuno(place.parent)
    spec.loader.exec_module(module)
    return module


def _reach_pyuno(folder: Path) -> None:
    """``uno.py`` of a package knows where its compiled half is, one beside the office needs its own folder."""
    if any(folder.glob("pyuno.*")) and str(folder) not in sys.path:
        sys.path.append(str(folder))


def struct(name: str, **fields: object) -> Uno:
    """A UNO struct ``com.sun.star.<name>`` with its fields set."""
    made = uno().createUnoStruct(f"com.sun.star.{name}")
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def enum(name: str, value: str) -> Uno:
    """A value of the UNO enum ``com.sun.star.<name>``."""
    return uno().Enum(f"com.sun.star.{name}", value)


def properties(**values: object) -> tuple[Uno, ...]:
    """Named values as UNO's loading and storing calls take them."""
    return tuple(struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def file_url(path: Path) -> str:
    """The address of a file as the office wants it."""
    return str(uno().systemPathToFileUrl(str(path.absolute())))


def file_path(url: str) -> str:
    """The path behind a file address."""
    return str(uno().fileUrlToSystemPath(url))


class Office:
    """One running LibreOffice."""

    def __init__(self, context: Uno) -> None:
        self.context = context

    def service(self, name: str) -> Uno:
        """A service ``com.sun.star.<name>`` made in the office."""
        return self.context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", self.context)

    @cached_property
    def calls(self) -> Uno:
        """The extension's maker of many calls, None where it is not installed."""
        return self.context.ServiceManager.createInstanceWithContext(CALLS, self.context)

    @property
    def desktop(self) -> Uno:
        """Holds the open documents."""
        return self.service("frame.Desktop")

    def answers(self) -> bool:
        """Whether the office is still there."""
        try:
            return self.desktop is not None
        except Exception:
            return False


def connect(where: str, timeout: float = 10.0) -> Office:
    """The office listening at ``where`` (``pipe,name=x`` or ``socket,host=127.0.0.1,port=2002``).

    Waits up to ``timeout`` seconds for one that is still starting. Raises CannotUse.
    """
    local = uno().getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + timeout
    while True:
        try:
            return Office(resolver.resolve(f"uno:{where};urp;StarOffice.ComponentContext"))
        except _uno_exception() as problem:
            if time.monotonic() > end:
                raise CannotUse(NO_OFFICE) from problem
            time.sleep(_PAUSE)


@contextmanager
def plain_words(office: Office) -> Iterator[None]:
    """Whatever fails inside because the office is gone is told as one sentence (CannotUse)."""
    try:
        yield
    except CannotUse:
        raise
    except Exception as problem:
        if office.answers():
            raise
        raise CannotUse(OFFICE_GONE) from problem


def _uno_exception() -> type[Exception]:
    found: type[Exception] = uno().getClass("com.sun.star.uno.Exception")
    return found
