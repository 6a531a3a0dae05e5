"""Made-up identity cards: name, sex, 民族, birth date, a valid number of county 3799.. that belongs to nobody."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from addin.demo.lexicon import NamedPerson, lexicon
from validators.dates import edate
from validators.identity import check_character
from validators.words import Sex

SPECIAL_EVERY = 11
"""Every so many people one has a rare character, a compound surname or a name of a minority."""


@dataclass(frozen=True, slots=True)
class Card:
    """One person: who, the identity number that agrees with it, and a mobile number of the unused range 154."""

    name: str
    number: str
    sex: str
    ethnicity: str
    birth: date
    mobile: str


@dataclass(slots=True)
class CardMaker:
    """Issues cards of one branch; no name, number or phone twice. ``county`` has six digits, 3799.."""

    rng: Random
    county: str
    as_of: date
    issued: int = 0
    names: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def card(self, youngest: int, oldest: int) -> Card:
        """A new person whose age at the as-of date lies between the two, in full years."""
        who = self._who()
        last = edate(self.as_of, -12 * youngest)
        first = edate(self.as_of, -12 * (oldest + 1)) + timedelta(days=1)
        birth = first + timedelta(days=self.rng.randrange((last - first).days + 1))
        self.issued += 1
        mobile = f"154{self.county[4:]}{self.issued:06d}"
        return Card(who.name, self._number(birth, who.sex), who.sex, who.ethnicity, birth, mobile)

    def _who(self) -> NamedPerson:
        special = lexicon().special
        turn, rest = divmod(self.issued, SPECIAL_EVERY)
        if rest == 3:
            who = special[(turn + int(self.county[4:])) % len(special)]
            if who.name not in self.names:
                self.names.add(who.name)
                return who
        while True:
            who = self._usual(compound=rest == 7)
            if who.name not in self.names:
                self.names.add(who.name)
                return who

    def _usual(self, *, compound: bool) -> NamedPerson:
        words = lexicon().words
        sex = Sex.MALE if self.rng.random() < 0.64 else Sex.FEMALE
        surname = self.rng.choice(words["compound_surnames" if compound else "surnames"])
        given = words["given_male" if sex == Sex.MALE else "given_female"]
        first = self.rng.choice(given)
        if len(first) == 1 and self.rng.random() < 0.6:
            first = self.rng.choice([word for word in given if len(word) == 1 and word != first]) + first
        elif len(first) == 2 and len(self.names) > len(given) * 20:
            first = first[0] + self.rng.choice(given)[-1]
        return NamedPerson(surname + first, sex, "汉族")

    def _number(self, birth: date, sex: str) -> str:
        while True:
            order = self.rng.randrange(1, 900)
            if (order % 2 == 1) != (sex == Sex.MALE):
                order += 1
            body = f"{self.county}{birth:%Y%m%d}{order:03d}"
            number = body + check_character(body)
            if number not in self.numbers and not number.endswith("000"):
                self.numbers.add(number)
                return number
