"""Makes up one branch from numbers of members by story; and the population without faults the precision tests use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from addin.demo import papers
from addin.demo.cards import CardMaker
from addin.demo.ledger import Branch, Ledger, Values, enrol
from addin.demo.stories import STORIES, shares
from validators.policy import DEFAULT_PROFILE
from validators.table import BookKind

PLAIN_BRANCH = Branch("037990100001", "示例村党支部", "农村", "379901", "037990100000", "中共云溪镇委员会")


@dataclass(frozen=True, slots=True)
class Register:
    """One made-up workbook: the cover, rows by register key, and the story of every roster row in order.

    ``policy`` is what 政策参数 says besides the profile of the cover.
    """

    branch: Branch
    cover: Values
    rows: dict[str, list[Values]]
    stories: tuple[str, ...]
    kind: BookKind = "branch"
    policy: dict[str, str] = field(default_factory=dict)

    def lives(self, story: str) -> list[Values]:
        """The roster rows of the members who live a story; rows planted later stand below and live none."""
        return [row for name, row in zip(self.stories, self.rows["member_roster"], strict=False) if name == story]


def clean_population(
    *, members: int, as_of: date, profile: str = DEFAULT_PROFILE, seed: int = 1, branch: Branch = PLAIN_BRANCH
) -> Register:
    """A branch with members in every state and nothing wrong; the same arguments give the same rows.

    Raises ValueError below about 60 members, where not every story finds somebody.
    """
    return made_up(branch, shares(members, every=True), as_of=as_of, profile=profile, seed=seed)


def made_up(
    branch: Branch, numbers: Mapping[str, int], *, as_of: date, profile: str = DEFAULT_PROFILE, seed: int = 1
) -> Register:
    """A branch with so many members of each story, those at home first, the others mixed."""
    rng = Random(f"{seed}/{branch.code}/{as_of}")
    ledger = Ledger(branch, as_of, rng, CardMaker(rng, branch.county, as_of))
    order = [name for name, number in numbers.items() for _ in range(number)]
    core, rest = order[:3], order[3:]
    rng.shuffle(rest)
    lived = []
    for name in (*core, *rest):
        story = STORIES[name]
        card = ledger.cards.card(story.youngest, story.oldest)
        if len(ledger.contact_people) < 3:
            ledger.contact_people.append(card.name)
        member = enrol(ledger, card, probationary=story.is_probationary)
        story.live(ledger, member)
        lived.append((name, member))
    papers.annual_review(ledger, lived)
    papers.campaign_check(ledger, lived)
    for _ in range(max(1, len(order) // 25)):
        papers.inflow(ledger, ledger.cards.card(24, 55))
    papers.agreement(ledger)
    for log, column in (("contact_log", "contacted_on"), ("life_dues_log", "happened_on")):
        ledger.rows.get(log, []).sort(key=lambda row: str(row[column]))
    return Register(branch, papers.cover(branch, ledger, profile), ledger.rows, tuple(name for name, _ in lived))
