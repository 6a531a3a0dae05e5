"""`taizhang demo`: a made-up committee with its branches' files, everything run on it, and where to look first."""

import argparse
import io
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from addin.actions import load_action
from addin.actions.common import iso_date
from addin.demo.committee import Committee, demo_committee
from addin.demo.folder import claim, note
from addin.demo.writing import handed_in, write_committee_workbook, write_submission
from addin.desk import Desk
from addin.problem import CannotUse
from addin.registry import ACTIONS, OK, action, argument

RESULTS = "结果"


@dataclass(slots=True)
class Tour:
    """What the commands said about the demonstration: texts kept as files, and the numbers to tell at the end."""

    folder: Path
    as_of: date
    desk: Desk
    files: list[Path] = field(default_factory=list)
    numbers: Counter[str] = field(default_factory=Counter)
    unusable: list[str] = field(default_factory=list)

    def keep(self, file: Path) -> Path:
        """Remember a file written into the folder."""
        self.files.append(file)
        note(self.folder, self.files)
        return file


@action(
    "demo",
    label="演示",
    tip="在一个新文件夹里生成一个虚构的镇党委和它的各党支部报来的台账，把主要功能各跑一遍，告诉您先看哪个文件。",
    arguments=(
        argument("folder", metavar="文件夹", type=Path, nargs="?", default=Path("demo"), help="放在哪里，默认 demo"),
        argument("--as-of", metavar="日期", type=iso_date, help="基准日，如 2026-03-31；不写则为今天"),
        argument("--seed", metavar="数字", type=int, default=1, help="换一个数字就换一批虚构的人"),
    ),
)
def demo(args: argparse.Namespace, desk: Desk) -> int:
    """Make the files, run the commands on them, tell what was found. Raises CannotUse for a foreign folder."""
    claim(args.folder)
    tour = Tour(args.folder, args.as_of or desk.today(), desk)
    committee = demo_committee(as_of=tour.as_of, seed=args.seed)
    inbox = _write_files(tour, committee)
    _look_at_branches(tour, inbox)
    _tell(tour, committee, inbox)
    return OK


def _write_files(tour: Tour, committee: Committee) -> list[Path]:
    arriving = list(handed_in(committee))
    inbox = [
        tour.keep(write_submission(tour.folder, each))
        for each in tour.desk.progress(arriving, "正在生成各党支部的台账", len(arriving))
    ]
    tour.keep(write_committee_workbook(tour.folder, committee))
    return inbox


def _look_at_branches(tour: Tour, inbox: Sequence[Path]) -> None:
    """校核, 逾期与到期 and 失联名单 of every file that arrived; what they say is kept as text."""
    for file in tour.desk.progress(inbox, "正在校核、查逾期、列失联名单", len(inbox)):
        try:
            found = _run(tour, "check", file)["findings"]
            due = _run(tour, "due", file, "--days", "0")["items"]
            lists = _run(tour, "lost", file)["lists"]
        except CannotUse as problem:
            tour.unusable.append(str(problem))
            continue
        tour.numbers.update(each["level"] for each in found)
        tour.numbers["逾期"] += len(due)
        tour.numbers.update({name: len(people) for name, people in lists.items()})


def _run(tour: Tour, name: str, file: Path, *more: str) -> dict[str, Any]:
    """Run one command on a file, keep what it says under 结果, and return its JSON."""
    load_action(name)
    parser = argparse.ArgumentParser(add_help=False)
    for given in ACTIONS[name].arguments:
        parser.add_argument(*given.flags, **given.settings)
    said = io.StringIO()
    with TemporaryDirectory() as scratch:
        result = Path(scratch) / "result.json"
        words = [str(file), "--json", str(result), *more]
        ACTIONS[name].run(parser.parse_args(words), Desk(out=said, err=io.StringIO()))
        data: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    target = tour.folder / RESULTS / f"{file.stem}_{ACTIONS[name].label}.txt"
    target.parent.mkdir(exist_ok=True)
    target.write_text(said.getvalue(), encoding="utf-8")
    tour.keep(target)
    return data


def _tell(tour: Tour, committee: Committee, inbox: Sequence[Path]) -> None:
    say, numbers = tour.desk.say, tour.numbers
    members = sum(len(each.register.rows["member_roster"]) for each in committee.submissions)
    say(f"演示做好了，在“{tour.folder}”。人和单位都是虚构的，基准日 {tour.as_of}。")
    say(f"  {committee.cover['organisation_name']}：党支部 {len(committee.submissions)} 个，党员 {members} 名。")
    say(f"  报来 {len(inbox)} 个文件，其中读不了的 {len(tour.unusable)} 个。")
    for problem in tour.unusable:
        say(f"    {problem}")
    say(f"  校核：错误 {numbers['E']} 处，疑点 {numbers['W']} 处，提示 {numbers['I']} 处。")
    say(f"  逾期：{numbers['逾期']} 件。")
    lists = [name for name in numbers if name not in ("E", "W", "I", "逾期")]
    say(f"  名单：{'，'.join(f'{name} {numbers[name]} 人' for name in lists)}。")
    say("接下来：")
    for number, step in enumerate(_steps(tour, inbox), 1):
        say(f"  {number}. {step}")


def _steps(tour: Tour, inbox: Sequence[Path]) -> Iterable[str]:
    first = inbox[0]
    yield f"先打开 {first}，看一本填好的支部台账。"
    yield f"再看 {tour.folder / RESULTS / (first.stem + '_校核.txt')}，里面逐条写着哪里错、怎么改。"
    yield f"自己试一次：taizhang check {first}"
