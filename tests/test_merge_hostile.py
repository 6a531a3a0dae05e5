"""A folder of broken and hostile files among good ones: every file is told of, the good ones are merged whole."""

import json
from collections import Counter
from pathlib import Path

from addin.cli import main
from tests.drawing import draw
from tests.hostile_files import hostile, odd, write_all
from tests.workbook_editing import write_drawn

GOOD = 3


def test_bad_files_are_set_aside_and_the_good_ones_merged(tmp_path: Path) -> None:
    inbox = tmp_path / "报来"
    inbox.mkdir()
    for number in range(1, GOOD + 1):
        front = {"organisation_code": f"03799010000{number}", "organisation_name": f"第{number}支部"}
        write_drawn(inbox / f"好{number}.xlsx", draw(cover=front, member_roster=f"姓名\n党员{'甲乙丙'[number - 1]}"))
    honest = (inbox / "好1.xlsx").read_bytes()
    made = hostile(honest)
    every = [name for name in made if name.endswith(".xlsx") and name[0] not in ".~"]
    bad = {name: made[name] for name in every[::3]}
    write_all(inbox, bad)
    write_all(inbox, {"带有自造字.xlsx": odd(honest)["姓名自造字.xlsx"]})
    before = {path.name: path.read_bytes() for path in inbox.iterdir()}

    code = main(["merge", str(inbox), "--into", str(tmp_path / "汇总.xlsx"), "--json", str(tmp_path / "合并.json")])

    assert code == 1
    told = json.loads((tmp_path / "合并.json").read_text(encoding="utf-8"))
    by_file = {one["file"]: one for one in told["files"] if one["file"]}
    assert set(by_file) == set(before)
    statuses = Counter(by_file[name]["status"] for name in bad)
    assert statuses == {"无法读取": len(bad)}
    assert {by_file[f"好{number}.xlsx"]["status"] for number in (2, 3)} == {"已报"}
    assert {path.name: path.read_bytes() for path in inbox.iterdir()} == before
