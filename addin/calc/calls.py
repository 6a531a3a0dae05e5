"""Many calls into the office made at once, by the extension inside it; one by one where that is not installed.

A call from outside takes a fifth of a millisecond, and one that gives an object a whole one. ``macros/oxt/calls.py``
is the other end.
"""

from typing import Any

from addin.calc.bridge import Office, Uno, struct, uno

Step = int
"""The number of a call among those made together; what it gives can be called in turn."""


SHEET: Step = 0
"""The step that gives the sheet among calls a sheet has begun."""


class Calls:
    """Calls collected to be made together."""

    def __init__(self, office: Office) -> None:
        self._inside = office.calls
        self._steps: list[tuple[Uno, str, tuple[object, ...], bool, bool]] = []

    @property
    def are_quick(self) -> bool:
        """Whether the office makes them inside."""
        return self._inside is not None

    def add(
        self, target: Uno | Step, method: str, *values: object, wanted: bool = False, may_fail: bool = False
    ) -> Step:
        """One more call, of an object or of what an earlier step gives; ``may_fail`` makes a failure None."""
        self._steps.append((target, method, values, wanted, may_fail))
        return len(self._steps) - 1

    def run(self) -> list[Any]:
        """Make them; what the wanted ones gave, in order."""
        if self._inside is None:
            return self._one_by_one()
        return list(self._inside.execute((struct("beans.NamedValue", Name="Steps", Value=tuple(self._steps)),)))

    def _one_by_one(self) -> list[Any]:
        fault = uno().getClass("com.sun.star.uno.Exception")
        done: list[Any] = []
        wanted: list[Any] = []
        for target, method, values, is_wanted, may_fail in self._steps:
            found = done[target] if isinstance(target, int) else target
            try:
                done.append(getattr(found, method)(*values))
            except fault:
                if not may_fail:
                    raise
                done.append(None)
            if is_wanted:
                wanted.append(done[-1])
        return wanted
