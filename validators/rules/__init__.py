"""The rules, grouped as the rule catalogue is. A new module in this folder is found by itself."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from validators.rule import RULES, Rule


def load_rules() -> Mapping[str, Rule]:
    """Every rule by id, in the order of modules and within them of declaration."""
    for module in sorted(found.name for found in iter_modules(__path__)):
        import_module(f"{__name__}.{module}")
    return RULES
