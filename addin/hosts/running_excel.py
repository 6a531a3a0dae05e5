"""Finds the running Excel (or WPS) whose window a button was pressed in, and its workbook in front."""

from importlib import import_module
from typing import Any

import xlwings as xw

from addin.problem import CannotUse

WPS_CLASSES = ("Ket.Application", "ket.Application", "ET.Application")


def running_app(window: int) -> xw.App:
    """The program behind a window handle. Raises CannotUse, saying what works instead, when there is none."""
    for app in xw.apps:
        if app.hwnd == window:
            return app
    wps = _wps(window)
    if wps is None:
        raise CannotUse(
            "没有找到按按钮的那个 Excel 窗口：请关闭多余的 Excel 窗口，重新打开台账再按一次；"
            "用 WPS 的请改用命令行，或先用 Excel 打开。"
        )
    return wps


def book_in_front(app: xw.App) -> xw.Book | None:
    """The workbook in front; None when none is open."""
    return app.books.active if len(app.books) else None


def _wps(window: int) -> xw.App | None:
    """A running WPS, which offers Excel's objects under names of its own; None elsewhere than on Windows."""
    try:
        client = import_module("win32com.client")
        windows = import_module("xlwings._xlwindows")
    except ImportError:
        return None
    for name in WPS_CLASSES:
        try:
            program: Any = client.GetActiveObject(name)
        except Exception:  # pywin32 raises its own com_error, which is no OSError
            continue
        if program.Hwnd == window:
            return xw.App(impl=windows.App(xl=windows.COMRetryObjectWrapper(program)))
    return None
