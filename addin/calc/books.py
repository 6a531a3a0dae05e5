"""Open workbooks as xlwings handles them."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import XlwingsError, base_classes

from addin.calc.bridge import Uno, file_path, file_url, properties, struct, uno
from addin.calc.formulas import Formulas
from addin.calc.names import Names
from addin.calc.number_formats import NumberFormats
from addin.calc.protection import unlocked
from addin.calc.sheets import Sheet, Sheets
from addin.calc.tables import Table

if TYPE_CHECKING:
    from addin.calc.app import App

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
}
"""LibreOffice's name of each file kind it can store."""

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
_NEVER_RUN_MACROS = 0
"""com.sun.star.document.MacroExecMode.NEVER_EXECUTE."""


class Book(base_classes.Book):
    """One open workbook."""

    def __init__(self, app: "App", document: Uno) -> None:
        self._app, self._document = app, document

    @property
    def api(self) -> Uno:
        """The UNO document."""
        return self._document

    @property
    def app(self) -> "App":
        """The program it is open in."""
        return self._app

    @property
    def controller(self) -> Uno:
        """The UNO controller of its window."""
        return self._document.getCurrentController()

    @property
    def frame(self) -> Uno:
        """The UNO frame of its window."""
        return self.controller.getFrame()

    @cached_property
    def all_sheets(self) -> Uno:
        """The UNO container of its sheets."""
        return self._document.getSheets()

    @cached_property
    def undo_manager(self) -> Uno:
        """The UNO list of undo."""
        return self._document.getUndoManager()

    @cached_property
    def number_formats(self) -> NumberFormats:
        """Its number formats."""
        return NumberFormats(self._document)

    @cached_property
    def formulas(self) -> Formulas:
        """Reads and prints its formulas."""
        return Formulas(self._document)

    @property
    def fullname(self) -> str:
        """Its path, or its title while it was never saved."""
        url = self._document.getURL()
        return file_path(url) if url else str(self._document.getTitle())

    @property
    def name(self) -> str:
        """Its file name."""
        return Path(self.fullname).name

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """Its defined names."""
        return Names(self, self._document.NamedRanges)

    def sheet_at(self, sheet: Uno) -> Sheet:
        """The sheet around a UNO sheet."""
        return Sheet(self, sheet)

    def table(self, name: str) -> Table | None:
        """The table of this name, on whatever sheet."""
        for sheet in self.sheets:
            if name in sheet.tables:
                return sheet.tables(name)
        return None

    def unlocked(self, names: Iterable[str]) -> AbstractContextManager[frozenset[str]]:
        """Locked cells of these sheets can be changed inside, but of those with a password, whose names it gives."""
        return unlocked(self, names)

    def activate(self) -> None:
        """Bring its window to the front."""
        self.frame.getContainerWindow().toFront()
        self._app.front = self._document

    def close(self) -> None:
        """Close it without saving."""
        if self._app.pinned == self._document:
            self._app.pinned = None
        self._document.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Store it. A password encrypts the file; LibreOffice's plain ``Password`` would leave an .xlsx open."""
        if path is None and not password and self._document.hasLocation():
            self._document.store()
            return
        target = Path(path) if path else self._default_path()
        kind = FILTERS.get(target.suffix.lower())
        if kind is None:
            raise XlwingsError(f"LibreOffice cannot store a workbook as {target.suffix}")
        options = {"FilterName": kind, "Overwrite": True}
        if password:
            options["EncryptionData"] = _encryption(password)
        self._document.storeAsURL(file_url(target), properties(**options))

    def _default_path(self) -> Path:
        name = Path(self.fullname)
        return name if name.suffix.lower() in FILTERS else name.with_name(f"{name.name}.xlsx")

    def to_pdf(self, path: str, quality: object = None, *others: object, **more: object) -> None:
        """Print it into a PDF."""
        self._document.storeToURL(file_url(Path(path)), properties(FilterName="calc_pdf_Export"))


def _encryption(password: str) -> Any:
    pairs = (("CryptoType", "StrongEncryptionDataSpace"), ("OOXPassword", password))
    values = tuple(struct("beans.NamedValue", Name=name, Value=value) for name, value in pairs)
    return uno().Any("[]com.sun.star.beans.NamedValue", values)


class Books(base_classes.Books):
    """The open workbooks."""

    def __init__(self, app: "App") -> None:
        self._app = app

    @property
    def app(self) -> "App":
        """Their program."""
        return self._app

    @property
    def api(self) -> Uno:
        """The UNO desktop."""
        return self._app.api

    def _documents(self) -> Iterator[Uno]:
        components = self.api.getComponents().createEnumeration()
        while components.hasMoreElements():
            component = components.nextElement()
            if hasattr(component, "supportsService") and component.supportsService(_SPREADSHEET):
                yield component

    @property
    def active(self) -> Book:
        """The one a button was pressed in, while that is at work, whatever window the clerk goes to meanwhile.

        Otherwise the one in front; without a window (or behind another kind of one) that last worked on, else any.
        Raises XlwingsError when none is open.
        """
        if self._app.pinned is not None:
            return Book(self._app, self._app.pinned)
        current = None if self._app.hidden else self.api.getCurrentComponent()
        if current is not None and hasattr(current, "supportsService") and current.supportsService(_SPREADSHEET):
            return Book(self._app, current)
        documents = list(self._documents())
        if not documents:
            raise XlwingsError("no workbook is open")
        return Book(self._app, self._app.front if self._app.front in documents else documents[0])

    def __iter__(self) -> Iterator[Book]:
        return iter([Book(self._app, document) for document in self._documents()])

    def __len__(self) -> int:
        return sum(1 for _ in self._documents())

    def __call__(self, wanted: int | str) -> Book:
        books = list(self)
        if isinstance(wanted, int):
            return books[wanted - 1]
        for book in books:
            if wanted.lower() in (book.name.lower(), book.fullname.lower()):
                return book
        raise KeyError(wanted)

    def __contains__(self, wanted: int | str) -> bool:
        try:
            self(wanted)
        except (KeyError, IndexError):
            return False
        return True

    def add(self) -> Book:
        """A new workbook."""
        return self._loaded(self._load("private:factory/scalc", Hidden=self._app.hidden))

    def open(
        self,
        fullname: str,
        update_links: object = None,
        read_only: bool | None = None,
        format: object = None,
        password: str | None = None,
        *others: object,
        **more: object,
    ) -> Book:
        """Open a file; its macros never run. Raises XlwingsError when LibreOffice cannot."""
        options: dict[str, object] = {
            "Hidden": self._app.hidden,
            "ReadOnly": bool(read_only),
            "MacroExecutionMode": _NEVER_RUN_MACROS,
        }
        if password:
            options["Password"] = password
        document = self._load(file_url(Path(fullname)), **options)
        if document is None:
            raise XlwingsError(f"LibreOffice could not open {fullname}")
        return self._loaded(document)

    def _loaded(self, document: Uno) -> Book:
        self._app.front = document
        return Book(self._app, document)

    def _load(self, url: str, **options: object) -> Uno:
        """Windows are made by the office's own thread: from another one GTK may stand still for ever."""
        return self.api.loadComponentFromURL(url, "_blank", 0, properties(OnMainThread=True, **options))
