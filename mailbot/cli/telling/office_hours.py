"""When letters that nobody is answered by leave: at once while the office is open, else when it opens next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailbot.settings.settings import Settings


def leaving_words(settings: Settings, at: datetime) -> Iterator[str]:
    """Yield when letters leave, in the words and the zone of the office; nothing while it is open."""
    calendar = settings.office().calendar
    if calendar.in_office_hours(at):
        return
    from mailbot.settings.sayings.catalogue import speech
    from mailbot.writing.words.phrases import read_phrases
    from mailbot.writing.words.templates import in_language

    phrases = read_phrases(in_language(settings.template_folders, settings.language), calendar)
    yield speech(settings.language)("leaves_later", moment=phrases.moment(calendar.next_office_moment(at)))
