"""Core and templates agree: every letter meant carries what its words need, and every reason has its sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from mailbot.core.delivery.delivery_facts import ArchiveMade, PaperLooked
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.facts import AnswerUnclear, UnreadableArrived
from mailbot.core.model.letters import AlarmCode, Asked, Letter, LetterKind, Reason
from mailbot.core.model.letters_in_answer import why
from mailbot.core.model.letters_of_rows import UnreadableFile
from mailbot.core.model.mail import Proof
from mailbot.core.model.sop import Step
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.papers.checked import PaperCheck, PaperFlaw, PaperReason, Ratification, Ratified
from mailbot.core.papers.paper_facts import PaperArrived
from mailbot.core.procedure.word_asked import asked_now
from mailbot.core.recall.deputy_facts import DeputyConfirmed
from mailbot.core.sorting.sorting import sort
from tests.core.desks import desk, mail_of
from tests.core.machine import wander
from tests.core.orders.test_signing import another_signs
from tests.core.play import HEADS, Play, closed, collecting, drafting, ratifying, reviewing, submitted, with_policy
from tests.offices.small import OFFICE, row_5_apart, wib

LETTERS = Path(__file__).parents[3] / "templates" / "letters"
SEEDS = 120
"""Enough to meet nearly every kind of letter."""


def unfinished() -> Play:
    """Return a play in which the draft is passed on before it is compiled."""
    play = reviewing()
    play.says("sekretaris", Word.PERBAIKI, "Ringkas.")
    play.says("perencanaan", Word.TERUSKAN, about=Asked(step=Step.DRAFT, version=2))
    early = collecting()
    for unit in HEADS:
        early.sends(unit)
    early.says("perencanaan", Word.TERUSKAN, about=asked_now(early.cycle))
    return replace(play, letters=[*play.letters, *early.letters])


def of_one_hand() -> Play:
    """Return a play in which the reviewer would ratify."""
    kadis = replace(OFFICE.roster.person("kadis"), addresses=("sekretaris@example.go.id",))
    people = tuple(kadis if person.key == "kadis" else person for person in OFFICE.roster.people)
    play = ratifying(replace(OFFICE, roster=replace(OFFICE.roster, people=people)))
    play.says("kadis", Word.DISAHKAN)
    return play


def taken_back() -> Play:
    """Return a play in which a unit opens its accepted form again."""
    play = collecting()
    play.sends("DAFDUK")
    play.asks("kabid-dafduk", Word.SALAH, unit="DAFDUK")
    return play


def recalled() -> Play:
    """Return a play in which a word is said twice and taken back, a draft asked back, a report corrected."""
    play = ratifying()
    play.office = with_policy(replace(OFFICE.policy, recall_minutes=30))
    asked = play.last_asked("kadis")
    for _ in range(2):
        play.says("kadis", Word.DISAHKAN, about=asked)
    play.asks("perencanaan", Word.BATAL)
    play.asks("kadis", Word.BATAL)
    corrected = closed()
    corrected.office = replace(OFFICE, indicators=OFFICE.indicators[1:])
    for office in (corrected.office, OFFICE):
        corrected.office = office
        corrected.asks("perencanaan", Word.KOREKSI, "keliru")
    over = closed()
    over.asks("kadis", Word.PLH, "kabid-dafduk 13-16 Januari 2026")
    named = ratifying()
    named.asks("kadis", Word.PLH, "kabid-dafduk besok")
    named.asks("kadis", Word.PLH, "kabid-dafduk 13-16 Januari 2026")
    mail = named.letters[-1].answers_mail
    named.happens(DeputyConfirmed(at=named.at, source=named.source("kadis"), asked_about=mail))
    letters = (letter for one in (play, corrected, over, named) for letter in one.letters)
    return replace(play, letters=list(letters))


def doubted() -> Play:
    """Return a play in which something stands beside a consent."""
    play = reviewing()
    said = Said(unclear=True, meant=Word.SETUJU, in_the_way=("Tahan dulu.",))
    source = play.source("sekretaris")
    play.happens(AnswerUnclear(at=play.at, source=source, said=said, about=play.last_asked("sekretaris")))
    return play


def unread() -> Play:
    """Return a play in which a unit sends a file of every kind that is no form."""
    play = collecting()
    source = play.source("kabid-dafduk")
    for reason in Unreadable:
        play.happens(UnreadableArrived(at=play.at, source=source, unit="DAFDUK", reason=reason, file_name="berkas"))
    return play


def not_ready() -> Play:
    """Return a play in which a draft is passed on that was edited, and is still to be compiled."""
    play = drafting()
    play.says("perencanaan", Word.TERUSKAN, document="b" * 64)
    play.says("perencanaan", Word.TERUSKAN, about=asked_now(play.cycle))
    return play


def forgotten() -> Play:
    """Return a play in which a letter is answered that the ledger, an old copy, does not know."""
    play = reviewing()
    play.happens(replace(play.saying("sekretaris", Word.SETUJU), about=None, letter_gone=True))
    return play


def misnumbered() -> Play:
    """Return a play in which every number that is given is wrong."""
    numbers = replace(OFFICE.letter_numbers, awaited=True, pattern="{number}/{roman}/{year}", used={"2026/7": "x"})
    play = submitted(replace(OFFICE, letter_numbers=numbers))
    for number in ("12/KEP/2026", "12/I/2025", "12/II/2026", "7", "12 tanggal 1 Januari 2026"):
        play.asks("perencanaan", Word.NOMOR, number)
    return play


def signing() -> Play:
    """Return a play in which signed papers are wanted, one comes of which nobody is sure, and all is filed."""
    evaluation = replace(OFFICE.profile, published="https://lkjip.example.go.id")
    wanted = Ratification(report=Ratified.SCAN)
    play = ratifying(replace(OFFICE, ratification=wanted, profile=evaluation))
    play.says("kadis", Word.DISAHKAN)
    reasons = (PaperReason(flaw=PaperFlaw.NO_RECOGNITION),)
    check = PaperCheck(file_sha256="5" * 64, scan=True, reasons=reasons)
    play.happens(PaperArrived(at=play.at, source=play.source("kadis"), papers=(check,)))
    play.happens(PaperLooked(at=play.at, source=play.source("perencanaan"), paper="5" * 16, word=Word.BENAR))
    play.says("bappeda", Word.DITERIMA, proof=Proof.NONE)
    play.says("bappeda", Word.DITERIMA)
    play.happens(ArchiveMade(at=play.at, folder="2025"))
    play.asks("perencanaan", Word.TERBIT, "kemarin")
    play.clock(wib(20, 16, month=2))
    play.asks("perencanaan", Word.ARSIP)
    play.clock(wib(27, 16, month=2))
    return play


@cache
def met() -> frozenset[tuple[LetterKind, str]]:
    """Return every pair of kind and reason that wandering cycles, and a desk without a cycle, come to."""
    letters = [letter for seed in range(SEEDS) for letter in wander(seed).letters]
    letters += [*unfinished().letters, *of_one_hand().letters, *taken_back().letters, *doubted().letters]
    letters += [*another_signs().letters, *unread().letters, *recalled().letters, *not_ready().letters]
    letters += [
        *forgotten().letters,
        *misnumbered().letters,
        *signing().letters,
        *drafting(row_5_apart(OFFICE)).letters,
    ]
    for words in ("SETUJU", "STATUS", "BANTUAN", "Halo"):
        letters += sort(desk(mail=mail_of("kabid-dafduk", words))).letters
    return frozenset((letter.kind, _reason(letter)) for letter in letters)


def _reason(letter: Letter) -> str:
    """Return why a letter says that nothing changed, or that a file cannot be used; empty where it says no reason."""
    return letter.about.reason if isinstance(letter.about, UnreadableFile) else why(letter.about) or ""


def words_of(kind: LetterKind) -> str:
    """Return the template of a kind."""
    return (LETTERS / f"{kind.value}.j2").read_text(encoding="utf-8")


def test_every_reason_a_letter_can_give_has_its_own_words() -> None:
    """The code stands in the template of that very kind, not of another."""
    lacking = {(kind, reason) for kind, reason in met() if reason and f'"{reason}"' not in words_of(kind)}
    assert lacking == set()


def test_every_reason_of_the_core_is_met() -> None:
    """Else the test above would pass over it; what proof lacks is a kind of letter of its own, the challenge."""
    assert {reason.value for reason in Reason} - {reason for _, reason in met()} == {Reason.NO_PROOF.value}


def test_no_template_waits_for_a_reason_the_core_never_gives() -> None:
    """A sentence that nobody can read is dead."""
    for kind in (LetterKind.UNCLEAR, LetterKind.OUT_OF_TURN, LetterKind.UNREADABLE):
        listed = words_of(kind).split("set reasons", 1)[1].split("%}", 1)[0]
        codes = set(re.findall(r'^\s*"([a-z_]+)":', listed, re.MULTILINE))
        assert codes - {reason for of, reason in met() if of is kind} == set(), kind


def test_every_alarm_has_its_words_and_no_other() -> None:
    """The template lists the codes, each once."""
    listed = words_of(LetterKind.ALARM).split("set matters", 1)[1].split("%}", 1)[0]
    assert sorted(re.findall(r'^\s*"([a-z_]+)":', listed, re.MULTILINE)) == sorted(AlarmCode)


@pytest.mark.parametrize("seed", range(12))
def test_every_letter_of_a_wandering_cycle_carries_what_its_words_need(seed: int) -> None:
    """Hundreds of letters, each looked over for what its kind has no sense without."""
    for letter in wander(seed).letters:
        assert [part for part in letter.about.needs if not getattr(letter, part.value)] == []


def test_the_wandering_cycles_meet_nearly_every_kind_of_letter() -> None:
    """Else the test above would say little."""
    not_of_the_core = {LetterKind.HELD_BACK, LetterKind.SET_ASIDE, LetterKind.MORNING, LetterKind.ALARM}
    not_of_the_core |= {LetterKind.HELD_NOTED, LetterKind.NO_LONGER, LetterKind.CONFIG_WAITS, LetterKind.HOLDER_CHANGED}
    not_of_the_core |= {LetterKind.CONFIG_ANSWERED, LetterKind.DEADLINE_MOVED}  # held where configurations are
    not_of_the_core |= {LetterKind.DIGEST, LetterKind.WEEKLY, LetterKind.ROLLUP, LetterKind.BOARD_LINK}
    not_of_the_core |= {kind for kind in LetterKind if kind.startswith("opening_")} | {LetterKind.CYCLE_CANCELLED}
    assert set(LetterKind) - {kind for kind, _ in met()} - not_of_the_core == set()
