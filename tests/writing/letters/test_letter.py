"""Every kind of letter: it has words, it can be written full and bare, and no text of anybody's can break out of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import Answers, Asked, Letter, LetterKind
from mailbot.core.model.letters_in_answer import Guide, Origin
from mailbot.core.model.letters_of_rows import UnreadableFile
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.model.unreadable import Unreadable
from mailbot.errors import TemplateProblem
from mailbot.writing.letters.letter import message_id, message_token, one_time_code, write_letter
from mailbot.writing.selfcheck.sample_letters import KINDS
from mailbot.writing.words.templates import shipped_templates
from tests.offices.long_names import SECRET, long_named_office
from tests.writing.conftest import SNAPSHOTS, face, opened_mail, values_of, written
from tests.writing.make_snapshots import snapshot
from tests.writing.reply_links import reply_links
from tests.writing.sample_branches import BRANCHES
from tests.writing.sample_letters import WRITTEN_AT, Sample, bare_letter, full_letter

_LAID_OUT = {"alasan", "cara", "dari", "kolom", "serapan"}
"""Labels that the HTML's table headings say instead."""
HOLES = re.compile(r"\bNone\b|\{\{|\}\}|\{%|Undefined|  +,| \.|\(\)")


@pytest.mark.parametrize("kind", LetterKind)
def test_every_kind_has_a_template_and_one_class_of_values(kind: LetterKind) -> None:
    """A letter kind without words, or without its values written down, does not exist; none has two."""
    assert (shipped_templates() / "letters" / f"{kind.value}.j2").is_file()
    assert [about.letter_kind for about in KINDS].count(kind) == 1


@pytest.mark.parametrize("kind", LetterKind)
def test_a_full_letter_reads_as_its_snapshot(kind: LetterKind) -> None:
    """What people read changes only on purpose: `python -m tests.writing.make_snapshots`, then read it aloud."""
    assert snapshot(full_letter(kind)) == (SNAPSHOTS / f"{kind.value}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", LetterKind)
