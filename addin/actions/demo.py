"""`taizhang demo`: a made-up committee with its branches' files, everything run on it, and where to look first."""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from addin.actions.common import iso_date
from addin.demo.committee import Committee, demo_committee
from addin.demo.folder import claim, note
from addin.demo.tour import Tour, hand_in, look_at_branches, make_files, merge_and_fill
from addin.demo.writing import FORMS, RESULTS, RETURNS
from addin.desk import Desk
from addin.registry import OK, action, argument


@action(
    "demo",
    label="演示",
    tip="在一个新文件夹里生成一个虚构的镇党委和它的各党支部的台账，把校核、逾期、失联名单、报送、合并、出表、退回都跑一遍，"
    "告诉您先看哪个文件。",
    arguments=(
        argument("folder", metavar="文件夹", type=Path, nargs="?", default=Path("demo"), help="放在哪里，默认 demo"),
        argument("--as-of", metavar="日期", type=iso_date, help="基准日，如 2026-03-31；不写则为今天"),
        argument("--seed", metavar="数字", type=int, default=1, help="换一个数字就换一批虚构的人"),
    ),
)
def demo(args: argparse.Namespace, desk: Desk) -> int:
    """Make the files, run the commands on them, tell what was found. Raises CannotUse for a foreign folder."""
    folder: Path = args.folder
    claim(folder)
    foreign = _files_in(folder)
    as_of = args.as_of or desk.today()
    tour, committee = Tour(folder, desk), demo_committee(as_of=as_of, seed=args.seed)
    try:
        files = make_files(tour, committee)
        look_at_branches(tour, files)
        hand_in(tour, files)
        merge_and_fill(tour)
    finally:
        note(folder, _files_in(folder) - foreign)
    for line in _told(tour, committee, files, as_of):
        desk.say(line)
    return OK


def _files_in(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def _told(tour: Tour, committee: Committee, files: Sequence[Path], as_of: date) -> Iterator[str]:
    levels, members = tour.levels, sum(len(each.register.rows["member_roster"]) for each in committee.submissions)
    yield f"演示做好了，在“{tour.folder}”。人和单位都是虚构的，基准日 {as_of}。"
    yield f"  {committee.cover['organisation_name']}：党支部 {len(committee.submissions)} 个，党员 {members} 名。"
    yield f"  台账 {len(files)} 本，其中读不了的 {len(tour.unusable)} 本。"
    yield from (f"    {problem}" for problem in tour.unusable)
    yield f"  校核：错误 {levels['E']} 处，疑点 {levels['W']} 处，提示 {levels['I']} 处；逾期 {tour.overdue} 件。"
    yield f"  名单：{'，'.join(f'{name} {count} 人' for name, count in tour.lists.items())}。"
    refused = len(files) - len(tour.unusable) - tour.sealed
    yield f"  报送：{tour.sealed} 本没有错误，生成了封好的报送文件；{refused} 本有错误，按原样送来。"
    yield from _merged(tour)
    drafts = sum(1 for form in tour.forms if form["draft"])
    yield f"  出表：{len(tour.forms)} 张，不平衡印“草稿”的 {drafts} 张；退回单 {tour.returned} 本。"
    yield "接下来："
    yield from (f"  {number}. {step}" for number, step in enumerate(_steps(tour, files), 1))


def _merged(tour: Tour) -> Iterator[str]:
    counts, matching = tour.merged["counts"], tour.merged["matching"]
    statuses = Counter(file["status"] for file in tour.merged["files"])
    yield f"  合并：{'，'.join(f'{status} {count} 个' for status, count in statuses.items())}；"
    balance = "，".join(f"{name} {count}" for name, count in counts.items())
    yield f"    {balance}；双重名册 {len(tour.merged['doubles'])} 人。"
    yield f"    双向比对：{'，'.join(f'{name} {count}' for name, count in matching.items())}。"


def _steps(tour: Tour, files: Sequence[Path]) -> Iterator[str]:
    first = files[0]
    yield f"先打开 {tour.committee}，看“报送情况”“冲突处理”“双向比对”几张表。"
    yield f"再打开 {first}，看“问题清单”“逾期与到期”“失联名单”，出错的单元格已经着色。"
    yield f"{tour.folder / FORMS} 里是生成的表册，可以直接打印。"
    yield f"{tour.folder / RETURNS} 里是要退回各党支部改的事项，一个支部一本。"
    yield f"{tour.folder / RESULTS} 里是各条命令说的话。"
    yield f"自己试一次：taizhang check {first}"
