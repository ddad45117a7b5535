"""The table of stories: every mail decides right or is asked about; none decides wrong, none is met with silence."""

from __future__ import annotations

import pytest

from tests.stories.verdict_mails.looking import comes_to, reply
from tests.stories.verdict_mails.story import TOLD, Story
from tests.stories.verdict_mails.table_of_mails import PAGES, ROUTES, SUBJECTS, WHO
from tests.stories.verdict_mails.table_of_words import LANGUAGES, RECEIPTS, SAYING, SIGNS

TABLES = {
    "languages": LANGUAGES,
    "saying": SAYING,
    "signs": SIGNS,
    "receipts": RECEIPTS,
    "pages": PAGES,
    "routes": ROUTES,
    "who": WHO,
    "subjects": SUBJECTS,
}


def came(story: Story) -> str:
    """Return what a story's mail comes to, in the table's words."""
    written = story.written or reply(story.row, story.client, story.typed, story.words)[1]
    outcome = comes_to(story.row, written, story.envelope, story.by)
    return TOLD if story.wanted == TOLD and outcome.told and outcome.comes_to == "asks" else outcome.comes_to


@pytest.mark.parametrize("kind", TABLES)
def test_every_mail_of_a_kind_comes_to_what_it_must(kind: str) -> None:
    """The word that was meant, a question, or, of what nobody wrote, nothing."""
    assert {name: came(story) for name, story in TABLES[kind].items()} == {
        name: story.wanted for name, story in TABLES[kind].items()
    }


def test_there_are_at_least_sixty_stories() -> None:
    """The figure this room stands for."""
    assert sum(map(len, TABLES.values())) >= 60
