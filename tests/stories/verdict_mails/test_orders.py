"""Several mails about one draft: out of our links, forged beside honest ones, sent again, to a former version."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from mailbot.core.model.sop import Step
from mailbot.rehearsal.clock import HandClock
from tests.copied import copy_of, ledger_from
from tests.office import ToyOffice, ToyPost
from tests.stories.test_03_secretary_sends_back import edits
from tests.stories.test_12_who_is_it import with_people
from tests.stories.verdict_mails.envelopes import Envelope, posted
from tests.stories.verdict_mails.letters import letter_of
from tests.stories.verdict_mails.looking import MOVERS, begun, looked_at
from tests.stories.verdict_mails.replies import Reply

RATIFIES, REFUSES = "DISAHKAN", "PERBAIKI\nTabel 3 keliru."


def fresh(row: str) -> ToyOffice:
    """Return the office where the letter of that kind waits for its word, once more."""
    former = begun(row)[0]
    clock = HandClock(former.clock())
    post = ToyPost(clock, mails=list(former.post.mails), delivered=list(former.post.delivered))
    return ToyOffice(ledger=ledger_from(copy_of(former.ledger)), post=post, clock=clock)


def said(office: ToyOffice, who: str = "kadis") -> list[str]:
    """Return the words that somebody is recorded to have said."""
    return [str(one.word) for one in office.cycle().verdicts if one.person == who]


@pytest.mark.parametrize(("row", "word"), [("review", "SETUJU"), ("ratify", "DISAHKAN"), ("submission", "DITERIMA")])
@pytest.mark.parametrize("below", ["", "\n\nDikirim dari iPhone saya", "\n\n-- \nHormat saya"])
def test_a_link_of_our_letter_opens_a_mail_that_decides(row: str, word: str, below: str) -> None:
    """His program sends it without thread or quotation: the subject we filled in, the word, and what a phone adds."""
    office, letter = begun(row)
    found = [urlsplit(html.unescape(link)) for link in re.findall(r'href="(mailto:[^"]+)"', letter.page)]
    opened = {query["body"][0].strip(): (link, query) for link in found if "body" in (query := parse_qs(link.query))}
    link, query = opened[word]
    written = Reply(text=f"{query['body'][0]}{below}", page=None)
    envelope = Envelope(subject=query["subject"][0], thread=False)
    sender = office.person(MOVERS[row]).addresses[0]
    came = looked_at(office, posted(sender, unquote(link.path), letter, written, envelope))
    assert came.comes_to == word


@pytest.mark.parametrize(("honest", "forged"), [(RATIFIES, REFUSES), (REFUSES, RATIFIES)], ids=["ratifies", "refuses"])
@pytest.mark.parametrize("first", ["honest", "forged"])
def test_of_an_honest_and_a_forged_mail_of_one_day_the_honest_one_counts(honest: str, forged: str, first: str) -> None:
    """In both orders; the other is asked for a code at his own address, or comes too late."""
    office = fresh("ratify")
    letter = office.letter("kadis", "ratify")
    for proved in (True, False) if first == "honest" else (False, True):
        office.answers("kadis", letter, honest if proved else forged, proved=proved)
    assert said(office) == [honest.split("\n", maxsplit=1)[0]]
    assert len(office.letters_to("kadis", "verdict_noted")) == 1
    others = office.letters_to("kadis", "challenge") + office.letters_to("kadis", "out_of_turn")
    assert [one.address for one in others] == [office.person("kadis").addresses[0]]


def test_once_the_draft_came_again_only_an_answer_to_its_own_letter_counts() -> None:
    """Neither the consent to the former version, sent again byte for byte, nor one whose nearest letter is that."""
    office = fresh("review")
    former = letter_of(office.letter("sekretaris", "review"))
    consent = office.mail("sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    office.arrives(consent)
    office.arrives(consent)
    assert said(office, "sekretaris") == ["SETUJU"]
    office.answers("kadis", office.letter("kadis", "ratify"), REFUSES)
    edits(office)
    office.arrives(consent)
    assert (said(office, "sekretaris"), office.cycle().step) == (["SETUJU"], Step.REVIEW)
    present = letter_of(office.letter("sekretaris", "review"))
    sender, mailbox = office.person("sekretaris").addresses[0], office.office.mailbox
    for nearest, other, wanted in ((former, present, "out_of_turn"), (present, former, "SETUJU")):
        references = f"{other.message_id} {nearest.message_id}"
        envelope = Envelope(thread=False, header=(("In-Reply-To", nearest.message_id), ("References", references)))
        written = Reply(text="\n".join(("SETUJU", "", *nearest.marked())), page=None)
        assert looked_at(office, posted(sender, mailbox, nearest, written, envelope)).comes_to == wanted


def test_what_stands_in_the_subject_is_asked_about_and_benar_lets_the_word_count() -> None:
    """Where the mail was not proved, its code alone does not: what was put into the subject is still to be answered."""
    for proved in (True, False):
        office = fresh("ratify")
        mail = office.mail("kadis", office.letter("kadis", "ratify"), RATIFIES, proved=proved)
        office.arrives(mail.replace(b"Subject: Re:", b"Subject: Tahan dulu Re:"))
        if not proved:
            challenge = office.letter("kadis", "challenge")
            (code,) = re.findall(r"^ +BENAR (\d{6})$", challenge.text, re.MULTILINE)
            office.answers("kadis", challenge, code, proved=False)
        asked = office.letter("kadis", "doubted")
        assert ("1. Tahan dulu Re:" in asked.text, said(office)) == (True, [])
        office.answers("kadis", asked, "BENAR")
        assert said(office) == ["DISAHKAN"]


@pytest.mark.parametrize(("days", "wanted"), [(0, "DISAHKAN"), (1, "no_longer")], ids=["on his last day", "after it"])
def test_after_his_last_day_he_hears_whose_word_it_is(days: int, wanted: str) -> None:
    """By the day on which his mail came, whenever it is worked."""
    office = fresh("ratify")
    letter = letter_of(office.letter("kadis", "ratify"))
    last = office.office.calendar.local(office.clock()).date() - timedelta(days=days)
    with_people(office, lambda people: tuple(replace(one, until=last) if one.key == "kadis" else one for one in people))
    sender = office.person("kadis").addresses[0]
    written = Reply(text=RATIFIES, page=None)
    assert looked_at(office, posted(sender, office.office.mailbox, letter, written, Envelope())).comes_to == wanted
