"""One module per command: read, check or compute, write. The module's name is the command's name."""

from importlib import import_module

MODULES = (
    "demo",
    "new",
    "check",
    "facts",
    "due",
    "lost",
    "contact",
    "campaign",
    "forms",
    "trace",
    "fill",
    "submit",
    "verify",
    "merge",
    "return",
    "carry",
    "reconcile",
    "unmark",
    "undo",
    "install",
    "doctor",
    "rules",
)
"""Every command in the order of the clerk's work; the module ``addin.actions.<name>`` declares the action <name>."""


def load_action(name: str) -> None:
    """Import one action, so that a command pays only for what it uses."""
    import_module(f"addin.actions.{name}")


def load_actions() -> None:
    """Import every action, for help pages and menus."""
    for name in MODULES:
        load_action(name)
