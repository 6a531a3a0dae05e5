"""Pauses the search for reference cycles while very many lasting values are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_paused() -> Iterator[None]:
    """Rows, facts and findings hold no cycles, yet Python looks through all of them again and again while they are
    made: a third to nearly half of the time for a large committee. Afterwards it is as it was, also after an error."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
