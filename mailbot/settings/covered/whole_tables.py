"""A whole configuration as plain tables, to be compared: the five files, further files, variables of `.env`, passwords.

Of what lies beside the five files only fingerprints stand here; what stands for a password is good for nothing else.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from mailbot.settings.covered.env_variables import ENV, passwords, read_fingerprints
from mailbot.settings.covered.further_files import further_names
from mailbot.settings.folder import tables_of

if TYPE_CHECKING:
    from mailbot.settings.settings import Settings


def whole_tables(settings: Settings) -> dict[str, Any]:
    """Return all that settings say: file -> key -> value; beside the five files `files`, `variables`, `passwords`."""
    files = {
        kind.value: {name: hashlib.sha256(content).hexdigest() for name, content in named.items()}
        for kind, named in further_names(settings.contents).items()
    }
    variables = read_fingerprints(settings.contents.get(ENV, b""))
    return {
        **tables_of(settings.files),
        "files": files,
        "variables": variables,
        "passwords": passwords(settings.credentials),
    }
