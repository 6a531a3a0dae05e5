"""R-FLD-IDUNIQ, NAME, CERTNO, LETTERNO, FILENO, ORG: what may stand only once."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from validators.people import number_of, organisation_of
from validators.rule import Case, Hit, rule
from validators.rules.field_formats import told, with_format
from validators.table import Book, Row
from validators.words import RelationBelonging


def grouped(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> Mapping[Hashable, Sequence[Row]]:
    """Rows with an equal key (None = left out), in sheet order, only where there are at least two."""
    groups: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        found = key(row)
        if found is not None:
            groups[found].append(row)
    return {found: group for found, group in groups.items() if len(group) > 1}


def live_members(book: Book) -> list[Row]:
    """The roster rows of members who have not left."""
    return [row for row in book["member_roster"] if row["relation_belonging"] != RelationBelonging.LEFT]


def others(row: Row, group: Sequence[Row]) -> str:
    """The rows of the group but this one, e.g. "第 5、9 行"; long lists are cut."""
    numbers = [str(other.origin.row) for other in group if other is not row]
    return f"第 {'、'.join(numbers[:5])} 行" + (f"等共 {len(numbers)} 行" if len(numbers) > 5 else "")


@rule(
    "R-FLD-IDUNIQ",
    level="E",
    title="公民身份号码不重复",
    registers=("member_roster",),
    wordings={
        "": (
            "公民身份号码与{others}重复，同一人只能在名册里有一行",
            "请核对身份证：是同一人的，删去重复的一行；不是同一人的，改正写错的号码",
        ),
        "double": (
            "这名党员同时在{others}（另一党组织）的名册里，属于双重名册",
            "请与对方党组织核实组织关系在哪里，由一方办理转出或注销；核实前两行都保留",
        ),
    },
    source="本工具的工作簿约定：公民身份号码是一个人在各表的唯一标识",
    grade="U",
)
def identity_unique(case: Case) -> Iterator[Hit]:
    """Among members who have not left; in a committee's workbook two branches make a 双重名册."""
    book = case.book
    for group in grouped(live_members(book), lambda row: number_of(row) or None).values():
        branches = {organisation_of(book, row) for row in group}
        for row in group:
            wording = "double" if len(branches) > 1 else ""
            yield Hit("member_roster", row, "identity_number", wording, details={"others": others(row, group)})


@rule(
    "R-FLD-NAME",
    level="E",
    title="姓名写法和重名",
    registers=with_format("person-name"),
    wordings={
        "digit": ("姓名“{value}”里有数字", "请只填姓名；编号、年份等请写到对应的列"),
        "strange": ("姓名“{value}”里有“{char}”", "请只填身份证上的姓名；少数民族姓名的间隔点用“·”；说明请写在备注"),
        "length": ("姓名有 {length} 个字，应为 2—30 个字", "请按身份证填写完整姓名"),
        "twins": (
            "与{others}的姓名、出生日期都相同，但身份证号不同，可能是同一人录了两次",
            "请核对身份证：是同一人的，删去一行；确是两个人的，请在问题清单“说明”一栏写明",
        ),
    },
    source="本工具的工作簿约定",
    grade="U",
)
def name(case: Case) -> Iterator[Hit]:
    """Length and characters E; the same name, birth date and branch with another number W."""
    yield from told(case, "R-FLD-NAME")
    book = case.book

    def same(row: Row) -> Hashable:
        known = row["name"] is not None and row["birth_date"] is not None
        return (organisation_of(book, row), row["name"], row["birth_date"]) if known else None

    for group in grouped(live_members(book), same).values():
        if len({row["identity_number"] for row in group}) == len(group):
            for row in group:
                yield Hit("member_roster", row, "name", "twins", "W", {"others": others(row, group)})


@rule(
    "R-FLD-CERTNO",
    level="E",
    title="流动党员活动证编号不重复",
    registers=("outflow",),
    wordings={
        "": (
            "活动证编号“{value}”与{others}重复，一证只能一人",
            "请核对活动证发放登记，改正写错的编号",
        ),
    },
    source="组通字〔2006〕45号：活动证由县级组织部统一编号",
    grade="V",
)
def certificate_number(case: Case) -> Iterator[Hit]:
    """One number, one member; the same member may carry it through several absences."""
    for group in grouped(case.book["outflow"], lambda row: row.text("certificate_number") or None).values():
        if len({row["identity_number"] for row in group}) > 1:
            for row in group:
                yield Hit("outflow", row, "certificate_number", details={"others": others(row, group)})


