"""What the tests of the writing room share: the toy office, the templates, and how a sample letter is written."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.letters import Letter
from mailbot.core.model.office import Office
from mailbot.writing.letters.letter import Written, message_token, write_letter
from mailbot.writing.letters.letter_context import LetterContext
from mailbot.writing.letters.letter_values import LetterValues
from mailbot.writing.letters.mime import Attached
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import shipped_templates
from tests.offices.long_names import SECRET, long_named_office
from tests.writing.sample_letters import WRITTEN_AT, Sample

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="session")
def office() -> Office:
    """Return the toy office."""
    return long_named_office()


@pytest.fixture(scope="session")
def folders() -> tuple[Path, ...]:
    """Return the shipped templates as the only folder."""
    return (shipped_templates(),)


def written(sample: Sample, *folders: Path) -> Written:
    """Write a sample letter for the toy office; folders given stand before the shipped one."""
    return write_letter(
        sample.letter,
        sample.cycle,
        long_named_office(),
        enclosures=tuple(
            Attached(name=name, media_type="application/octet-stream", content=b"content") for name in sample.files
        ),
        edits=sample.edits,
        secret=SECRET,
        written_at=WRITTEN_AT,
        template_folders=(*folders, shipped_templates()),
    )


def values_of(letter: Letter, cycle: Cycle | None, *folders: Path) -> LetterValues:
    """Return what the words of a letter for the toy office can ask for; folders given stand before the shipped one."""
    office = long_named_office()
    return LetterValues(
        LetterContext(
            letter=letter,
            cycle=cycle,
            office=office,
            phrases=read_phrases((*folders, shipped_templates()), office.calendar),
            written_at=WRITTEN_AT,
            folders=(*folders, shipped_templates()),
            reference=message_token(SECRET, letter.key),
        )
    )


def opened_mail(letter: Written) -> EmailMessage:
    """Read a finished letter back as a mail program does."""
    mail = message_from_bytes(letter.raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def face(letter: Written, kind: str) -> str:
    """Return the plain text (`plain`) or the HTML (`html`) of a finished letter."""
    body = opened_mail(letter).get_body((kind,))
    assert body is not None
    content = body.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")
