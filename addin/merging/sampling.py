"""抽查 (R-INSP-SAMPLE): which branches are drawn, by a recorded seed that anyone can check."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from addin.merging.directory import Directory
from addin.merging.previous import SheetRow
from validators.policy import Policy
from validators.sampling import sample_size
from validators.table import Value
from validators.wording import shown


@dataclass(frozen=True, slots=True)
class Draw:
    """How to draw: ``seed`` when nothing was drawn yet or when drawn anew for ``reason``; ``drawn_on`` as text."""

    seed: str
    drawn_on: str
    reason: str = ""


def ranked(codes: Iterable[str], seed: str) -> list[str]:
    """The codes in the random order of a seed: by SHA-256 of seed and code, the same on every machine."""
    return sorted(codes, key=lambda code: (hashlib.sha256(f"{seed}|{code}".encode()).hexdigest(), code))


def sample_rows(
    drawn: Sequence[SheetRow], reported: Collection[str], directory: Directory, policy: Policy, draw: Draw
) -> list[SheetRow]:
    """The rows of the sheet 抽查: what was drawn stays with its results, more are drawn when more have reported.

    With ``draw.reason`` everything is drawn anew with the new seed, and the reason stands in every row.
    """
    kept = [] if draw.reason else [row for row in drawn if row.get("organisation_code")]
    seed = shown(kept[0].get("seed")) or draw.seed if kept else draw.seed
    have = {shown(row.get("organisation_code")) for row in kept}
    order = [code for code in ranked(reported, seed) if code not in have]
    if policy.flag("sample.per_committee"):
        covered = {directory.superior(code) for code in have}
        firsts: dict[str, str] = {}
        for code in order:
            if directory.superior(code) not in covered:
                firsts.setdefault(directory.superior(code), code)
        order = [*firsts.values(), *(code for code in order if code not in firsts.values())]
        least = len(firsts)
    else:
        least = 0
    wanted = max(sample_size(len(reported), policy.rate("sample.rate")) - len(kept), least)
    rows: list[SheetRow] = list(kept)
    for number, code in enumerate(order[:wanted], len(kept) + 1):
        row: dict[str, Value] = {"number": number, "organisation_code": code, "organisation_name": directory.name(code)}
        row |= {"seed": seed, "drawn_on": draw.drawn_on}
        rows.append({**row, "reason": draw.reason} if draw.reason else row)
    return rows
