"""A worksheet that takes whole rows, made without a call for every cell."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from addin.hosts.bulk_rows import BulkColumn, rendered_rows
from validators.table import Value

ROWS_GO_HERE = "<!--rows-->"
_LAST_COLUMN = 16_383


class BulkSheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose rows below the titles come from ``put_rows``."""

    dim_rowmax: int
    formatted_from = -1
    leaves_rows_out = False
    """Whether the part is written with ROWS_GO_HERE in place of the rows, for whoever puts them in afterwards."""

    def put_rows(self, first: int, columns: Sequence[BulkColumn], rows: Sequence[Mapping[str, Value]]) -> None:
        """Take rows from 1-based row ``first`` on."""
        self.__dict__["bulk"] = (first, columns, rows)

    def blocks(self) -> Iterator[bytes]:
        """The XML of the rows, many at a time. Raises as ``rendered_rows``."""
        first, columns, rows = self.__dict__.get("bulk", (0, (), ()))
        return rendered_rows(self.name, first, columns, rows)

    @property
    def bulk_rows(self) -> int:
        """How many rows came from ``put_rows``."""
        return len(self.__dict__["bulk"][2]) if "bulk" in self.__dict__ else 0

    def format_beyond(self, first: int, style: Any) -> None:
        """Give every column from 0-based ``first`` on a format, as one entry instead of thousands."""
        self.set_column(first, first, None, style)
        self.formatted_from = first

    def _write_col_info(self, col_min: int, col_max: int, col_info: Any) -> None:
        super()._write_col_info(col_min, _LAST_COLUMN if col_max == self.formatted_from else col_max, col_info)

    def _assemble_xml_file(self) -> None:
        """The rows count for the sheet's dimension, which is written before them."""
        self.title_rows = self.dim_rowmax
        self.dim_rowmax += self.bulk_rows
        super()._assemble_xml_file()

    def _write_rows(self) -> None:
        last = self.dim_rowmax
        self.dim_rowmax = self.title_rows
        super()._write_rows()
        self.dim_rowmax = last
        if not self.leaves_rows_out:
            self.fh.writelines(block.decode() for block in self.blocks())
        elif self.bulk_rows:
            self.fh.write(ROWS_GO_HERE)


def style_number(style: Any) -> int:
    """The number by which cells refer to a format."""
    number: int = style._get_xf_index()
    return number
