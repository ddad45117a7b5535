"""The values of the letters that come by the day: the operator's morning letter, and Subbag Program's digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.daily.news import Digest
from mailbot.core.daily.weekly import Weekly
from mailbot.core.draft.letters_of_drafts import DraftToPlanning
from mailbot.core.model.letters_to_operator import Heard, Morning
from mailbot.writing.letters.morning_values import day_counts, glance, heard_mail, matters_words
from mailbot.writing.values.news_values import counts, cycle_news

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.core.daily.news import CycleNews
    from mailbot.writing.letters.letter_context import LetterContext


def _running(here: LetterContext) -> tuple[dict[str, object], ...]:
    """Return every open cycle at a glance."""
    about = here.letter.about
    cycles = about.cycles if isinstance(about, Morning | Weekly) else ()
    return tuple(glance(seen, here.office, here.phrases, here.written_at) for seen in cycles)


def _matters(here: LetterContext) -> tuple[str, ...]:
    """Return what needed a look."""
    about = here.letter.about
    return matters_words(about.matters if isinstance(about, Morning) else (), here.phrases)


def _days(here: LetterContext) -> tuple[str, ...]:
    """Return each morning's count."""
    about = here.letter.about
    return day_counts(about.days if isinstance(about, Morning) else (), here.phrases)


def _heard(here: LetterContext) -> tuple[dict[str, object], ...]:
    """Return what people wrote."""
    about = here.letter.about
    mails = about.mails if isinstance(about, Heard | Digest) else ()
    return tuple(heard_mail(mail, here.office, here.phrases) for mail in mails)


def _told(here: LetterContext) -> tuple[CycleNews, ...]:
    """Return what the letter tells of each cycle."""
    about = here.letter.about
    if isinstance(about, DraftToPlanning):
        return (about.along,) if about.along is not None else ()
    return about.news if isinstance(about, Digest) else ()


def _news(here: LetterContext) -> tuple[dict[str, object], ...]:
    """Return what the day brought in each cycle."""
    return tuple(cycle_news(one, here.office, here.phrases, here.folders, here.written_at) for one in _told(here))


def _counts(here: LetterContext) -> str:
    """Return the whole day in a few words: of one cycle how its forms stand, of any number how many people wrote."""
    about, told = here.letter.about, _told(here)
    mails = len(about.mails) if isinstance(about, Digest) else 0
    words = [counts(one, here.phrases) for one in told] if len(told) == 1 else []
    words += [here.phrases.word("news_count", "mails").format(count=mails)] if mails else []
    return ", ".join(filter(None, words))


VALUES: dict[str, Callable[[LetterContext], object]] = {
    "running": _running,
    "matters_seen": _matters,
    "days_counted": _days,
    "heard": _heard,
    "news": _news,
    "day_counts": _counts,
}
"""Name -> how it is made."""
