"""xlwings without numpy, pandas and others that it would load along wherever they are installed.

No button uses its conversions into them, and loading them takes longer than checking a branch.
"""

import sys
from importlib import import_module

_HEAVY = ("numpy", "pandas", "matplotlib", "plotly", "PIL", "cryptography")


def _load() -> None:
    absent = [name for name in _HEAVY if name not in sys.modules]
    # A module that is None cannot be imported, which xlwings takes for not installed.
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        import_module("xlwings")
    finally:
        for name in absent:
            del sys.modules[name]


_load()
