"""What the examiner condemns and what he lets pass, where that hangs by a thread: one small tape for each side."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from tests.examined.seeds import known
from tests.examiner.examine import examine
from tests.examiner.letter import plain_subject
from tests.examiner.tape import Came, Left, Tape
from tests.simulation.letter_maker import mime
from tests.simulation.mails import Sheet, written

CYCLE = "2025"
MORNING = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OFFICE = known(load(sample_folder(), {}).office(), CYCLE)
SECRETARY = "sekretaris.disdukcapil@example.go.id"
PLANNING = "perencanaan.disdukcapil@example.go.id"
HEAD = "kabid.capil@example.go.id"
FORM = json.dumps({"indicators": {"IKU-1": {"actual": "98"}}, "budget": {}}).encode()


def left(  # noqa: PLR0913 - what a letter is made of, all named
    kind: str,
    to: str,
    after: timedelta,
    *,
    word: str = "",
    text: str = "",
    files: tuple[bytes, ...] = (),
    report: bytes = b"",
    dated: timedelta | None = None,
    **named: object,
) -> Left:
    """Return a letter that left some time after the first morning; `answers` names the mail it answers.

    Where the clock is wrong, it is `dated` otherwise.
    """
    at, answers = MORNING + after, named.pop("answers", "")
    date = at if dated is None else MORNING + dated
    heads = [
        f"From: {OFFICE.mailbox}",
        f"To: {to}",
        f"Subject: {plain_subject(kind, CYCLE, 'CAPIL', word)}",
        f"Date: {date:%d %b %Y %H:%M:%S} +0000",
        f"Message-ID: {own_id(kind, after)}",
        *([f"In-Reply-To: {answers}"] if answers else []),
    ]
    enclosed = [("form.xlsx", "application/octet-stream", one) for one in files]
    enclosed += [("laporan.docx", "application/octet-stream", report)] if report else []
    raw = mime(heads, text or "Yth.", enclosed)
    return Left(at=at, to=to, raw=raw, **named)  # type: ignore[arg-type]  # the tape's own marks


def own_id(kind: str, after: timedelta) -> str:
    """Return the Message-ID of a letter."""
    return f"<{kind}.{after // timedelta(minutes=1)}@example.go.id>"


def came(  # noqa: PLR0913 - what a mail is made of, all named
    sender: str,
    words: str,
    after: timedelta,
    *,
    answers: str = "",
    proved: bool = True,
    file: bytes = b"",
    deep: bool = False,
) -> tuple[Came, str]:
    """Return a mail that came some time after the first morning, and its Message-ID."""
    number = after // timedelta(minutes=1)
    files = (("form.xlsx", "application/octet-stream", file),) if file else ()
    sheet = Sheet(
        sender=sender,
        to=OFFICE.mailbox,
        words=words,
        answers=answers,
        proved=proved,
        files=files,
        beyond_reading=deep,
        number=number,
    )
    raw, truth = written(sheet, MORNING + after)
    return Came(at=MORNING + after, raw=raw, proved=proved), truth.message_id


def laws(*on_wire: Came | Left, clock_wrong: bool = False) -> set[str]:
    """Return which laws a tape breaks, as far as the examiner can see."""
    mails = tuple(one for one in on_wire if isinstance(one, Came))
    letters = tuple(one for one in on_wire if isinstance(one, Left))
    tape = Tape(came=mails, left=letters, cycle=CYCLE, finished=True, clock_wrong=clock_wrong)
    return {charge.law for charge in examine(tape, OFFICE)}


@pytest.mark.parametrize(("sender", "charged"), [(SECRETARY, {"answered wrongly"}), (PLANNING, set())])
def test_only_the_secretary_ends_row_1(sender: str, charged: set[str]) -> None:
    """SETUJU on the data needs, answered as out of turn: his was due to be noted, Subbag Program's was not."""
    mail, mail_id = came(sender, "SETUJU", HOUR, answers=own_id("data_needs", HOUR * 0))
    told = left("out_of_turn", sender, 2 * HOUR, word="SETUJU", answers=mail_id)
    assert laws(left("data_needs", SECRETARY, HOUR * 0), mail, told) == charged


@pytest.mark.parametrize(("clock_wrong", "charged"), [(False, {"answered wrongly"}), (True, set())])
def test_an_objection_after_the_time_of_a_wrong_clock_is_told_so(*, clock_wrong: bool, charged: set[str]) -> None:
    """By a clock that runs ahead his time was over when he objected; by a right one the row had to hold."""
    mail, mail_id = came(SECRETARY, "KEBERATAN\r\nBelum disepakati.", HOUR, answers=own_id("data_needs", HOUR * 0))
    told = left("out_of_turn", SECRETARY, 2 * HOUR, word="KEBERATAN", answers=mail_id)
    asked = left("request", HEAD, 72 * HOUR)
    assert laws(left("data_needs", SECRETARY, HOUR * 0), mail, told, asked, clock_wrong=clock_wrong) == charged


