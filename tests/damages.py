"""Ways to damage a workbook file: what bad sticks, broken transfers and clever people do to bytes, parts and cells."""

import random
import re
from collections.abc import Callable

from tests.package_editing import repacked

Damage = Callable[[bytes, random.Random], bytes]


def flip_bits(data: bytes, rng: random.Random) -> bytes:
    """A few bits of the file turned, as a bad stick does."""
    damaged = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def cut(data: bytes, rng: random.Random) -> bytes:
    """A copy that did not finish."""
    return data[: rng.randrange(len(data))]


def lose_part(data: bytes, rng: random.Random) -> bytes:
    """One part of the package gone."""

    def change(parts: dict[str, bytes]) -> None:
        parts.pop(rng.choice(sorted(parts)))

    return repacked(data, change)


def garble_xml(data: bytes, rng: random.Random) -> bytes:
    """One part with a piece cut out, doubled, or moved."""

    def change(parts: dict[str, bytes]) -> None:
        name = rng.choice(sorted(name for name in parts if name.endswith((".xml", ".rels"))))
        text = parts[name]
        start = rng.randrange(len(text))
        piece = text[start : start + rng.randint(1, 400)]
        rest = text.replace(piece, b"", 1)
        where = rng.randrange(len(rest) + 1)
        parts[name] = rng.choice([rest, text[:start] + piece + text[start:], rest[:where] + piece + rest[where:]])

    return repacked(data, change)


def strange_values(data: bytes, rng: random.Random) -> bytes:
    """Cells of the sheets with values no clerk types."""
    odd = [b"1E400", b"-1", b"99999999999999999999", b"nan", b"", b"&#xFFFE;", b"9" * 40, "\u202e张三".encode()]

    def change(parts: dict[str, bytes]) -> None:
        name = rng.choice([name for name in sorted(parts) if name.startswith("xl/worksheets/sheet")])
        pieces = parts[name].split(b"<v>")
        for number in range(1, len(pieces)):
            if rng.random() < 0.2:
                _, _, rest = pieces[number].partition(b"</v>")
                pieces[number] = rng.choice(odd) + b"</v>" + rest
        parts[name] = b"<v>".join(pieces)

    return repacked(data, change)


def lie_in_directory(data: bytes, rng: random.Random) -> bytes:
    """Fields of the package's own directory that say something else: sizes, places, methods, flags."""
    damaged = bytearray(data)
    entries = [found.start() for found in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", data)]
    for _ in range(rng.randint(1, 3)):
        place, width = rng.choice(entries) + rng.randrange(4, 46), rng.choice([1, 2, 4])
        value = rng.choice([0, 1, 2, 0xFFFF, 0xFFFFFFFF, 0x7FFFFFFF, rng.getrandbits(32)])
        piece = value.to_bytes(4, "little")[:width]
        damaged[place : place + width] = piece[: max(0, len(data) - place)]
    return bytes(damaged)


def other_attributes(data: bytes, rng: random.Random) -> bytes:
    """Attributes of some elements with values that stand elsewhere, or that no program writes."""
    odd = [
        b"",
        b"-1",
        b"0",
        b"1048577",
        b"4294967296",
        b"A0",
        b"XFE1",
        b"A1:",
        b"s",
        b"e",
        b"nan",
        b"1e9",
        b"&#0;",
        b"../x",
    ]

    def edit(text: bytes) -> bytes:
        found = list(re.finditer(rb'="([^"]*)"', text))
        for one in _some(found, 3, rng):
            text = text[: one.start(1)] + rng.choice([*odd, rng.choice(found)[1]]) + text[one.end(1) :]
        return text

    return repacked(data, lambda parts: _edit_one(parts, (".xml", ".rels"), edit, rng))


def other_elements(data: bytes, rng: random.Random) -> bytes:
    """Tags that are gone, doubled, renamed or replaced."""

    def edit(text: bytes) -> bytes:
        found = list(re.finditer(rb"<(/?)(\w[\w:]*)([^>]*)>", text))
        for one in _some(found, 3, rng):
            renamed = b"<" + one[1] + rng.choice(found)[2] + one[3] + b">"
            text = (
                text[: one.start()] + rng.choice([b"", one[0] * 2, renamed, rng.choice(found)[0]]) + text[one.end() :]
            )
        return text

    return repacked(data, lambda parts: _edit_one(parts, (".xml", ".rels"), edit, rng))


def other_texts(data: bytes, rng: random.Random) -> bytes:
    """Texts and values of cells with what people and programs leave in them."""
    odd = [
        "",
        "\u202e",
        "长" * 40_000,
        "=1+1",
        "2026-02-30",
        "３７９",
        "\ue863",
        "1e400",
        "\t",
        "_x0000_",
        "99991231",
        "\ufffd",
    ]

    def edit(text: bytes) -> bytes:
        for one in _some(list(re.finditer(rb"(?<=<t>)[^<]*|(?<=<v>)[^<]*", text)), 8, rng):
            text = text[: one.start()] + rng.choice(odd).encode() + text[one.end() :]
        return text

    return repacked(data, lambda parts: _edit_one(parts, (".xml",), edit, rng))


def swap_parts(data: bytes, rng: random.Random) -> bytes:
    """Two parts in each other's place."""

    def change(parts: dict[str, bytes]) -> None:
        one, two = rng.sample(sorted(parts), 2)
        parts[one], parts[two] = parts[two], parts[one]

    return repacked(data, change)


def _some(found: list[re.Match[bytes]], most: int, rng: random.Random) -> list[re.Match[bytes]]:
    """A few of the places, the last first, so that changing one leaves the others where they are."""
    chosen = rng.sample(found, min(len(found), rng.randint(1, most)))
    return sorted(chosen, key=lambda one: -one.start())


def _edit_one(
    parts: dict[str, bytes], endings: tuple[str, ...], edit: Callable[[bytes], bytes], rng: random.Random
) -> None:
    name = rng.choice(sorted(name for name in parts if name.endswith(endings)))
    parts[name] = edit(parts[name])


DAMAGES: tuple[Damage, ...] = (
    *(flip_bits, cut, lose_part, garble_xml, strange_values),
    *(lie_in_directory, other_attributes, other_elements, other_texts, swap_parts),
)