@rule(
    "R-FLD-LETTERNO",
    level="E",
    title="介绍信编号不重复",
    registers=("transfer_letter",),
    wordings={
        "": (
            "介绍信编号“{value}”与{others}重复，同一单位开出的介绍信不能同号",
            "请核对介绍信存根，改正写错的编号；确属开重的，作废其中一份并重开",
        ),
    },
    source="组通字〔2006〕45号：介绍信统一编号、存根留存",
    grade="V",
)
def letter_number(case: Case) -> Iterator[Hit]:
    """Unique per issuer: a received letter carries the number of another office."""
    book = case.book

    def issuer_and_number(row: Row) -> Hashable:
        if row["letter_number"] is None:
            return None
        return organisation_of(book, row), row["direction"], row["from_unit"], row.text("letter_number")

    for group in grouped(book["transfer_letter"], issuer_and_number).values():
        for row in group:
            yield Hit("transfer_letter", row, "letter_number", details={"others": others(row, group)})


@rule(
    "R-FLD-FILENO",
    level="E",
    title="查找档案编号",
    registers=with_format("file-number"),
    wordings={
        "": (
            "档案编号“{value}”与{others}重复，一份档案一个编号",
            "请给后建的档案改用下一个序号，并同步改它的查找记录",
        ),
        "shape": ("档案编号“{value}”不是“党组织代码-年-序”的写法", "请改成例如 011100126220-2026-001"),
    },
    source="失联党员一人一档，编号为“党组织代码-年-序”",
    grade="S",
)
def file_number(case: Case) -> Iterator[Hit]:
    """Unique among files (E); code-year-number (W), asked once, where the file is kept."""
    hits = told(case, "R-FLD-FILENO")
    yield from (hit for hit in hits if hit.register == "lost_file")
    for group in grouped(case.book["lost_file"], lambda row: row.text("file_number") or None).values():
        for row in group:
            yield Hit("lost_file", row, "file_number", details={"others": others(row, group)})


@rule(
    "R-FLD-ORG",
    level="E",
    title="党组织代码和隶属关系",
    registers=with_format("organisation-code"),
    wordings={
        "number": (
            "“{title}”以数值存储，前面的 0 已丢失",
            "请把单元格设为“文本”格式后重新输入 12 位代码，例如 011100126220",
        ),
        "shape": (
            "“{title}”填的“{value}”不是 12 位数字",
            "请核对全国党员管理信息系统里的 12 位代码，例如 011100126220",
        ),
        "credit": ("“{title}”是 18 位，但不是有效的统一社会信用代码", "请核对；党组织代码一般为 12 位数字"),
        "unknown": (
            "来源党组织代码“{value}”不在“党组织名录”里",
            "请在“党组织名录”补登这个党组织，或改正代码",
        ),
        "parent": (
            "上级党组织代码“{value}”不在“党组织名录”里",
            "请在“党组织名录”补登上级党组织，或改正代码",
        ),
        "cycle": (
            "党组织“{name}”的上级一级级往上又回到了自己",
            "请改正“上级党组织代码”：填它真正的上级，不能填自己的下级",
        ),
        "top": (
            "没有填上级党组织代码，但封面上的汇总单位是 {top}",
            "请补填“上级党组织代码”；一份汇总只有一个最上级，就是封面上的党组织",
        ),
        "twice": ("党组织代码“{value}”与{others}重复", "请删去重复的一行，或改正代码"),
    },
    source="全国党员管理信息系统的党组织代码（12 位，观察所得）；GB 32100 统一社会信用代码",
    grade="P",
)
def organisation(case: Case) -> Iterator[Hit]:
    """Form W; every source organisation is in the directory, whose chains end at one root (E)."""
    yield from told(case, "R-FLD-ORG")
    directory = case.book.tables.get("organisation_directory")
    if directory is None or not directory.rows:
        return
    known = {row.text("organisation_code"): row for row in directory}
    yield from _directory_hits(list(directory), known, case.book.cover.text("organisation_code"))
    for register, table in case.book.tables.items():
        seen: set[str] = set()
        for row in table:
            source = row.text("source_organisation")
            if source and source not in known and source not in seen:
                seen.add(source)
                yield Hit(register, row, "source_organisation", "unknown")


def _directory_hits(rows: Sequence[Row], known: Mapping[str, Row], top: str) -> Iterator[Hit]:
    register = "organisation_directory"
    for group in grouped(rows, lambda row: row.text("organisation_code") or None).values():
        for row in group:
            yield Hit(register, row, "organisation_code", "twice", details={"others": others(row, group)})
    for row in rows:
        code, parent = row.text("organisation_code"), row.text("superior_code")
        if code == top:
            continue
        if not parent:
            yield Hit(register, row, "superior_code", "top", details={"top": top})
        elif parent not in known and parent != top:
            yield Hit(register, row, "superior_code", "parent")
        elif _comes_back(row, known):
            yield Hit(register, row, "superior_code", "cycle", details={"name": row.text("organisation_name")})


def _comes_back(row: Row, known: Mapping[str, Row]) -> bool:
    start, code, seen = row.text("organisation_code"), row.text("superior_code"), set[str]()
    while code in known and code not in seen:
        if code == start:
            return True
        seen.add(code)
        code = known[code].text("superior_code")
    return False
