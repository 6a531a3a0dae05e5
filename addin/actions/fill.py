"""`taizhang fill`: fills empty rolls and summary tables sent from above, by their titles; the mapping is kept."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from addin.actions.common import AS_OF, DISCLOSURE, disclosed, noting_disclosure, write_json
from addin.actions.filling_counts import FilledCounts, count_layout, filled_counts, mapped_layout, shown_layout
from addin.actions.filling_rolls import (
    EVERYONE,
    FilledRoll,
    changed,
    member_rolls,
    persons_for,
    shown_roll,
    whose,
)
from addin.actions.forms import chosen, known_forms
from addin.actions.terms import as_of_for, policy_of
from addin.desk import Desk
from addin.forms.count_filling import COUNT, CountLayout, as_count_data
from addin.forms.library import read_json
from addin.forms.recognising import Layout, as_data, recognise
from addin.forms.spec import Form
from addin.grid import Sheet
from addin.hosts.closed import sheets_of
from addin.hosts.copying import filled_copy
from addin.hosts.door import Admitted, admit, every_sheet
from addin.loading import load_book
from addin.problem import CannotUse
from addin.registry import FOUND_ERRORS, OK, action, argument
from validators.rule import Case

Mapped = Mapping[str, Any]


@action(
    "fill",
    label="任意表取数",
    tip="上级发来的空白名册或汇总表，按标题认出要什么，从台账取数填好；对应关系显示并存下，可改后再用。原空表不动。",
    arguments=(
        argument("empty", metavar="空表", type=Path, help="要填的空白名册或汇总表（.xlsx），各张工作表一起填"),
        argument("--from", dest="file", metavar="工作簿", type=Path, required=True, help="支部台账或党委汇总"),
        argument("-o", "--output", metavar="文件", type=Path, help="填好的表，默认在空表旁边，名字加“_已填”"),
        argument(
            "--who",
            metavar="人员",
            default=None,
            help=f"名册填哪些人，如 流动党员、排查对象，或一张名册的表名；默认按名册的标题，认不出的填{EVERYONE}",
        ),
        argument("--sheet", metavar="工作表", help="只填这一张工作表"),
        argument("--mapping", metavar="文件", type=Path, help="用存下来（改好）的对应关系"),
        argument("--form", metavar="表名", help="汇总表按这一张官方表的栏目取数；不写则认最像的"),
        argument("--forms-dir", metavar="文件夹", type=Path, help="自己的表样文件夹；也按其中的表样认"),
        argument("--show", action="store_true", help="只显示对应关系，不填"),
        *DISCLOSURE,
        AS_OF,
    ),
)
def fill(args: argparse.Namespace, desk: Desk) -> int:
    """Recognise, show, fill a copy, keep the mapping; 1 when a sum does not hold or a roll has too few rows.

    Raises CannotUse with what to do.
    """
    mappings = _mappings(args.mapping, args.sheet)
    work = _work(args, desk, mappings)
    tables = _recognised(work, mappings, args)
    if not tables:
        raise CannotUse(
            f"“{args.empty.name}”里认不出列标题：名册至少要有两个（如 姓名、公民身份号码），"
            "汇总表的栏目和行要像本工具的某张汇总表（见 taizhang forms --list）；标题在前 15 行。"
        )
    for line in _shown(work, tables):
        desk.say(line)
    return OK if args.show else _fill(args, desk, work, tables)


@dataclass(frozen=True, slots=True)
class _Work:
    """What there is to fill, and from what: the empty workbook with its visible sheets, the forms, the case."""

    file: Admitted
    sheets: Sequence[Sheet]
    known: Mapping[str, Form]
    counted: Sequence[Form]
    case: Case

    @property
    def rolls(self) -> Mapping[str, Form]:
        """The rolls of members among the forms."""
        return member_rolls(self.known, self.case)


@dataclass(frozen=True, slots=True)
class _Roll:
    """A recognised roll, and whom it lists in words."""

    sheet: Sheet
    layout: Layout
    who: str


@dataclass(frozen=True, slots=True)
class _Counts:
    """A recognised summary table."""

    sheet: Sheet
    layout: CountLayout


_Table = _Roll | _Counts


def _work(args: argparse.Namespace, desk: Desk, mappings: Sequence[Mapped]) -> _Work:
    admitted = admit(args.empty, every_sheet)
    wanted = {args.sheet} if args.sheet else {str(each["sheet"]) for each in mappings if each.get("sheet")}
    sheets = [each for each in sheets_of(admitted, lambda name: not wanted or name in wanted) if each.is_visible]
    if not sheets:
        raise CannotUse(f"“{args.empty.name}”里没有“{'”、“'.join(sorted(wanted))}”这张工作表。")
    known, book = known_forms(args.forms_dir), load_book(args.file)
    case = Case(book, policy_of(book), as_of_for(book, args.as_of, desk))
    counted = chosen(known, [args.form], case) if args.form else list(known.values())
    return _Work(admitted, sheets, known, counted, case)


def _mappings(path: Path | None, sheet: str | None) -> list[Mapped]:
    """The saved mappings of a file, one a sheet; a single one may be used for another sheet."""
    if path is None:
        return []
    data = read_json(path)
    if not isinstance(data.get("sheets"), list):
        return [{**data, "sheet": sheet} if sheet else data]
    found: list[Mapped] = [each for each in data["sheets"] if isinstance(each, dict)]
    found = [each for each in found if not sheet or each.get("sheet") == sheet]
    if not found:
        raise CannotUse(f"对应关系“{path.name}”里没有{f'“{sheet}”这张' if sheet else '一张'}工作表，请改正后再用。")
    return found


def _recognised(work: _Work, mappings: Sequence[Mapped], args: argparse.Namespace) -> list[_Table]:
    """What the sheets are: as the mappings tell, else by their titles.

    Of sheets that can only be guessed at the likeliest is taken, and that only when no other is certain.
    """
    if mappings:
        tables = [_as_mapped(work, _sheet_of(work, each), each, args) for each in mappings]
        return [table for table in tables if table is not None]
    tables = [_by_titles(work, sheet, args) for sheet in work.sheets]
    found = [table for table in tables if table is not None]
    certain = [table for table in found if _is_certain(table)]
    likeliest = max(found, key=lambda one: (isinstance(one, _Counts), one.layout.known), default=None)
    return certain or ([likeliest] if likeliest is not None else [])


def _sheet_of(work: _Work, mapping: Mapped) -> Sheet:
    """The sheet a mapping is for, the first when it names none. Raises CannotUse."""
    wanted = str(mapping.get("sheet") or work.sheets[0].name)
    found = next((sheet for sheet in work.sheets if sheet.name == wanted), None)
    if found is None:
        raise CannotUse(f"“{work.file.path.name}”里没有“{wanted}”这张工作表，请改正对应关系再用。")
    return found


def _by_titles(work: _Work, sheet: Sheet, args: argparse.Namespace) -> _Table | None:
    """A roll when a title asks for a name or number, else a summary table, else a roll of whatever it asks for."""
    roll = recognise(sheet) if not args.form else None
    if roll is None or not roll.is_about_persons:
        counts = count_layout(work.file, sheet, work.counted, work.case)
        if counts is not None:
            return _Counts(sheet, counts)
    return _Roll(sheet, roll, args.who or whose(sheet, roll, work.rolls)) if roll is not None else None


def _is_certain(table: _Table) -> bool:
    return table.layout.is_about_persons if isinstance(table, _Roll) else table.layout.is_mostly_known


def _as_mapped(work: _Work, sheet: Sheet, mapping: Mapped, args: argparse.Namespace) -> _Table | None:
    if mapping.get("kind") == COUNT:
        return _Counts(sheet, mapped_layout(mapping, args.mapping.name, work.known, work.case))
    layout = recognise(sheet)
    if layout is None:
        return None
    who = args.who or str(mapping.get("who") or whose(sheet, layout, work.rolls))
    return _Roll(sheet, changed(layout, mapping, args.mapping.name), who)


def _shown(work: _Work, tables: Sequence[_Table]) -> Iterator[str]:
    """The mapping in words, and which sheets are left as they are."""
    for table in tables:
        if isinstance(table, _Roll):
            yield from shown_roll(table.layout, table.who)
        else:
            yield from shown_layout(table.layout, work.case)
    known = {table.sheet.name for table in tables}
    others = [sheet.name for sheet in work.sheets if sheet.name not in known and any(map(any, sheet.rows))]
    if others:
        yield f"没有认出、原样不动的工作表：{'、'.join(others)}。要填其中一张，请用 --sheet 指定，汇总表可再加 --form。"


def _fill(args: argparse.Namespace, desk: Desk, work: _Work, tables: Sequence[_Table]) -> int:
    """Fill a copy and tell what came of each sheet. Raises CannotUse, OSError."""
    made = [_made(table, work) for table in tables]
    lacking = [each for each in made if isinstance(each, FilledRoll) and each.lacks_rows]
    if len(lacking) == len(made):
        raise CannotUse(f"“{args.empty.name}”{lacking[0].lacks_rows}")
    rolls = [each for each in made if isinstance(each, FilledRoll) and each not in lacking]
    counts = [each for each in made if isinstance(each, FilledCounts)]
    target: Path = args.output or args.empty.with_name(f"{args.empty.stem}_已填{args.empty.suffix}")
    disclosed_as = disclosed(args, work.case.policy)
    what = f"任意表取数 {sum(len(roll.persons) for roll in rolls)} 人"
    numbers = [value for each in counts for value in each.values]
    with noting_disclosure(args.file, disclosed_as, what, target, desk) if rolls else nullcontext():
        values = [value for roll in rolls for value in roll.values(disclosed_as.masking)]
        refused = filled_copy(args.empty, target, [*values, *numbers])
    desk.say(f"已填好，存为 {target}。")
    for line in (line for each in made for line in each.told(refused)):
        desk.say(line)
    _keep(target, tables, work.case, desk)
    return max([FOUND_ERRORS if lacking else OK, *(each.code for each in counts)])


def _made(table: _Table, work: _Work) -> FilledRoll | FilledCounts:
    if isinstance(table, _Counts):
        return filled_counts(table.sheet, table.layout, work.case)
    return FilledRoll(table.layout, table.who, persons_for(work.case, table.who, work.rolls))


def _keep(target: Path, tables: Sequence[_Table], case: Case, desk: Desk) -> None:
    """The mapping beside the filled table, for several sheets one after the other."""
    data = [
        as_data(table.layout, table.who) if isinstance(table, _Roll) else as_count_data(table.layout, case)
        for table in tables
    ]
    kept = target.with_name(f"{target.stem}.取数.json")
    write_json(kept, data[0] if len(data) == 1 else {"schema": 1, "sheets": data})
    desk.say(f"对应关系存为 {kept.name}，改好后可用 --mapping 再用。")
