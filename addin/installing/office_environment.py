"""The environment LibreOffice's programs are started with."""

import os
from collections.abc import Mapping

_FOREIGN = ("PYTHON", "PYENV", "VIRTUAL_ENV", "CONDA")
_SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"


def office_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What LibreOffice may see: no other Python. Its own one takes the first ``python3`` on PATH for its home, and
    with somebody else's library it dies as soon as an extension is loaded.
    """
    kept = {name: value for name, value in environment.items() if not name.startswith(_FOREIGN)}
    return kept if os.name == "nt" else {**kept, "PATH": _SYSTEM_PATH}
