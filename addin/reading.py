"""From grids to a Book: which workbook this is, its cover, its registers, every value cleaned with its place kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from addin.binding import Binding, bind, title_key
from addin.carried import how_to_remove
from addin.cover_reading import read_cover
from addin.grid import Sheet
from addin.layout import BOOK_TITLES, COVER, FIRST_ROW, POLICY, POLICY_KEY, POLICY_OVERRIDE, TEMPLATE_VERSION
from addin.log_links import LOG, broken_log
from addin.problem import CannotUse
from addin.sealing import SHEET as SEAL
from addin.unread_sheets import unread_sheets
from validators.characters import doubtful_character
from validators.cleaning import Cleaned, Raw, clean
from validators.codes import fold
from validators.registers import Column, Register, columns_of, of_kind, registers
from validators.table import (
    EMPTY,
    Book,
    BookKind,
    Cleaning,
    Level,
    MonthOnly,
    Origin,
    Remark,
    Row,
    Table,
    Value,
    column_letter,
)
from validators.wording import nearest, shown

SHEET, VERSION, CELL, FILE, CHARACTER = "R-READ-SHEET", "R-READ-VERSION", "R-READ-CELL", "R-READ-FILE", "R-READ-CHAR"
"""Rule ids of what the reader notices about sheets, template version, cells without value, the file, characters."""

MOST_CHARACTERS = 32_767
"""What one cell of a spreadsheet can hold; longer texts come from damaged or made-up files and could not be kept."""

MAY_BE_MISSING = frozenset({"life_dues_log"})
"""Registers a branch may leave out altogether; the contract calls the event log optional."""

NOT_READ = Cleaned(None)
_MOST_REMEMBERED = 20_000
_AS_VALUE = "请把这一格改成直接填写的内容（复制后“选择性粘贴—数值”），再保存"


@dataclass(slots=True)
class _Notes:
    """What is noticed while reading one workbook."""

    cleanings: list[Cleaning] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read_book(sheets: Sequence[Sheet], file: str, carried: Sequence[str] = ()) -> Book:
    """The workbook behind these sheets. ``carried`` names what the file holds besides cells, to be told.

    Raises CannotUse, with one sentence, for a workbook that is not ours, newer than this tool, or without a sheet or
    column the registers need.
    """
    by_key = _by_register(sheets)
    kind = _kind_of(by_key, sheets, file)
    notes = _Notes()
    cover, cover_table = read_cover(by_key["cover"], file, notes.cleanings)
    _check_version(cover, cover_table, file, notes.remarks)
    if carried:
        message = f"文件里带有{'、'.join(carried)}，本工具不运行也不复制，报送时不会带走"
        notes.remarks.append(Remark(FILE, "I", cover_table.sheet, 1, "A", "", message, how_to_remove(carried)))
    tables: dict[str, Table] = {}
    for register in _expected(kind):
        sheet = by_key.get(register.key)
        if sheet is None:
            _refuse_missing_sheet(register, kind, sheets, file)
            tables[register.key] = empty_table(register, kind)
        else:
            tables[register.key] = read_table(sheet, register, kind, file, notes.cleanings, notes.remarks)
    tables["cover"] = cover_table
    notes.remarks += unread_sheets(sheets, by_key.values(), SHEET)
    results = _results(by_key, kind, file, notes.remarks)
    notes.remarks += broken_log(results.get(LOG), SHEET)
    overrides = _overrides(next((sheet for sheet in sheets if _same(sheet.name, POLICY)), None))
    manifest = _manifest(next((sheet for sheet in sheets if _same(sheet.name, SEAL)), None))
    return Book(file, kind, cover, tables, tuple(notes.cleanings), tuple(notes.remarks), overrides, results, manifest)


def _results(by_key: Mapping[str, Sheet], kind: BookKind, file: str, remarks: list[Remark]) -> dict[str, Table]:
    """What the tool wrote earlier; a result sheet whose titles were changed must not keep the registers from use."""
    found = {}
    for register in of_kind("result", "result_on_demand"):
        if register.key not in by_key:
            continue
        try:
            found[register.key] = read_table(by_key[register.key], register, kind, file, [], [])
        except CannotUse:
            message = f"“{register.title}”的列标题被改动，以前写在里面的内容没有读取"
            fix = "请对照模板改回列标题；下次写入时会重新生成这张表"
            remarks.append(Remark(SHEET, "W", by_key[register.key].name, 3, "A", "", message, fix))
    return found


def _manifest(sheet: Sheet | None) -> tuple[tuple[str, str], ...] | None:
    """The lines of 报送清单: titles in column A, contents in column B."""
    if sheet is None:
        return None
    rows = range(FIRST_ROW, len(sheet.rows) + 1)
    return tuple((_as_typed(sheet.cell(row, 1) or ""), _as_typed(sheet.cell(row, 2) or "")) for row in rows)


def empty_table(register: Register, kind: BookKind) -> Table:
    """A register whose sheet is not there: no rows, the columns of the template."""
    places = {column.key: number for number, column in enumerate(columns_of(register, kind), 1)}
    return Table(register.key, register.title, places, ())


def read_table(
    sheet: Sheet,
    register: Register,
    kind: BookKind,
    file: str,
    cleanings: list[Cleaning],
    remarks: list[Remark],
) -> Table:
    """One register sheet; what was cleaned and noticed is added to the two lists. Raises CannotUse as ``bind``."""
    binding = bind(sheet, register, kind, file)
    remarks += binding.remarks
    if not sheet.is_visible:
        message = f"工作表“{sheet.name}”是隐藏的，里面的内容照样参加校核和汇总"
        remarks.append(Remark(SHEET, "I", sheet.name, 1, "A", "", message, "如不是有意隐藏，请取消隐藏"))
    bound = _bound(register, kind, binding)
    for row, column, why in sheet.trouble:
        remarks.append(_trouble(sheet, binding, row, column, why))
    rows = []
    for number, cells in enumerate(sheet.rows[binding.header_row :], binding.header_row + 1):
        read = _read_row(cells, bound, number, sheet.name, cleanings, remarks)
        extra = _extra(cells, binding)
        if read or extra:
            rows.append(Row(Origin(file, sheet.name, number), read, extra))
    return Table(register.key, sheet.name, dict(binding.places), tuple(rows), header_row=binding.header_row)


@dataclass(slots=True)
class _Remembered:
    """What texts, dates and numbers of a column clean to; most of its cells repeat a few.

    1, 1.0 and True are one dictionary key, so whole numbers and truth values are worked out anew each time.
    """

    kept: dict[Raw, Value] = field(default_factory=dict)
    cleaned: dict[Raw, Cleaned] = field(default_factory=dict)


_REMEMBERED: dict[str, _Remembered] = {}
_SAFE_TYPES = (str, date, float)
_Place = tuple[str, Column, _Remembered, int] | None
"""Key, column, what is remembered of it, and its 1-based number on the sheet."""


def _bound(register: Register, kind: BookKind, binding: Binding) -> list[_Place]:
    """By 0-based column of the sheet, the column bound to it."""
    columns = {column.key: column for column in columns_of(register, kind)}
    bound: list[_Place] = [None] * max(binding.places.values(), default=0)
    for key, number in binding.places.items():
        bound[number - 1] = (key, columns[key], _remembered(register, columns[key]), number)
    return bound


def _read_row(
    cells: Sequence[Raw],
    bound: Sequence[_Place],
    number: int,
    sheet: str,
    cleanings: list[Cleaning],
    remarks: list[Remark],
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for raw, place in zip(cells, bound, strict=False):
        if raw is None or raw == "" or place is None:
            continue
        key, column, known, at = place
        is_safe = type(raw) in _SAFE_TYPES
        if is_safe:
            kept = known.kept.get(raw)
            if kept is not None:
                values[key] = kept
                continue
        cleaned = known.cleaned.get(raw) if is_safe else None
        if cleaned is None:
            cleaned = clean(raw, column)
            remark = _doubt(raw, column, sheet, number, column_letter(at)) if type(raw) is str else None
            if remark is not None:
                remarks.append(remark)
                cleaned = cleaned if remark.rule != CELL else NOT_READ
            elif is_safe:
                known.cleaned[raw] = cleaned
                if not cleaned.changed and cleaned.value is not None:
                    known.kept[raw] = cleaned.value
        if cleaned.value is None:
            continue
        values[key] = cleaned.value
        if cleaned.changed and not isinstance(cleaned.value, MonthOnly):
            before, after = _as_typed(raw), shown(cleaned.value)
            cleanings.append(Cleaning(sheet, number, column_letter(at), column.title, before, after))
    return values


def _doubt(text: str, column: Column, sheet: str, row: int, letter: str) -> Remark | None:
    """A remark on a text that cannot be kept (R-READ-CELL) or whose characters are not sure (R-READ-CHAR)."""
    if len(text) > MOST_CHARACTERS:
        message = f"这一格有 {len(text)} 个字，Excel 一格最多 {MOST_CHARACTERS} 个，没有读取"
        return Remark(CELL, "E", sheet, row, letter, column.title, message, "请把内容缩短，再保存")
    is_name = column.format == "person-name"
    doubt = doubtful_character(text, is_name=is_name) if is_name or column.format is None else None
    if doubt is None:
        return None
    level: Level = "E" if is_name and "外文字母" not in doubt else "W"
    fix = "请对照身份证改成标准字（生僻字可用输入法的“U 模式”或手写输入），不要用自造字"
    return Remark(CHARACTER, level, sheet, row, letter, column.title, f"“{column.title}”{doubt}", fix)


def _extra(cells: Sequence[Raw], binding: Binding) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for number, title in binding.extra.items():
        raw = cells[number - 1] if number <= len(cells) else None
        text = "" if raw is None else str(raw).strip()
        if text:
            found[title] = text
    return found or EMPTY


def _remembered(register: Register, column: Column) -> _Remembered:
    known = _REMEMBERED.setdefault(f"{register.key}.{column.key}", _Remembered())
    if len(known.cleaned) > _MOST_REMEMBERED:
        known.cleaned.clear()
        known.kept.clear()
    return known


def _as_typed(raw: Raw) -> str:
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw).replace(" 00:00:00", "")


def _trouble(sheet: Sheet, binding: Binding, row: int, column: int, why: str) -> Remark:
    title = dict(sheet.texts(binding.header_row)).get(column, "")
    fix = "请填上正确的内容，再保存" if "错误值" in why else _AS_VALUE
    return Remark(CELL, "E", sheet.name, row, column_letter(column), title, f"这一格{why}，读不到内容", fix)


def _same(one: str, other: str) -> bool:
    return fold(one) == fold(other)


def _by_register(sheets: Iterable[Sheet]) -> dict[str, Sheet]:
    """The sheets by register key: the very name first, then one that differs only in blanks, width or script."""
    found: dict[str, Sheet] = {}
    titles = {fold(register.title): key for key, register in registers().items()}
    for exact in (True, False):
        for sheet in sheets:
            key = titles.get(fold(sheet.name))
            if key is not None and key not in found and (not exact or registers()[key].title == sheet.name):
                found[key] = sheet
    return found


def _kind_of(by_key: Mapping[str, Sheet], sheets: Sequence[Sheet], file: str) -> BookKind:
    if not any(list(sheet.texts(row)) for sheet in sheets for row in range(1, min(len(sheet.rows), 200) + 1)):
        raise CannotUse(f"“{file}”是空的工作簿，没有任何内容：请用 taizhang new 生成空白台账再填写。")
    if "cover" not in by_key or "member_roster" not in by_key:
        lacking = "、".join(f"“{registers()[key].title}”" for key in ("cover", "member_roster") if key not in by_key)
        hint = _meant_sheet(lacking.strip("“”"), sheets)
        raise CannotUse(
            f"“{file}”不是支部台账或党委汇总（没有{lacking}工作表）："
            f"{hint}请选对文件，或用 taizhang new 生成台账后把内容搬进去。"
        )
    cover = by_key["cover"]
    titled = any(title_key(text) == fold(BOOK_TITLES["committee"]) for _, text in cover.texts(1))
    return "committee" if titled or "organisation_directory" in by_key else "branch"


def _expected(kind: BookKind) -> tuple[Register, ...]:
    filled = of_kind("register", "log")
    return filled if kind == "branch" else (*of_kind("committee"), *filled, *of_kind("committee_result"))


def _refuse_missing_sheet(register: Register, kind: BookKind, sheets: Sequence[Sheet], file: str) -> None:
    if register.key in MAY_BE_MISSING or register.kind == "committee_result":
        return
    raise CannotUse(
        f"“{file}”缺少工作表“{register.title}”：{_meant_sheet(register.title, sheets)}"
        f"请从{BOOK_TITLES[kind]}模板补上这张表（没有内容也要留空表），再试一次。"
    )


def _meant_sheet(title: str, sheets: Sequence[Sheet]) -> str:
    known = {fold(register.title) for register in registers().values()} | {fold(COVER), fold(POLICY)}
    guess = nearest(title, [sheet.name for sheet in sheets if fold(sheet.name) not in known])
    return f"工作表“{guess}”您是否指“{title}”？如果是，请改回原名；否则" if guess else ""


def _check_version(cover: Row, table: Table, file: str, remarks: list[Remark]) -> None:
    typed = cover.text("template_version")
    version, ours = _numbers(typed), _numbers(TEMPLATE_VERSION)
    if version > ours:
        raise CannotUse(
            f"“{file}”用的是模板 {typed} 版，比本工具支持的 {TEMPLATE_VERSION} 版新：请先更新本工具，再打开这个文件。"
        )
    if version < ours:
        row, letter = table.place(cover, "template_version")
        message = f"模板版本“{typed or '空'}”不是现行的 {TEMPLATE_VERSION} 版，已按现行栏目读取"
        fix = "建议用 taizhang new 生成新版台账，把内容搬过去"
        remarks.append(Remark(VERSION, "W", table.sheet, row, letter, "模板版本", message, fix))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _overrides(sheet: Sheet | None) -> dict[str, str]:
    """What is typed in 政策参数 under 本单位取值, by policy key; a missing sheet overrides nothing."""
    if sheet is None:
        return {}
    for row in range(1, FIRST_ROW + 4):
        titles = {text: number for number, text in sheet.texts(row)}
        if POLICY_KEY in titles and POLICY_OVERRIDE in titles:
            key_at, value_at = titles[POLICY_KEY], titles[POLICY_OVERRIDE]
            pairs = (
                (_as_typed(sheet.cell(number, key_at)).strip(), sheet.cell(number, value_at))
                for number in range(row + 1, len(sheet.rows) + 1)
            )
            return {key: _as_typed(value).strip() for key, value in pairs if key and value not in (None, "")}
    return {}
