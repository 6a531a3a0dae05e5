"""Registers LibreOffice as an engine of xlwings: ``register(connect("pipe,name=x"))``, then plain xlwings code."""

from collections.abc import Callable, Sequence
from typing import Any

import xlwings

from addin.calc.app import App, Apps
from addin.calc.bridge import Office
from addin.calc.values import from_cells, to_cell

NAME = "libreoffice"


class Engine:
    """What xlwings asks of an engine."""

    name = NAME
    type = "desktop"

    def __init__(self, office: Office, hidden: bool) -> None:
        self._app = App(self, office, hidden)

    @property
    def apps(self) -> Apps:
        """The running programs."""
        return Apps(self._app)

    @staticmethod
    def prepare_xl_data_element(value: object, options: object) -> object:
        """A Python value on its way into a cell."""
        return to_cell(value)

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[object]],
        datetime_builder: Callable[..., Any],
        empty_as: object,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[object]]:
        """Cell values on their way to Python."""
        return from_cells(data, datetime_builder, empty_as, number_builder, err_to_str)


def register(office: Office, *, hidden: bool = False) -> xlwings.App:
    """Make this office the program xlwings works with; ``hidden`` opens workbooks without a window."""
    engine = xlwings.Engine(impl=Engine(office, hidden))
    xlwings.engines.add(engine)
    engine.activate()
    return xlwings.App(impl=engine.impl.apps[1])
