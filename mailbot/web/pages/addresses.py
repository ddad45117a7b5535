"""Which address shows which page: the board's whole map, read by the server and by whoever writes it as files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mailbot.web.pages.boxes.letter import letter_file, letter_page
from mailbot.web.pages.boxes.lists import letters_page, mails_page
from mailbot.web.pages.boxes.mail import mail_page
from mailbot.web.pages.cycle import cycle_page, cycles_page, home_page
from mailbot.web.pages.journal import journal_page
from mailbot.web.pages.papers import archive_file, archive_page, draft_file, draft_page
from mailbot.web.pages.planning.plan import plan_page
from mailbot.web.pages.search import search_page
from mailbot.web.pages.unit import unit_file, unit_page, units_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.web.pages.page import Answer, Here

ADDRESSES: tuple[tuple[str, Callable[..., Answer]], ...] = (
    ("/", home_page),
    ("/cycles", cycles_page),
    ("/cycles/{cycle}", cycle_page),
    ("/units", units_page),
    ("/units/{unit}", unit_page),
    ("/units/{unit}/{cycle}", unit_page),
    ("/files/{cycle}/{unit}/{sha256}", unit_file),
    ("/mails", mails_page),
    ("/mails/page/{page}", mails_page),
    ("/mails/{number}", mail_page),
    ("/letters", letters_page),
    ("/letters/page/{page}", letters_page),
    ("/letters/{number}", letter_page),
    ("/letters/{number}/files/{place}", letter_file),
    ("/drafts/{cycle}", draft_page),
    ("/drafts/{cycle}/laporan.pdf", draft_file),
    ("/journal", journal_page),
    ("/journal/page/{page}", journal_page),
    ("/plan", plan_page),
    ("/archive", archive_page),
    ("/archive/{archive}/{place}", archive_file),
    ("/search", search_page),
)
"""An address with its changing parts, and what makes its page of them."""
_PART = re.compile(r"\{(\w+)\}")
_PATTERNS = tuple((re.compile(_PART.sub(r"(?P<\1>[^/]+)", address) + r"\Z"), make) for address, make in ADDRESSES)


def answer(address: str, here: Here) -> Answer:
    """Return what stands at an address (percent-encoded, without what is behind a question mark); None: nothing."""
    for pattern, make in _PATTERNS:
        if (found := pattern.match(address)) is not None:
            return make(here, **{name: unquote(part) for name, part in found.groupdict().items()})
    return None
