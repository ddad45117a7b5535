"""Several mails about one draft: out of our links, forged beside honest ones, sent again, to a former version."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from mailbot.core.model.sop import Step
from mailbot.rehearsal.clock import HandClock
from tests.copied import copy_of, ledger_from
from tests.office import ToyOffice, ToyPost
from tests.stories.test_03_secretary_sends_back import edits
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
