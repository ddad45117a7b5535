"""The environment variables that are read: their names, what each is for, and those an office names itself.

Each `NAME` that is secret may be given as `NAME_FILE` instead, the path of a file that holds it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailbot.settings.sayings.said import Mistake, Said, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

IMAP_PASSWORD = "MAILBOT_IMAP_PASSWORD"  # noqa: S105 - the name of the variable, not the password
SMTP_PASSWORD = "MAILBOT_SMTP_PASSWORD"  # noqa: S105 - the name of the variable, not the password
OAUTH_CLIENT_SECRET = "MAILBOT_OAUTH_CLIENT_SECRET"  # noqa: S105 - the name of the variable, not the secret
SECRET = "MAILBOT_SECRET"  # noqa: S105 - the name of the variable, not the secret
WEBHOOK = "MAILBOT_WEBHOOK"
SEAL_COMMAND = "MAILBOT_SEAL_COMMAND"
DATABASE_URL = "MAILBOT_DATABASE_URL"
STORE_ACCESS_KEY = "MAILBOT_STORE_ACCESS_KEY"
STORE_SECRET_KEY = "MAILBOT_STORE_SECRET_KEY"  # noqa: S105 - the name of the variable, not the key
DATA = "MAILBOT_DATA"
LANGUAGE = "MAILBOT_LANGUAGE"

VARIABLES = {
    IMAP_PASSWORD: "Password of the mailbox at the IMAP server.",
    SMTP_PASSWORD: "Password at the SMTP server; without it that of the IMAP server, where the user is the same.",
    OAUTH_CLIENT_SECRET: "Client secret of the OAuth2 provider, if it gave one (Google does).",
    SECRET: "Key that signs the stamp in each form; without it one is made and kept in the data folder.",
    WEBHOOK: "Address of the second channel's webhook, instead of `watchdog.webhook` in `office.yaml`.",
    SEAL_COMMAND: (
        "Program and arguments that seal a PDF, where `ratified` in `office.yaml` says `sealed`: an absolute path, "
        "with `{in}` for the PDF and `{out}` for the sealed one."
    ),
    DATABASE_URL: "Where the ledger is, instead of `database` in `office.yaml`; may carry a password.",
    STORE_ACCESS_KEY: "Access key of the object store, where `object_store` in `office.yaml` names one.",
    STORE_SECRET_KEY: "Secret key of the object store.",
    DATA: (
        "Folder of ledger, archive and `secret.key`; without it `data` in the configuration folder, if that is there, "
        "else the folder that holds the configuration folder. Of several offices: one folder in it for each."
    ),
    LANGUAGE: "Language of what `check`, `init` and the operator are told: `id` (Indonesian) or `en` (English).",
}
"""Every variable with a fixed name, and what it is for."""

FURTHER_PASSWORDS = f"{IMAP_PASSWORD}_"
"""What the variables begin with that hold passwords of further mailboxes."""
FILE = "_FILE"
_OF_THE_FIRST = f"{IMAP_PASSWORD}{FILE}"
"""The file of the first mailbox's password; so no mailbox may be called `file`."""


def password_variable(key: str) -> str:
    """Return the variable that holds the password of the further mailbox of that key: capitals, `_` for `-` and `.`."""
    return FURTHER_PASSWORDS + re.sub(r"[-.]", "_", key).upper()


def password_variables(names: Iterable[str]) -> Iterator[str]:
    """Give the variables among those names that hold passwords of further mailboxes, each once and without `_FILE`."""
    further = (name for name in names if name.startswith(FURTHER_PASSWORDS) and name != _OF_THE_FIRST)
    yield from sorted({name.removesuffix(FILE) for name in further})


def of_environment(name: str, what: Said, hint: Said | str = "") -> Mistake:
    """Make a mistake of a variable; it never shows the value."""
    return Mistake(file="environment", line=0, what=said("of_that", name=name, what=what), hint=hint)
