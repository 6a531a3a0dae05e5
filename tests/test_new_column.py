"""A register column is one property in one JSON file: template, reader and check follow without a line of code."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

PROPERTY = {
    "title": "血型",
    "type": "string",
    "maxLength": 2,
    "x-cell": "general",
    "x-aliases": ["血液类型"],
    "x-width": 8,
    "description": "A、B、O 或 AB。",
    "examples": ["A"],
    "x-rules": ["R-FLD-TEXT"],
}

PROBE = """
from pathlib import Path
from addin.hosts.workbook_writer import write_workbook
from addin.loading import load_book
from tests.drawing import COVER, draw
from tests.workbook_editing import edited, rename_title
from validators.check import check
from validators.policy import load_policy
from validators.rule import Case

drawn = draw(member_roster="姓名|血型\\n张三|ABO\\n李四|O")
rows = {key: [dict(row.values) for row in table] for key, table in drawn.tables.items() if key != "cover"}
write_workbook(Path("a.xlsx"), "branch", cover=COVER, rows=rows)
book = load_book(edited(Path("a.xlsx"), Path("b.xlsx"), rename_title("党员名册", "血型", "血液类型")))
print([row["blood_type"] for row in book["member_roster"]])
found = check(Case(book, load_policy(), COVER["as_of"]))
print([(one.sheet, one.row, one.title, one.rule) for one in found if one.title == "血型"])
"""


def test_one_property_makes_a_column_everywhere(tmp_path: Path) -> None:
    for folder in ("addin", "validators", "tests", "macros"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    schema = tmp_path / "validators" / "registers" / "member_roster.json"
    data = json.loads(schema.read_text(encoding="utf-8"))
    data["properties"]["blood_type"] = PROPERTY
    schema.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", PROBE],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.splitlines() == ["['ABO', 'O']", "[('党员名册', 4, '血型', 'R-FLD-TEXT')]"], done.stderr
