"""The running LibreOffice as xlwings handles a program, with settings that are put back as they were."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from xlwings import XlwingsError, base_classes

from addin.calc.addresses import box_at_address
from addin.calc.books import Book, Books
from addin.calc.bridge import Office, Uno, enum, properties
from addin.calc.ranges import Range
from addin.text_width import wrapped

if TYPE_CHECKING:
    from addin.calc.engine import Engine

_ONLY = 1
"""One profile is one process: there is exactly one program, and this is its number."""

_KINDS = {"critical": "ERRORBOX", "info": "INFOBOX"}
_BUTTONS = {None: 1, "ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
_WINDOW_COLUMNS = 64
"""A line longer than this GTK wraps itself, and then shows the last lines of the text no more."""

_ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}


class Apps(base_classes.Apps):
    """The running programs: one."""

    def __init__(self, app: "App") -> None:
        self._app = app

    def keys(self) -> list[int]:
        """Their numbers."""
        return [_ONLY]

    def add(
        self, spec: object = None, add_book: bool | None = None, xl: object = None, visible: object = None
    ) -> "App":
        """The running program again, with a new workbook if asked."""
        if add_book:
            self._app.books.add()
        return self._app

    @staticmethod
    def cleanup() -> None:
        """There is nothing left behind to clean up."""

    def __iter__(self) -> Iterator["App"]:
        return iter([self._app])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> "App":
        return self._app


class App(base_classes.App):
    """One running LibreOffice. Settings LibreOffice does not have are remembered and given back."""

    def __init__(self, engine: "Engine", office: Office, hidden: bool) -> None:
        self._engine, self.office, self.hidden = engine, office, hidden
        self._settings: dict[str, Any] = {
            "screen_updating": True,
            "display_alerts": True,
            "enable_events": True,
            "interactive": True,
            "calculation": "automatic",
            "cut_copy_mode": None,
            "visible": not hidden,
            "status_bar": False,
        }
        self.front: Uno = None
        self.pinned: Uno = None
        self.copied: Range | None = None
        self.recording = False
        self.undo_is_stale = False
        self.undo_is_off = False
        self._indicator: Uno = None
        self._still: Uno = None

    @property
    def engine(self) -> "Engine":
        """The engine it belongs to."""
        return self._engine

    @property
    def api(self) -> Uno:
        """The UNO desktop."""
        return self.office.desktop

    @property
    def pid(self) -> int:
        """Its number."""
        return _ONLY

    @property
    def hwnd(self) -> int:
        """Its number; a window handle is not known outside."""
        return _ONLY

    @property
    def path(self) -> str:
        """Where it is installed is not asked."""
        return ""

    @property
    def startup_path(self) -> str:
        """It has no such folder."""
        return ""

    @property
    def books(self) -> Books:
        """Its workbooks."""
        return Books(self)

    @property
    def version(self) -> str:
        """As its about box shows it, e.g. ``7.4.7.2``."""
        provider = self.office.service("configuration.ConfigurationProvider")
        place = properties(nodepath="/org.openoffice.Setup/Product")
        product = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", place)
        return str(product.getByName("ooSetupVersionAboutBox"))

    @property
    def selection(self) -> Range | None:
        """The selected cells, None when something else is selected."""
        book = self.books.active
        cells = book.api.getCurrentSelection()
        if cells is None or not hasattr(cells, "getRangeAddress"):
            return None
        return Range(book.sheet_at(cells.getSpreadsheet()), box_at_address(cells.getRangeAddress()))

    def activate(self, steal_focus: bool = False) -> None:
        """Bring it to the front."""
        self.books.active.frame.activate()

    def calculate(self) -> None:
        """Calculate everything again."""
        self.books.active.api.calculateAll()

    def quit(self) -> None:
        """Close every workbook without saving, then leave."""
        for book in self.books:
            book.close()
        self.api.terminate()

    def kill(self) -> None:
        """As ``quit``."""
        self.quit()

    def run(self, macro: str, args: tuple[object, ...]) -> object:
        """Run a macro by its script address."""
        factory = self.office.service("script.provider.MasterScriptProviderFactory")
        script = factory.createScriptProvider("").getScript(macro)
        return script.invoke(tuple(args), (), ())[0]

    def alert(
        self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: object
    ) -> str | None:
        """Ask or tell the clerk; gives back ``ok``, ``cancel``, ``yes`` or ``no``."""
        window = self.books.active.frame.getContainerWindow()
        kind = enum("awt.MessageBoxType", _KINDS.get(mode or "", "QUERYBOX" if buttons else "INFOBOX"))
        toolkit = self.office.service("awt.Toolkit")
        text = wrapped(prompt or "", _WINDOW_COLUMNS)
        box = toolkit.createMessageBox(window, kind, _BUTTONS[buttons], title or "", text)
        return _ANSWERS.get(box.execute())

    def _change(self, name: str, value: Any, apply: Callable[[Any], None] | None = None) -> None:
        if self._settings[name] != value and apply is not None:
            apply(value)
        self._settings[name] = value

    @property
    def screen_updating(self) -> bool:
        """Whether the window follows what is written."""
        return bool(self._settings["screen_updating"])

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        self._change("screen_updating", bool(value), self._update_screen)

    def _update_screen(self, value: bool) -> None:
        """Locks count: the very document that was stilled is the one that is let go again."""
        if value:
            document, self._still = self._still, None
            document.IsAdjustHeightEnabled = True
            document.removeActionLock()
            document.unlockControllers()
            return
        self._still = self.books.active.api
        self._still.lockControllers()
        self._still.addActionLock()
        self._still.IsAdjustHeightEnabled = False

    @property
    def calculation(self) -> str:
        """``automatic`` or ``manual``."""
        return str(self._settings["calculation"])

    @calculation.setter
    def calculation(self, value: str) -> None:
        self._change("calculation", value, self._calculate_automatically)

    def _calculate_automatically(self, value: str) -> None:
        self.books.active.api.enableAutomaticCalculation(value == "automatic")

    @property
    def status_bar(self) -> Any:
        """The text in the status bar, False for the program's own."""
        return self._settings["status_bar"]

    @status_bar.setter
    def status_bar(self, value: Any) -> None:
        self._change("status_bar", value, self._show_status)

    def _show_status(self, value: Any) -> None:
        if self._indicator is not None:
            self._indicator.end()
            self._indicator = None
        if value:
            self._indicator = self.books.active.frame.createStatusIndicator()
            self._indicator.start(str(value), 0)

    @property
    def visible(self) -> bool:
        """Whether its windows show."""
        return bool(self._settings["visible"])

    @visible.setter
    def visible(self, value: bool) -> None:
        self._change("visible", bool(value), self._show_windows)

    def _show_windows(self, value: bool) -> None:
        for book in self.books:
            book.frame.getContainerWindow().setVisible(value)

    @property
    def display_alerts(self) -> bool:
        """Remembered only: LibreOffice asks nothing over UNO."""
        return bool(self._settings["display_alerts"])

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        self._change("display_alerts", bool(value))

    @property
    def enable_events(self) -> bool:
        """Remembered only."""
        return bool(self._settings["enable_events"])

    @enable_events.setter
    def enable_events(self, value: bool) -> None:
        self._change("enable_events", bool(value))

    @property
    def interactive(self) -> bool:
        """Remembered only."""
        return bool(self._settings["interactive"])

    @interactive.setter
    def interactive(self, value: bool) -> None:
        self._change("interactive", bool(value))

    @property
    def cut_copy_mode(self) -> Any:
        """Remembered only."""
        return self._settings["cut_copy_mode"]

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: Any) -> None:
        self._change("cut_copy_mode", value)

    def has_open(self, runtime_uid: str) -> bool:
        """Whether the workbook with this UNO identifier is open."""
        return any(book.api.RuntimeUID == runtime_uid for book in self.books)

    def book_of(self, runtime_uid: str) -> Book:
        """The open workbook with this UNO identifier. Raises XlwingsError when it was closed."""
        for book in self.books:
            if book.api.RuntimeUID == runtime_uid:
                return book
        raise XlwingsError("the workbook is not open any more")
