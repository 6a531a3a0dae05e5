"""Turns the JSON of a form into a Form; numbers the columns, spells out splits, refuses what cannot be understood."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from addin.forms.conditions import Condition, ConditionError, condition
from addin.forms.fields import title_of
from addin.forms.spec import CardCell, CardLine, Column, FixedRow, Form, FormError, Rows, SupplementLine
from addin.forms.subjects import MEMBER, populations
from validators.codes import code_lists
from validators.registers import registers

Conditions = Mapping[str, Any]

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"


def circled(code: str) -> str:
    """①…⑩ for the codes 1…10, else the code itself."""
    return _CIRCLED[int(code) - 1] if code.isdigit() and 1 <= int(code) <= len(_CIRCLED) else code


def parse_form(data: Mapping[str, Any], shared: Conditions, file: str) -> Form:
    """A form from its schema-valid JSON. Raises FormError naming the file and the place."""
    try:
        return _Parser(data, shared, file).form()
    except ConditionError as problem:
        raise FormError(f"表样 {file} 不能用：{problem}。") from None


class _Parser:
    """What the parts of one form file share while it is read."""

    def __init__(self, data: Mapping[str, Any], shared: Conditions, file: str) -> None:
        self.data, self.file = data, file
        self.named = {**shared, **data.get("named", {})}
        self.population = data.get("subjects", MEMBER)
        self.next_number = data.get("first_number", 1)
        self._check_population(self.population)

    def form(self) -> Form:
        data = self.data
        rows = self._rows(data["rows"]) if "rows" in data else None
        columns = tuple(column for part in data.get("columns", ()) for column in self._columns(part, ""))
        relations = data.get("relations", {})
        return Form(
            name=data["name"],
            number=data.get("number", ""),
            kind=data["kind"],
            levels=tuple(data["levels"]),
            status=data["status"],
            source=data["source"],
            filler=data.get("filler", ""),
            paper=data.get("paper", "A4"),
            upright=data.get("upright", False),
            population=self.population,
            scope=self._conditions(data.get("scope", ()), self.population),
            order=tuple(self._field(path) for path in data.get("order", ())),
            columns=columns,
            rows=rows,
            lines=tuple(self._card_line(line) for line in data.get("lines", ())),
            grid=tuple(data.get("grid", ())),
            supplement=tuple(self._supplement(line) for line in data.get("supplement", ())),
            column_relations=tuple(relations.get("columns", ())),
            row_relations=tuple(relations.get("rows", ())),
            supplement_relations=tuple(relations.get("supplement", ())),
            numbered=data.get("numbered", False),
            signature=data.get("signature", "report"),
            notes=tuple(data.get("notes", ())),
            place=data.get("place", 999),
            needs_numbers=data.get("needs_numbers", False),
            file=self.file,
        )

    def _columns(self, data: Mapping[str, Any], population: str) -> Iterator[Column]:
        if "split" in data:
            yield Column(data["title"], columns=tuple(self._split(data, population)))
            return
        if "columns" in data:
            parts = tuple(c for part in data["columns"] for c in self._columns(part, data.get("subjects", population)))
            yield Column(data["title"], columns=parts)
            return
        key = data.get("key", "")
        if not key:
            key, self.next_number = f"c{self.next_number}", self.next_number + 1
        counted = self._check_population(data.get("subjects", population) or self.population)
        show = data.get("show", ())
        yield Column(
            title=data["title"],
            key=key,
            width=data.get("width", 0),
            count=self._conditions(data["count"], counted) if "count" in data else None,
            show=tuple(self._field(path) for path in ([show] if isinstance(show, str) else show)),
            join=data.get("join", "　"),
            way=data.get("as", "value"),
            compute=data.get("compute", ""),
            by_hand=data.get("by_hand", ""),
            population=counted,
            is_whole=data.get("whole", False),
        )

    def _split(self, data: Mapping[str, Any], population: str) -> Iterator[Column]:
        """One counted column a word of a code list."""
        split = data["split"]
        codes = self._codes(split["codes"])
        for entry in code_lists()[codes].entries:
            title = entry.print or entry.word
            marked = f"{circled(entry.code)}{title}" if split.get("circled") else title
            more = [*data.get("count", ()), {"field": split["field"], "is": entry.word}]
            yield from self._columns({"title": marked, "count": more, "width": data.get("width", 0)}, population)

    def _rows(self, data: Mapping[str, Any]) -> Rows:
        words = code_lists()[self._codes(data["codes"])].words if "codes" in data else ()
        fixed = tuple(
            FixedRow(
                row["title"],
                row.get("key", f"r{place}"),
                self._conditions(row.get("count", ()), self._check_population(row.get("subjects", self.population))),
                row.get("indent", 0),
                row.get("subjects", ""),
                row.get("by_hand", ""),
                row.get("cover", ""),
                row.get("compute", ""),
            )
            for place, row in enumerate(data.get("fixed", ()), 1)
        )
        by = data.get("by", "")
        if by not in ("", "organisation"):
            self._field(by)
        return Rows(data.get("title", ""), by, tuple(words), data.get("total", ""), fixed, tuple(data.get("keep", ())))

    def _supplement(self, data: Mapping[str, Any]) -> SupplementLine:
        population = self._check_population(data.get("subjects", self.population))
        count = self._conditions(data["count"], population) if "count" in data else None
        return SupplementLine(
            data["label"], data["key"], count, population, data.get("indent", 0), data.get("by_hand", "")
        )

    def _card_line(self, data: Mapping[str, Any]) -> CardLine:
        register = data.get("register", "")
        if register and register not in registers():
            raise FormError(f"表样 {self.file} 不能用：没有“{register}”这张台账。")
        cells = tuple(self._card_cell(cell, register) for cell in data["cells"])
        match = tuple(data.get("match", ("", "")))
        year_of = data.get("year_of", "")
        return CardLine(cells, register, (match[0], match[1]), year_of, data.get("least", 0), data.get("height", 0))

    def _card_cell(self, data: Mapping[str, Any], register: str) -> CardCell:
        show = data.get("show", ())
        paths = [show] if isinstance(show, str) else show
        known = tuple(self._field(path, register or self.population) for path in paths)
        choices = code_lists()[self._codes(data["choices"])].words if "choices" in data else ()
        label, span = data.get("label", ""), data.get("span", 1)
        return CardCell(label, known, data.get("join", "　"), data.get("as", "value"), span, choices)

    def _conditions(self, data: Sequence[Any], population: str) -> tuple[Condition, ...]:
        return tuple(condition(part, self.named, population) for part in data)

    def _field(self, path: str, population: str = "") -> str:
        if path in ("#", "page"):
            return path
        try:
            title_of(path, population or self.population)
        except KeyError:
            raise FormError(f"表样 {self.file} 不能用：没有“{path}”这个数据项。") from None
        return path

    def _codes(self, name: str) -> str:
        if name not in code_lists():
            raise FormError(f"表样 {self.file} 不能用：代码表没有“{name}”。")
        return name

    def _check_population(self, name: str) -> str:
        if name not in populations():
            raise FormError(f"表样 {self.file} 不能用：没有“{name}”这类统计对象。")
        return name