@pytest.mark.parametrize(
    ("deep", "requests", "answered", "charged"),
    [
        (True, 37, 44, set()),
        (False, 37, 44, {"answered wrongly"}),
        (True, 30, 44, {"answered wrongly"}),
        (True, 37, 36, {"answered wrongly"}),
    ],
    ids=["cannot be read", "can be read", "the requests are dated too soon", "the requests are dated after it"],
)
def test_an_objection_that_nobody_can_read_is_told_so_after_the_time_of_a_wrong_clock(
    *, deep: bool, requests: int, answered: int, charged: set[str]
) -> None:
    """By the dates of a clock that runs ahead the requests were written before it came, and his time was over."""
    words, needs = "KEBERATAN\r\nBelum disepakati.", own_id("data_needs", HOUR * 0)
    mail, mail_id = came(SECRETARY, words, 24 * HOUR, answers=needs, deep=deep)
    told = left("unplaced", SECRETARY, 24 * HOUR, answers=mail_id, dated=answered * HOUR)
    asked = left("request", HEAD, 28 * HOUR, dated=requests * HOUR)
    assert laws(left("data_needs", SECRETARY, HOUR * 0), mail, told, asked, clock_wrong=True) == charged


@pytest.mark.parametrize(
    ("reminded_of", "reviewed", "charged"),
    [(b"2", b"2", set()), (b"2", b"1", {"other bytes"}), (b"1", b"2", {"other bytes"})],
)
def test_a_word_to_a_reminder_is_about_the_report_that_came_with_it(
    reminded_of: bytes, reviewed: bytes, charged: set[str]
) -> None:
    """The second version bears the earlier date: the clock was put back; the bytes tell which was consented to."""
    laid = [
        left("draft", PLANNING, HOUR * 0, report=b"1"),
        left("draft", PLANNING, 24 * HOUR, report=b"2", dated=-24 * HOUR),
        left("reminder_today", PLANNING, 25 * HOUR, report=reminded_of),
    ]
    mail, mail_id = came(PLANNING, "TERUSKAN", 26 * HOUR, answers=own_id("reminder_today", 25 * HOUR))
    noted = left("verdict_noted", PLANNING, 27 * HOUR, word="TERUSKAN", answers=mail_id)
    review = left("review", SECRETARY, 27 * HOUR, report=reviewed)
    assert laws(*laid, mail, noted, review, clock_wrong=True) == charged


@pytest.mark.parametrize("report", [b"", b"1", b"2"])
def test_who_has_passed_the_last_version_on_is_reminded_in_vain_of_whichever(report: bytes) -> None:
    """A reminder that brings along a version of before is no less in vain."""
    laid = [left("draft", PLANNING, HOUR * 0, report=b"1"), left("draft", PLANNING, HOUR, report=b"2")]
    mail, mail_id = came(PLANNING, "TERUSKAN", 2 * HOUR, answers=own_id("draft", HOUR))
    noted = left("verdict_noted", PLANNING, 3 * HOUR, word="TERUSKAN", answers=mail_id)
    assert laws(*laid, mail, noted, left("reminder", PLANNING, 24 * HOUR, report=report)) == {"reminded in vain"}


@pytest.mark.parametrize(("forgotten", "charged"), [(False, {"reminded in vain"}), (True, set())])
def test_who_was_told_that_his_word_does_not_stand_in_the_books_put_back_is_reminded(
    *, forgotten: bool, charged: set[str]
) -> None:
    """Else a reminder after a plain word is in vain, whatever he was told."""
    mail, mail_id = came(PLANNING, "TERUSKAN", HOUR, answers=own_id("draft", HOUR * 0))
    told = [
        left("verdict_noted", PLANNING, 2 * HOUR, word="TERUSKAN", answers=mail_id),
        left("unclear", PLANNING, 4 * HOUR, answers=mail_id),
    ]
    draft = left("draft", PLANNING, HOUR * 0, forgotten=forgotten)
    assert laws(draft, mail, *told, left("reminder", PLANNING, 24 * HOUR)) == charged


