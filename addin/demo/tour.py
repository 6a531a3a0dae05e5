"""Takes the commands round the demonstration's files, keeps what they say as text, and counts what they found."""

import argparse
import io
import json
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from addin.actions import load_action
from addin.demo.committee import Committee
from addin.demo.writing import (
    COMMITTEE_FILE,
    FORMS,
    INBOX,
    RESULTS,
    RETURNS,
    WORKING,
    handed_in,
    write_committee_workbook,
    write_submission,
)
from addin.desk import Desk
from addin.problem import CannotUse
from addin.registry import ACTIONS, OK

LOOKS = (("check", ("--write",)), ("due", ("--days", "0", "--write")), ("lost", ("--write",)))
"""What is run on every branch's workbook; each writes its sheet into it."""


@dataclass(slots=True)
class Tour:
    """Where the demonstration is made, and what the commands have found so far."""

    folder: Path
    desk: Desk
    levels: Counter[str] = field(default_factory=Counter)
    overdue: int = 0
    lists: Counter[str] = field(default_factory=Counter)
    unusable: list[str] = field(default_factory=list)
    sealed: int = 0
    merged: dict[str, Any] = field(default_factory=dict)
    forms: list[dict[str, Any]] = field(default_factory=list)
    returned: int = 0

    @property
    def inbox(self) -> Path:
        """What the branches handed in."""
        return self.folder / INBOX

    @property
    def committee(self) -> Path:
        """The committee's workbook."""
        return self.folder / COMMITTEE_FILE

    def run(self, name: str, *words: str, keep_as: str = "") -> tuple[int, dict[str, Any]]:
        """Run one command; its exit code and its JSON. What it says is kept under 结果 as ``keep_as``."""
        load_action(name)
        parser = argparse.ArgumentParser(add_help=False)
        for given in ACTIONS[name].arguments:
            parser.add_argument(*given.flags, **given.settings)
        said = io.StringIO()
        with TemporaryDirectory() as scratch:
            result = Path(scratch) / "result.json"
            args = parser.parse_args([*words, "--json", str(result)])
            code = ACTIONS[name].run(args, Desk(out=said, err=io.StringIO()))
            data: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
        if keep_as:
            target = self.folder / RESULTS / f"{keep_as}_{ACTIONS[name].label}.txt"
            target.parent.mkdir(exist_ok=True)
            target.write_text(said.getvalue(), encoding="utf-8")
        return code, data


def make_files(tour: Tour, committee: Committee) -> list[Path]:
    """Every branch's own workbook, and that of the committee."""
    arriving = list(handed_in(committee))
    write_committee_workbook(tour.folder, committee)
    desk = tour.desk
    return [
        write_submission(tour.folder / WORKING, each)
        for each in desk.progress(arriving, "正在生成各党支部的台账", len(arriving))
    ]


def look_at_branches(tour: Tour, files: Sequence[Path]) -> None:
    """校核, 逾期与到期 and 失联名单 of every workbook, written into it; a file that cannot be read is told."""
    for file in tour.desk.progress(files, "正在逐个校核、查逾期、列失联名单", len(files)):
        try:
            found = {name: tour.run(name, str(file), *words, keep_as=file.stem)[1] for name, words in LOOKS}
        except CannotUse as problem:
            tour.unusable.append(str(problem))
            continue
        tour.levels.update(each["level"] for each in found["check"]["findings"])
        tour.overdue += len(found["due"]["items"])
        tour.lists.update({name: len(people) for name, people in found["lost"]["lists"].items()})


def hand_in(tour: Tour, files: Sequence[Path]) -> None:
    """报送: who has no error hands in a sealed file; of the others the workbook comes as it is."""
    tour.inbox.mkdir(exist_ok=True)
    for file in tour.desk.progress(files, "正在报送", len(files)):
        try:
            code, _ = tour.run("submit", str(file), "-o", str(tour.inbox), keep_as=file.stem)
        except CannotUse:
            code = None
        if code == OK:
            tour.sealed += 1
        else:
            shutil.copy2(file, tour.inbox / file.name)


def merge_and_fill(tour: Tour) -> None:
    """合并 of what was handed in, the committee's official tables from it, and what goes back to the branches."""
    tour.desk.tell("正在合并、出表、生成退回单…")
    committee, name = str(tour.committee), tour.committee.stem
    _, tour.merged = tour.run("merge", str(tour.inbox), "--into", committee, keep_as=name)
    _, made = tour.run("forms", committee, "-o", str(tour.folder / FORMS), keep_as=name)
    tour.forms = made["forms"]
    _, returned = tour.run("return", committee, "-o", str(tour.folder / RETURNS), keep_as=name)
    tour.returned = len(returned["files"])
