"""A screen of its own under Xvfb, with a mouse and a keyboard that really click and type, and pictures of it."""

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from addin.calc.bridge import Office, properties, struct
from addin.installing.install import carry_out, code_folders, plan
from addin.installing.places import places
from addin.oxt import TOOLBAR, extension_bytes
from tests.office import Running, running_office, unopkg

SIZE = (1600, 900)
PATIENCE = 40.0
CHINESE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="UILocale" oor:op="fuse">
<value>zh-CN</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooLocale" oor:op="fuse"><value>zh-CN</value></prop>
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowTipOfTheDay" oor:op="fuse">
<value>false</value></prop></item>
</oor:items>
"""

Found = TypeVar("Found")


def wait_for(look: Callable[[], Found | None], what: str, patience: float = PATIENCE, pause: float = 0.1) -> Found:
    """Look again and again until something is found; an assertion error says what was missed."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(pause)
    raise AssertionError(f"not seen within {patience:.0f} s: {what}")


@dataclass(frozen=True, slots=True)
class Screen:
    """The screen and the office on it."""

    display: str
    running: Running

    @property
    def office(self) -> Office:
        """The office."""
        return self.running.office

    def xdotool(self, *words: str) -> str:
        """One order to mouse or keyboard, given up when the window it waits for has gone."""
        done = subprocess.run(
            ["timeout", "10", "xdotool", *words],
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip()

    def _here(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.display}

    def click(self, x: int, y: int) -> None:
        """Click with the left button."""
        self.xdotool("mousemove", str(x), str(y), "click", "1")

    def open(self, path: Path) -> Any:
        """Open a file in a window that fills the screen; its UNO document."""
        return self.open_url(path.as_uri())

    def open_url(self, url: str) -> Any:
        """Open what stands at an address in a window that fills the screen; there is no window manager to do it."""
        document = self.office.desktop.loadComponentFromURL(url, "_blank", 0, properties(OnMainThread=True))
        wait_for(lambda: self._fills_the_screen(document), "the window filling the screen")
        return document

    def _fills_the_screen(self, document: Any) -> bool:
        for window in self.xdotool("search", "--onlyvisible", "--name", "LibreOffice Calc").split():
            self.xdotool("windowmove", window, "0", "0", "windowsize", window, str(SIZE[0]), str(SIZE[1]))
        size = document.getCurrentController().getFrame().getContainerWindow().getPosSize()
        return bool(size.Width == SIZE[0])

    def press(self, document: Any, label: str) -> None:
        """Click the toolbar button with this caption, wherever it stands on the screen."""
        x, y = wait_for(lambda: button_place(document, label), f"the button {label}")
        self.click(x, y)

    def dispatch(self, document: Any, address: str) -> None:
        """What a menu entry or a key does: give an address to the window of a document."""
        url = struct("util.URL", Complete=address)
        _, url = self.office.service("util.URLTransformer").parseStrict(url)
        frame = document.getCurrentController().getFrame()
        frame.queryDispatch(url, "_self", 0).dispatch(url, ())

    def to_front(self, document: Any) -> None:
        """Lay the window of a document over the others; there is no window manager to do it."""
        title = str(document.getTitle())
        for window in self.xdotool("search", "--onlyvisible", "--name", title).split():
            self.xdotool("windowraise", window, "windowfocus", "--sync", window)

    def said(self) -> str:
        """What the buttons have told so far."""
        return self.running.log.read_text(encoding="utf-8", errors="replace")

    def window(self, title: str) -> str | None:
        """The number of the visible window with this title."""
        shown = self.xdotool("search", "--onlyvisible", "--name", ".").split()
        return next((number for number in shown if self.xdotool("getwindowname", number) == title), None)

    def answer(self, title: str, key: str = "Return") -> None:
        """Wait for a message and close it with a key, again when it was not yet listening."""
        number = wait_for(lambda: self.window(title), f"the message {title}")

        def closed() -> bool:
            if self.window(title) == number:
                self.xdotool("windowfocus", "--sync", number, "key", key)
            return self.window(title) != number

        wait_for(closed, f"the end of the message {title}", pause=0.5)

    def colours(self, x: int, y: int, width: int, height: int) -> set[str]:
        """The colours seen in a part of the screen, as ``#RRGGBB``."""
        command = ["import", "-window", "root", "-crop", f"{width}x{height}+{x}+{y}", "-depth", "8", "txt:-"]
        told = subprocess.run(command, env=self._here(), check=True, capture_output=True, text=True)
        return set(re.findall(r"#[0-9A-F]{6}\b", told.stdout))

    def picture(self, target: Path) -> None:
        """A picture of the whole screen."""
        command = ["import", "-window", "root", "+dither", "-colors", "128", f"PNG8:{target}"]
        subprocess.run(command, env=self._here(), check=True)


def button_place(document: Any, label: str) -> tuple[int, int] | None:
    """The middle of a toolbar button on the screen, asked of its accessible object; None while it is not drawn."""
    manager = document.getCurrentController().getFrame().LayoutManager
    element = manager.getElement(f"private:resource/toolbar/addon_{TOOLBAR}")
    if element is None:
        return None
    context = element.getRealInterface().getAccessibleContext()
    for number in range(context.getAccessibleChildCount()):
        child = context.getAccessibleChild(number).getAccessibleContext()
        if child.getAccessibleName() == label:
            place, size = child.getLocationOnScreen(), child.getSize()
            if size.Width > 0 and place.X >= 0:
                return place.X + size.Width // 2, place.Y + size.Height // 2 + menu_below(document)
    return None


def menu_below(document: Any) -> int:
    """GTK's menu is not part of the window as the office counts it; until it knows its place it counts from the top."""
    window = document.getCurrentController().getFrame().getContainerWindow()
    menu = SIZE[1] - int(window.getPosSize().Height)
    return menu - int(window.getAccessibleContext().getLocationOnScreen().Y)


@contextmanager
def screen(folder: Path, root: Path) -> Iterator[Screen]:
    """A screen with a Chinese LibreOffice, the extension and the private interpreter installed as for a clerk."""
    display_read, display_write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(display_write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp"],
        pass_fds=(display_write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(display_write)
    try:
        with os.fdopen(display_read) as told:
            display = f":{told.readline().strip()}"
        profile, data = folder / "profile", folder / "data"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(CHINESE, encoding="utf-8")
        install(profile, data, root)
        environment = {
            "DISPLAY": display,
            "XDG_DATA_HOME": str(data),
            "LANG": "C.UTF-8",
            "BROWSER": "true",
            "SAL_USE_VCLPLUGIN": "gtk3",
        }
        with running_office(profile, headless=False, environment=environment) as running:
            yield Screen(display, running)
    finally:
        server.terminate()
        server.wait()


def install(profile: Path, data: Path, root: Path) -> None:
    """Put interpreter and extension where ``taizhang install`` puts them, for this profile."""
    here = places("linux", {"XDG_DATA_HOME": str(data)}, data)
    steps = plan(here, addin=None, extension=extension_bytes(), unopkg="unopkg", code=code_folders(root))

    def run(command: Sequence[str]) -> tuple[int, str]:
        done = unopkg(profile, command[1], *command[2:])
        return done.returncode, done.stderr

    carry_out(steps, here, run)