@pytest.mark.parametrize(
    ("forgotten", "reminded", "charged"),
    [(True, True, set()), (True, False, {"answered wrongly"}), (False, True, {"answered wrongly"})],
)
def test_a_version_of_before_lies_there_again_when_books_put_back_brought_it_anew(
    *, forgotten: bool, reminded: bool, charged: set[str]
) -> None:
    """The reminder brought it along, and the books know no later one; else the word is for a version of before."""
    versions = ((HOUR * 0, b"1"), (HOUR, b"2"))
    laid = [left("draft", PLANNING, after, report=report, forgotten=forgotten) for after, report in versions]
    about = own_id("reminder", 24 * HOUR) if reminded else own_id("draft", HOUR * 0)
    mail, mail_id = came(PLANNING, "TERUSKAN", 25 * HOUR, answers=about)
    noted = left("verdict_noted", PLANNING, 26 * HOUR, word="TERUSKAN", answers=mail_id)
    assert laws(*laid, left("reminder", PLANNING, 24 * HOUR, report=b"1"), mail, noted) == charged


@pytest.mark.parametrize(("coded", "charged"), [(True, set()), (False, {"handed on", "without proof"})])
def test_words_proved_by_a_code_may_be_handed_on_though_a_forger_wrote_the_same(
    *, coded: bool, charged: set[str]
) -> None:
    """What two mails say alike is quoted of the one that was proved."""
    words = "KEBERATAN\r\nMohon ditinjau kembali."
    mail, mail_id = came(SECRETARY, words, HOUR, answers=own_id("data_needs", HOUR * 0), proved=False)
    forged, forged_id = came(PLANNING, words, HOUR, answers=own_id("data_needs", HOUR * 0), proved=False)
    asked = left("challenge", SECRETARY, 2 * HOUR, word="KEBERATAN", answers=mail_id, text="Kode: 123456")
    code, code_id = came(
        SECRETARY,
        "KEBERATAN\r\n123456" if coded else "Terima kasih.",
        3 * HOUR,
        answers=own_id("challenge", 2 * HOUR),
    )
    noted = left("verdict_noted", SECRETARY, 4 * HOUR, word="KEBERATAN", answers=mail_id, text=words)
    told = [left("not_yours", PLANNING, 2 * HOUR, answers=forged_id)]
    thanked = [] if coded else [left("unplaced", SECRETARY, 4 * HOUR, answers=code_id)]
    assert laws(left("data_needs", SECRETARY, HOUR * 0), mail, forged, asked, code, noted, *told, *thanked) == charged


@pytest.mark.parametrize(
    ("told", "after", "charged"),
    [(HEAD, 3, set()), (HEAD, 1, {"lost"}), (HEAD, 363, {"lost"}), (SECRETARY, 3, {"lost"})],
)
def test_that_the_cycle_was_cancelled_answers_what_waited_then(told: str, after: int, charged: set[str]) -> None:
    """His receipt waits for the server and leaves no more; what he sent afterwards has its own answer, or is lost."""
    request = left("request", HEAD, HOUR * 0, files=(FORM,))
    mail, _ = came(HEAD, "Terlampir form isian.", 2 * HOUR, answers=own_id("request", HOUR * 0), file=FORM)
    agreed, agreed_id = came(SECRETARY, "SETUJU", -71 * HOUR, answers=own_id("data_needs", -72 * HOUR))
    noted = left("verdict_noted", SECRETARY, -70 * HOUR, word="SETUJU", answers=agreed_id)
    row_1 = (left("data_needs", SECRETARY, -72 * HOUR), agreed, noted)
    assert laws(*row_1, request, mail, left("cycle_cancelled", told, after * HOUR)) == charged


@pytest.mark.parametrize(("vouched", "charged"), [(True, set()), (False, {"handed on"})])
def test_a_form_that_its_head_vouched_for_goes_back_to_him(*, vouched: bool, charged: set[str]) -> None:
    """He said BENAR to the letter that showed it: it is his form now; else nothing of a stranger's is handed on."""
    request = left("request", HEAD, HOUR * 0, files=(FORM.replace(b"98", b""),))
    mail, mail_id = came("tamu@surel.example", "Terlampir form isian.", HOUR, proved=False, file=FORM)
    waits = [left("form_waits", "tamu@surel.example", 2 * HOUR, answers=mail_id), left("conflict", HEAD, 2 * HOUR)]
    word, word_id = came(HEAD, "BENAR" if vouched else "SALAH", 3 * HOUR, answers=own_id("conflict", 2 * HOUR))
    back = left("returned", HEAD, 4 * HOUR, files=(FORM,), answers=word_id)
    agreed, agreed_id = came(SECRETARY, "SETUJU", -71 * HOUR, answers=own_id("data_needs", -72 * HOUR))
    noted = left("verdict_noted", SECRETARY, -70 * HOUR, word="SETUJU", answers=agreed_id)
    row_1 = (left("data_needs", SECRETARY, -72 * HOUR), agreed, noted)
    assert laws(*row_1, request, mail, *waits, word, back) == charged