def test_a_bare_letter_reads_as_its_snapshot(kind: LetterKind) -> None:
    """A letter with nothing that it does not insist on is still a letter."""
    assert snapshot(bare_letter(kind)) == (SNAPSHOTS / f"{kind.value}.bare.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BRANCHES)
def test_a_letter_for_a_reason_reads_as_its_snapshot(name: str) -> None:
    """Every sentence that depends on a code is read aloud too."""
    assert snapshot(BRANCHES[name]) == (SNAPSHOTS / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("make", [full_letter, bare_letter])
def test_plain_text_is_complete_by_itself(kind: LetterKind, make: object) -> None:
    """Lines under 78, no hole, every enclosure named, who signs, whom to call and the reference at the end."""
    assert callable(make)
    sample: Sample = make(kind)
    letter, values = written(sample), values_of(sample.letter, sample.cycle)
    text = face(letter, "plain")
    assert [line for line in text.splitlines() if len(line) >= 78] == []
    assert HOLES.findall(text + letter.subject) == []
    assert [name for name in sample.files if name not in text] == []
    assert text.rstrip().endswith(f"Rujukan: {message_token(SECRET, sample.letter.key)}")
    for words in ("Yth. Bapak/Ibu", "Dengan hormat,", values["sender"], values["contact"]):
        assert str(words) in " ".join(text.split())


@pytest.mark.parametrize("kind", LetterKind)
def test_html_says_what_the_text_says(kind: LetterKind) -> None:
    """Both faces come from one source: every word of the text stands in the HTML too, which fetches nothing."""
    letter = written(full_letter(kind))
    html = face(letter, "html")
    said = {word.casefold() for word in re.findall(r"\w+", html)}
    absent = {word.casefold() for word in re.findall(r"\b[^\W\d_]+\b", face(letter, "plain"))} - said - _LAID_OUT
    assert absent == set()
    ways = html.replace(str(getattr(full_letter(kind).letter.about, "link", "-")), "")  # to a page of our own
    assert re.findall(r"<img|src=|url\(|http|<script|<link", ways) == []


@pytest.mark.parametrize("kind", LetterKind)
def test_subject_carries_the_token_and_fits_a_phone(kind: LetterKind) -> None:
    """The matter first, for a phone shows no more of it; the token last, one line, at most 72 characters."""
    for sample in (full_letter(kind), bare_letter(kind)):
        subject = written(sample).subject
        assert re.fullmatch(r"\w.{7,} \[DISDUKCAPIL-LKJIP(?:/[\w-]+)?\]", subject)
        assert len(subject) <= 72
        assert subject == " ".join(subject.split())


@pytest.mark.parametrize("kind", LetterKind)
def test_a_reply_word_is_a_link_to_an_answer_and_never_holds_a_code(kind: LetterKind) -> None:
    """Every word that a letter shows to be answered with opens a mail with that word alone, matter first."""
    letter = written(full_letter(kind))
    html, text = face(letter, "html"), face(letter, "plain")
    links = reply_links(html)
    for address, subject, body in links:
        assert address == long_named_office().mailbox
        assert subject == f"Re: {letter.subject} {text.split()[-1]}"
        assert re.search(rf"^    {re.escape(body)}$", text, re.MULTILINE)
        assert body.split()[0] in set(Word)
        assert re.search(r"\d{6}", body) is None
    offered = re.findall(r"^    ([A-Z]+)(?= |$)", text, re.MULTILINE)
    assert sorted(body.split()[0] for _, _, body in links) == sorted(word for word in offered if word in set(Word))


@pytest.mark.parametrize("kind", LetterKind)
def test_a_phone_shows_the_request_beside_the_subject(kind: LetterKind) -> None:
    """What a mail program takes for its preview is the letter's first sentence, not its salutation."""
    html = face(written(full_letter(kind)), "html")
    shown = " ".join(re.sub(r"<[^>]*>", " ", html.partition("<body")[2].partition(">")[2]).split())
    assert not shown.startswith("Yth.")
    assert shown[:30].count(" ") >= 2


@pytest.mark.parametrize("reason", list(Unreadable))
def test_every_unreadable_reason_has_its_own_words(reason: Unreadable) -> None:
    """No two reasons get the same answer, and none gets an empty one."""
    texts = {other: _unreadable(other) for other in Unreadable}
    assert list(texts.values()).count(texts[reason]) == 1
    assert "Mohon" in texts[reason]


def _unreadable(reason: Unreadable) -> str:
    """Return the plain text of the answer to one reason, the reference left out."""
    sample = full_letter(LetterKind.UNREADABLE)
    about = UnreadableFile(reason=reason, file_name="form.bin")
    return face(written(replace(sample, letter=replace(sample.letter, about=about))), "plain")


def test_the_same_letter_is_the_same_bytes() -> None:
    """A resent letter is byte for byte the one that may have arrived."""
    sample = full_letter(LetterKind.RETURNED)
    assert written(sample).raw == written(sample).raw


def test_another_key_is_another_message_id() -> None:
    """The key makes the Message-ID and the boundaries, where no word is asked about a file."""
    sample = full_letter(LetterKind.REQUEST)
    other = replace(sample, letter=replace(sample.letter, key="request/2025/capil/x"))
    assert written(sample).message_id == message_id(SECRET, sample.letter.key, "laporan@example.go.id")
    assert written(sample).message_id != written(other).message_id


def test_another_file_that_is_asked_about_is_another_message_id() -> None:
    """Under one key: what was said of the first is no answer to the second, and its copy not the second's."""
    sample = full_letter(LetterKind.REVIEW)
    first, second = (
        replace(sample, letter=replace(sample.letter, asks=Asked(step=Step.REVIEW, version=1, docx_sha256=sha * 64)))
        for sha in "ab"
    )
    assert first.letter.key == second.letter.key
    assert written(first).message_id != written(second).message_id
    assert face(written(first), "plain").splitlines()[-1] != face(written(second), "plain").splitlines()[-1]


def test_the_headers_of_a_letter_on_our_own_initiative() -> None:
    """From the office's mailbox with its name, to one person, marked as automatic, dated when it was written."""
    mail = opened_mail(written(full_letter(LetterKind.REQUEST)))
    assert mail["From"].addresses[0].addr_spec == "laporan@example.go.id"
    assert mail["From"].addresses[0].display_name == long_named_office().letterhead.agency_name
    assert [one.addr_spec for one in mail["To"].addresses] == ["kabid.dafduk@example.go.id"]
    assert parsedate_to_datetime(mail["Date"]).astimezone(UTC) == WRITTEN_AT
    assert mail["Date"].endswith("+0700")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert mail["X-Mailbot-Loop"] == "1"
    assert mail["In-Reply-To"] == mail["References"]


def test_an_answer_stands_in_the_thread_it_answers() -> None:
    """In-Reply-To names the mail, References the whole thread, and the answer is marked as one."""
    mail = opened_mail(written(full_letter(LetterKind.RECEIPT)))
    assert mail["In-Reply-To"] == "<balasan-1@example.go.id>"
    assert mail["References"].split()[1:] == ["<mb1.0000000000000000@example.go.id>", "<balasan-1@example.go.id>"]
    assert mail["Auto-Submitted"] == "auto-replied"


def test_long_message_ids_are_neither_encoded_nor_cut() -> None:
    """Outlook's ids of 200 characters and a long thread stay as they are, each on its own line."""
    ids = tuple(f"<{'A' * 190}{number}@prod.example.com>" for number in range(30))
    raw = _answering(Answers(message_id=ids[-1], references=ids[:-1])).decode("ascii")
    assert f"In-Reply-To: {ids[-1]}\r\n" in raw
    assert "\r\n ".join(ids[-21:]) + "\r\n" in raw.partition("References: <thread.")[2]


def test_a_hostile_message_id_is_left_out() -> None:
    """A Message-ID with a line break, or that is none, never reaches a header."""
    for bad in ("<a@b>\r\nBcc: all@example.go.id", "nonsense", "<à@example.go.id>", ""):
        raw = _answering(Answers(message_id=bad, references=("<x@y>\nBcc: z@example.go.id",)))
        assert b"Bcc" not in raw
        assert b"In-Reply-To: <thread." in raw


def _answering(answers: Answers) -> bytes:
    """Return a receipt that answers such a mail."""
    sample = full_letter(LetterKind.RECEIPT)
    return written(replace(sample, letter=replace(sample.letter, answers=answers))).raw


def test_a_name_with_commas_is_one_addressee() -> None:
    """Academic degrees do not make three recipients."""
    mail = opened_mail(written(full_letter(LetterKind.PARTIAL)))
    assert [(one.display_name, one.addr_spec) for one in mail["To"].addresses] == [
        ("Contoh Pelaksana Tugas, S.Kom., M.Si.", "plt.piak@example.go.id")
    ]


def test_text_of_users_is_never_rendered_nor_unescaped() -> None:
    """A remark that looks like a template or like HTML arrives as the characters it is, in both faces."""
    evil = "{{ cycler.__init__.__globals__ }} {% for x in y %} <script>alert(1)</script> A & B"
    sample = full_letter(LetterKind.REVISION)
    assert sample.cycle is not None
    said = tuple(replace(one, remark=replace(one.remark, text=evil)) for one in sample.cycle.remarks)
    letter = written(replace(sample, cycle=replace(sample.cycle, remarks=said)))
    assert evil in " ".join(face(letter, "plain").split())
    assert "{{ cycler.__init__.__globals__ }} {% for x in y %} &lt;script&gt;alert(1)&lt;/script&gt; A &amp; B" in face(
        letter, "html"
    )


def test_text_of_users_cannot_become_a_header() -> None:
    """A subject built from somebody's words stays on its line."""
    sample = full_letter(LetterKind.ORIGIN)
    about = Origin(word=Word.ASAL, code="IKU-02\r\nBcc: all@example.go.id")
    mail = opened_mail(written(replace(sample, letter=replace(sample.letter, about=about))))
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Asal angka IKU-02 Bcc: all@example.go.id [DISDUKCAPIL-LKJIP/2025]"


def test_a_letter_that_lacks_what_its_words_need_is_refused() -> None:
    """A missing value is the program's fault and is named, never printed as a hole."""
    sample = full_letter(LetterKind.REQUEST)
    with pytest.raises(TemplateProblem, match="request/2025/dafduk/1 lacks unit, due_at"):
        written(replace(sample, letter=replace(sample.letter, unit="", due_at=None)))


def test_an_offices_own_words_win() -> None:
    """A template of the same name in the office's folder stands before the shipped one."""
    own = Path(__file__).parents[1] / "own_templates"
    assert face(written(full_letter(LetterKind.UNPLACED), own), "plain").startswith("Salam dari kantor sendiri.")


def test_an_office_may_change_one_word() -> None:
    """`words.yaml` of the office overlays single words; the others stay."""
    own = Path(__file__).parents[1] / "own_templates"
    text = " ".join(face(written(full_letter(LetterKind.STATUS), own), "plain").split())
    name = long_named_office().roster.unit
    assert f"{name('capil').name}: ditunggu" in text
    assert f"{name('sekretariat').name}: sudah diterima" in text


def test_the_one_time_code_is_made_from_the_key() -> None:
    """The challenge asks back six digits that only the office can make."""
    sample = full_letter(LetterKind.CHALLENGE)
    assert f"\n    {one_time_code(SECRET, sample.letter.key)}\n" in face(written(sample), "plain")
    assert one_time_code(b"other", sample.letter.key) != one_time_code(SECRET, sample.letter.key)


@pytest.mark.parametrize("role", list(Role))
def test_a_guide_offers_each_role_its_words(role: Role) -> None:
    """Nobody is offered a word that is not his; everybody is offered help."""
    office = long_named_office()
    person = next(person for person in office.roster.people if person.role is role)
    letter = Letter(key="guide/x", about=Guide(), to=person.key, address=person.addresses[0])
    text = face(
        write_letter(
            letter, None, office, secret=SECRET, written_at=WRITTEN_AT, template_folders=(shipped_templates(),)
        ),
        "plain",
    )
    assert ("DISAHKAN:" in text) is (role is Role.AGENCY_HEAD)
    assert "BANTUAN: petunjuk ini" in text
