"""The ledger for commands that look into it or act on what is in it: it must be there already, they never make one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.errors import LedgerProblem
from mailbot.ledger.place import is_sqlite, sqlite_path

if TYPE_CHECKING:
    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.settings import Settings


def ledger_url(settings: Settings) -> str:
    """Return the URL of a ledger that is there.

    Raises:
        LedgerProblem: there is none yet; a new, empty one would only hide a mistyped folder.
    """
    url = settings.database_url.get_secret_value()
    path = sqlite_path(url)
    if is_sqlite(url) and (path is None or not path.exists()):
        raise LedgerProblem(f"There is no ledger at {path or url} yet. mailbot run, tick or open makes it.")
    return url


def existing_ledger(settings: Settings) -> Ledger:
    """Open the ledger, as a context manager.

    Raises:
        LedgerProblem: there is none yet, or it cannot be used.
    """
    url = ledger_url(settings)
    from mailbot.ledger.ledger import open_ledger

    return open_ledger(url, marks=settings.data_folder)
