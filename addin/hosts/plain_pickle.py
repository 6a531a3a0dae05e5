"""Takes apart bytes that may be foreign: no object but of the few kinds that are expected ever comes out."""

import pickle
from collections.abc import Iterable

DAMAGED = (
    pickle.UnpicklingError,
    EOFError,
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    IndexError,
    MemoryError,
    OverflowError,
)
"""What bytes may raise that were not packed by us."""


class OnlyPlain(pickle.Unpickler):
    """Makes no object but of the kinds it is told, so that foreign bytes can run nothing."""

    kinds: dict[tuple[str, str], type]

    def find_class(self, module: str, name: str) -> type:
        """One of the kinds. Raises UnpicklingError."""
        found = self.kinds.get((module, name))
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def by_name(kinds: Iterable[type]) -> dict[tuple[str, str], type]:
    """Kinds by the names bytes know them under."""
    return {(each.__module__, each.__qualname__): each for each in kinds}
