"""`taizhang rules`: every rule with its level, wording and basis, and what is left to people."""

import argparse
from pathlib import Path

from addin.actions.common import JSON_OUT, write_json
from addin.desk import Desk
from addin.hosts.atomic import atomic_path
from addin.hosts.rule_list_writer import write_rule_list
from addin.problem import WrongUsage
from addin.registry import OK, action, argument
from addin.rule_list import as_json, as_markdown, as_text, rule_lines
from validators.policy import DEFAULT_PROFILE, PolicyError, load_policy


@action(
    "rules",
    label="规则清单",
    tip="列出全部规则：管什么、级别、查出时怎么说、依据和依据等级、是否确认，以及工作簿里判断不了的规则和原因。",
    arguments=(
        argument("prefix", metavar="编号", nargs="?", default="", help="只看编号以此开头的规则，如 R-DISP"),
        argument("--profile", metavar="方案", default=DEFAULT_PROFILE, help="显示哪个政策方案的参数，默认现行方案"),
        argument("-o", "--output", metavar="文件", type=Path, help="另存为 规则清单.xlsx 或 规则清单.md"),
        JSON_OUT,
    ),
)
def rules(args: argparse.Namespace, desk: Desk) -> int:
    """Show or save the list. Raises WrongUsage for an unknown id, profile or kind of file."""
    try:
        policy = load_policy(args.profile)
    except PolicyError as error:
        raise WrongUsage(str(error).rstrip("。")) from None
    lines = rule_lines(policy, args.prefix)
    if not lines:
        raise WrongUsage(f"没有编号以“{args.prefix}”开头的规则，不带编号运行 taizhang rules 可看全部")
    if args.json is not None:
        write_json(args.json, as_json(lines))
    if args.output is None:
        for text in as_text(lines) if args.json is None else ():
            desk.say(text)
        return OK
    kind = args.output.suffix.lower()
    if kind == ".xlsx":
        write_rule_list(args.output, lines)
    elif kind == ".md":
        with atomic_path(args.output) as fresh:
            fresh.write_text(as_markdown(lines), encoding="utf-8")
    else:
        raise WrongUsage(f"文件“{args.output.name}”要以 .xlsx 或 .md 结尾，如 规则清单.xlsx")
    desk.say(f"已写出 {len(lines)} 条规则：{args.output}")
    return OK
