"""The inputs kept in `tests/cases` whose words decide, or must not: each is read as the sample office reads it."""

from __future__ import annotations

from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pytest

from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.mail import Mail
from mailbot.core.model.office import Office
from mailbot.core.sorting.placing import Desk
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from mailbot.writing.words.beside_words import with_words
from tests.reading.mails import RECEIVED_AT, read

CASES = Path(__file__).parents[1] / "cases"
OF_WORDS = ("refusal/", "hidden/", "quotation/", "renderings/", "mails/74-")
APPROVE = {Word.SETUJU, Word.DISAHKAN, Word.TERUSKAN, Word.DITERIMA, Word.BENAR}


@cache
def office() -> Office:
    """Return the sample office, as a daemon has it."""
    settings = load(sample_folder(), {})
    return with_words(settings.office(), settings.template_folders)


def said(mail: Mail) -> Said:
    """Return what a mail says to the sample office."""
    about, cycles = (), ()
    desk = Desk(mail=mail, at=RECEIVED_AT, office=office(), about=about, bounced=(), cycles=cycles, last={})
    return desk.said


def rows(*tables: str) -> list[tuple[str, ...]]:
    """Return the lines of tables, parted at the tab."""
    lines = (line for table in tables for line in (CASES / table).read_text(encoding="utf-8").splitlines())
    return [tuple(line.split("\t")) for line in lines if line]


MAILS = [(name, must) for name, must in rows("expect.tsv", "own.tsv") if name.startswith(OF_WORDS)]


@pytest.mark.parametrize(("name", "must"), MAILS, ids=[name for name, _ in MAILS])
def test_a_word_counts_only_where_all_is_the_senders_own_plain_and_understood(name: str, must: str) -> None:
    """A refusal beside it, a quotation, hidden text, renderings that differ: it is asked about (D1 to D4, D7)."""
    found = said(read((CASES / name).read_bytes()))
    assert ((found.word in APPROVE), found.unclear) == ((True, False) if must == "count" else (False, found.unclear))
    assert found.word in APPROVE or must == "ask"


@pytest.mark.parametrize("place", ["above", "below"])
@pytest.mark.parametrize(("must", "line"), rows("words.tsv", "own-words.tsv"), ids=lambda text: text[:40])
def test_beside_a_deciding_word_only_what_is_known_may_stand(must: str, line: str, place: str) -> None:
    """Some hundred natural reservations are asked about; greetings, signatures and small print are not (D1)."""
    text = line.replace("\\n", "\n")
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "kepala.disdukcapil@example.go.id", "Re: Mohon pengesahan LKjIP"
    mail.set_content(f"{text}\n\nDISAHKAN\n" if place == "above" else f"DISAHKAN\n\n{text}\n")
    found = said(read(mail.as_bytes()))
    if must == "count":
        assert (found.word, found.in_the_way) == (Word.DISAHKAN, ())
    else:
        assert (found.word, found.unclear) == (None, True)
