"""A set of subjects by number, kept as the bits of one whole number: large ones are met, joined and counted at once."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet


class Crowd(AbstractSet[int]):
    """Positive numbers. Everything a frozenset of them does; ``bits`` has bit *n* set for number *n*."""

    __slots__ = ("bits",)

    def __init__(self, bits: int = 0) -> None:
        self.bits = bits

    @classmethod
    def of(cls, numbers: Iterable[int]) -> "Crowd":
        """The crowd of these numbers."""
        numbers = numbers if isinstance(numbers, list | tuple) else list(numbers)
        field = bytearray((max(numbers, default=0) >> 3) + 1)
        for number in numbers:
            field[number >> 3] |= 1 << (number & 7)
        return cls(int.from_bytes(field, "little"))

    @classmethod
    def where(cls, codes: bytes, wanted: Sequence[bool]) -> "Crowd":
        """The places, from 1, of the bytes that are wanted, told for each value of a byte."""
        digits = codes.translate(bytes(48 + flag for flag in wanted).ljust(256, b"0"))
        return cls(int(digits[::-1] or b"0", 2) << 1)

    @classmethod
    def upto(cls, last: int) -> "Crowd":
        """The numbers 1 to ``last``."""
        return cls((2 << last) - 2)

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and number >= 0 and bool(self.bits >> number & 1)

    def __iter__(self) -> Iterator[int]:
        digits = bin(self.bits)[:1:-1]
        at = digits.find("1")
        while at >= 0:
            yield at
            at = digits.find("1", at + 1)

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __bool__(self) -> bool:
        return bool(self.bits)

    def __eq__(self, other: object) -> bool:
        return self.bits == other.bits if isinstance(other, Crowd) else super().__eq__(other)

    def __hash__(self) -> int:
        return self._hash()

    def meet(self, other: "Crowd") -> "Crowd":
        """Those in both."""
        return Crowd(self.bits & other.bits)

    def join(self, other: "Crowd") -> "Crowd":
        """Those in either."""
        return Crowd(self.bits | other.bits)

    def without(self, other: "Crowd") -> "Crowd":
        """Those not in the other."""
        return Crowd(self.bits & ~other.bits)
