"""What LibreOffice loses or changes when it stores a template as .xlsx, as data; a test compares before and after."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing: what becomes of it, and why it does no harm or what helps."""

    kind: str
    lost: str
    help: str


@cache
def office_losses() -> tuple[Loss, ...]:
    """Everything known, found with LibreOffice 7.4 on a desk without Microsoft's fonts."""
    text = files("addin.installing").joinpath("office_losses.json").read_text(encoding="utf-8")
    return tuple(Loss(**entry) for entry in json.loads(text))
