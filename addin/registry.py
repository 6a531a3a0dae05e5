"""The registry of actions: one entry a button or command, from which command line and menus are made."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from addin.desk import Desk

Run = Callable[[argparse.Namespace, Desk], int]

OK, FOUND_ERRORS, CANNOT_USE, WRONG_USAGE = 0, 1, 2, 3
"""Exit codes of every command: nothing wrong, E findings (or files set aside), unusable input, wrong usage."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One command-line argument: its flags and what argparse wants to know about it."""

    flags: tuple[str, ...]
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a clerk can have done. ``label`` and ``tip`` are in the clerk's words."""

    name: str
    label: str
    tip: str
    arguments: tuple[Argument, ...]
    run: Run


ACTIONS: dict[str, Action] = {}
"""Every action by command name, in the order of ``addin.actions.MODULES``."""


def argument(*flags: str, **settings: Any) -> Argument:
    """An argument as argparse's ``add_argument`` takes it; ``help`` in Chinese."""
    return Argument(flags, settings)


def action(name: str, *, label: str, tip: str, arguments: tuple[Argument, ...] = ()) -> Callable[[Run], Run]:
    """Declare an action; the function gets the parsed arguments and the desk and returns the exit code."""

    def declare(run: Run) -> Run:
        if name in ACTIONS:
            raise ValueError(f"action {name} is declared twice")
        ACTIONS[name] = Action(name, label, tip, arguments, run)
        return run

    return declare
