"""The table of the procedure: whole, every entry of it reached, and nothing outside of it moves a cycle."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import get_args

import pytest

from mailbot.core.configuration.taken import ConfigurationTaken
from mailbot.core.decide import decide
from mailbot.core.delivery.delivery_facts import ArchiveMade, CoverMade, PaperLooked
from mailbot.core.draft.draft_facts import ChangesAccepted, DraftEdited, RemarksAnswered, SignerChanged
from mailbot.core.language.reply_words import VERDICTS, Said, Word
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.facts import (
    AbsenceNoticed,
    AnswerUnclear,
    CommandGiven,
    CycleOpened,
    EvidenceArrived,
    Fact,
    LetterUndelivered,
    LinesAnswered,
    MailUnplaced,
    Spoken,
    UnreadableArrived,
    VerdictGiven,
)
from mailbot.core.model.sop import Step
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.opening.opening_facts import CycleCancelled
from mailbot.core.papers.checked import PaperCheck, PaperKind
from mailbot.core.papers.paper_facts import PaperArrived, PaperSealed
from mailbot.core.procedure import table
from mailbot.core.procedure.acts import Act, Move
from mailbot.core.procedure.addressing import Refusal
from mailbot.core.procedure.table import COLUMNS, ROWS, TABLE
from mailbot.core.recall.deputy_facts import DeputyConfirmed
from tests.architecture.source import PACKAGE, ROOT, place, tree
from tests.core.machine import OLD, PEOPLE, Wanderer
from tests.core.moves import Place, check_by_table, place_of
from tests.core.play import HEADS, Play, closed, collecting, drafting, ratifying, reviewing, submitted
from tests.core.procedure.read_aloud import NAMES, PAGE, page
from tests.core.small_forms import evidence
from tests.offices.small import OFFICE

KINDS = get_args(Fact)


def test_every_fact_and_every_word_has_a_line_and_every_line_an_entry_for_each_row() -> None:
    """One line a fact, one a word, of a deciding word one for each who may say it; one column a row, and the end."""
    assert {key for key in TABLE if isinstance(key, type)} == set(KINDS)
    assert {key[0] for key in TABLE if isinstance(key, tuple)} == VERDICTS
    assert {key for key in TABLE if isinstance(key, Word)} == set(Word) - VERDICTS
    assert {len(line.entries) for line in TABLE.values()} == {len(Step) + 1}
    assert [step for step, _ in sorted(COLUMNS.items(), key=lambda item: item[1])] == [*Step, None]
    assert list(ROWS) == list(Step)


def test_nothing_is_explained_that_does_not_stand_in_the_table() -> None:
    """Each act and each refusal has one name, and is used."""
    used = {entry for line in TABLE.values() for entry in line.entries}
    assert used == set(NAMES)
    named = [value for value in vars(table).values() if isinstance(value, Act | Refusal)]
    assert len(named) == len(NAMES)


def test_only_what_somebody_said_is_refused() -> None:
    """There is nobody to answer otherwise; and of a closed cycle no entry that moves one is left but KOREKSI."""
    spoken = set(get_args(Spoken))
    for key, line in TABLE.items():
        refused = any(isinstance(entry, Refusal) for entry in line.entries)
        assert not (refused and isinstance(key, type) and key not in spoken), key
        last = line.entries[COLUMNS[None]]
        assert isinstance(last, Refusal) or last.moves is Move.STAYS or key is Word.KOREKSI, key


def test_the_page_shows_this_very_table() -> None:
    """`python -m tests.core.procedure.read_aloud` writes docs/procedure.md anew."""
    assert PAGE.read_text(encoding="utf-8") == page()


@cache
def standing() -> dict[int, tuple[Play, ...]]:
    """Return plays that stand in each column; row 5 is left at once, and differing forms are rare: both by hand."""
    found: dict[int, list[Play]] = {column: [] for column in COLUMNS.values()}
    plays = [drafting(), reviewing(), ratifying(), submitted(), closed()]
    for seed in range(24):
        wanderer = Wanderer(dice=random.Random(seed))  # noqa: S311 - chance with a seed, to wander by
        for _ in range(60):
            wanderer.step()
            plays.append(replace(wanderer.play, letters=list(wanderer.play.letters)))
    for play in plays:
        found[COLUMNS[None if play.cycle.closed else play.step()]].append(play)
        if play.step() is Step.DRAFT:
            found[COLUMNS[Step.ANALYSE]].append(replace(play, now=replace(play.cycle, step=Step.ANALYSE)))
    few = {column: some[:: max(1, len(some) // 5)][:6] for column, some in found.items()}
    return {
        column: (*some, replace(some[0], now=contested(some[0].cycle)), replace(some[0], now=accepted(some[0])))
        for column, some in few.items()
    }


def accepted(standing: Play) -> Cycle:
    """Return the cycle of a play with a form of DAFDUK that counts from this moment on."""
    play = collecting()
    play.sends("DAFDUK")
    return standing.cycle.with_unit(replace(play.unit("DAFDUK"), accepted_at=standing.at))


def contested(cycle: Cycle) -> Cycle:
    """Return the cycle with two forms of DAFDUK that are in order and differ."""
    play = collecting()
    play.sends("DAFDUK")
    form = play.unit("DAFDUK")
    first = form.submissions[0]
    second = replace(first, number=2, sender="kasi.pindah@example.go.id")
    return cycle.with_unit(replace(form, submissions=(first, second)))


def tried(play: Play, seed: int) -> Iterator[Fact]:
    """Give facts of every kind for a play: each word of everybody, and a few of everything that is no word."""
    dice = random.Random(seed)  # noqa: S311 - chance with a seed, to wander by
    wanderer = Wanderer(dice=dice, play=play)
    at = play.at
    yield CycleOpened(at=at, cycle=play.cycle.key)
    yield CycleCancelled(at=at, reason="Salah bulan.", by="operator", written_to=frozenset({"kabid-piak"}))
    yield MailUnplaced(at=at, source=play.source("kabid-capil"))
    yield AnswerUnclear(at=at, source=play.source("sekretaris"), said=Said(unclear=True))
    yield AbsenceNoticed(at=at, person=OFFICE.roster.person("kabid-capil"), returns_on=date(2026, 2, 2), received_at=at)
    for person in PEOPLE:
        asked = play.last_asked(person)
        for word in (*Word, None):
            said = Said(word=word, arguments=dice.choice(["", "1 HARI"]), remarks=("Catatan.",))
            yield VerdictGiven(at=at, source=play.source(person), said=said, about=asked)
            own = OFFICE.roster.person(person).unit or "DAFDUK"
            order = replace(said, arguments=dice.choice([f"{own} dicek", f"{own} 2026-06-30"]))
            yield CommandGiven(at=at, source=play.source(person), said=order, unit=own)
        yield DraftEdited(at=at, source=wanderer.source(person), about=asked or OLD, document_sha256="d" * 64)
        yield UnreadableArrived(
            at=at, source=play.source(person), unit="CAPIL", reason=Unreadable.PDF, file_name="laporan.pdf"
        )
        yield ChangesAccepted(at=at, source=play.source(person), asked_about="f" * 64, document_sha256="d" * 64)
        yield RemarksAnswered(at=at, source=play.source(person), answers=((1, "diperbaiki"),))
        yield SignerChanged(at=at, person=OFFICE.roster.person(person))
        yield DeputyConfirmed(at=at, source=play.source(person), asked_about="f" * 64)
        yield PaperArrived(at=at, source=play.source(person), papers=(PaperCheck(file_sha256="d" * 64),), about=asked)
    for person in PEOPLE:
        yield PaperLooked(at=at, source=play.source(person), paper="d" * 16, word=dice.choice([Word.BENAR, Word.SALAH]))
    yield ArchiveMade(at=at, folder="2025")
    yield ConfigurationTaken(at=at, former=OFFICE, digest="d" * 64)
    yield CoverMade(at=at, number="", signer="kadis", docx_sha256="d" * 64, pdf_sha256="")
    yield PaperSealed(at=at, kind=PaperKind.REPORT, pdf_sha256="d" * 64, failed="timeout")
    for unit in HEADS:
        yield EvidenceArrived(at=at, source=play.source(HEADS[unit]), unit=unit, last={}, evidence=evidence("b.pdf"))
        for answer in (Word.BENAR, Word.SALAH, None):
            number = play.unit(unit).line_mails
            yield LinesAnswered(at=at, source=play.source(HEADS[unit]), unit=unit, number=number, word=answer, last={})
    for letter in play.letters[-10:]:
        yield LetterUndelivered(
            at=at,
            letter=letter.key,
            kind=letter.kind.value,
            person=letter.to,
            address=letter.address,
            status="5.1.1",
            permanent=True,
            received_at=at,
        )
    for _ in range(40):
        yield dice.choice([wanderer.form, wanderer.lines, wanderer.compiled, wanderer.time, wanderer.oddity])()


@pytest.mark.parametrize("column", COLUMNS.values(), ids=[*Step, "closed"])
def test_nothing_outside_of_the_table_moves_a_cycle(column: int) -> None:
    """Every fact in every row: a refusal leaves the very same cycle, an act moves it as its entry says; all are met."""
    met: set[Place] = set()
    for seed, play in enumerate(standing()[column]):
        for fact in tried(play, seed):
            outcome = decide(play.cycle, fact, OFFICE)
            found = check_by_table(play.cycle, fact, outcome, OFFICE)
            assert found in {None, place_of(play.cycle, fact)}
            met |= {found} if found is not None else set()
    assert {key for key in TABLE if (key, column) not in met} == set()


def test_a_row_is_entered_and_a_cycle_closed_in_one_place() -> None:
    """In the core `step` and `closed_at` of a cycle are set where it is opened, enters a row, and closes: in decide."""
    setting = [
        f"{place(path)} {function.name}"
        for path in PACKAGE
        if path.is_relative_to(ROOT / "mailbot" / "core")
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in {"replace", "Cycle"}
        and {keyword.arg for keyword in call.keywords} & {"step", "closed_at"}
    ]
    assert setting == [f"mailbot/core/decide.py {name}" for name in ("_opened", "_entered", "_withdrawn", "_closed")]


def test_the_row_is_looked_at_in_the_table_and_nowhere_below_it() -> None:
    """No function that the table calls asks again in which row the cycle stands in order to refuse."""
    asking = {
        f"{place(path)} {function.name}"
        for path in PACKAGE
        if path.is_relative_to(ROOT / "mailbot" / "core")
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef)
        for test in ast.walk(function)
        if isinstance(test, ast.Compare) and ast.unparse(test.left).endswith("cycle.step")
    }
    assert asking == {
        "mailbot/core/configuration/replanning.py _row",  # row 3 lasts as long as its units were promised
        "mailbot/core/configuration/replanning.py _of_row",  # row 8 asks for a receipt, or for a number
        "mailbot/core/configuration/telling.py concerned",  # units owe their forms in rows 2 to 4
        "mailbot/core/chasing/debts.py debts",  # who would ratify his own review is not reminded
        "mailbot/core/chasing/still_owed.py overtaken",  # copies leave in row 8 alone
        "mailbot/core/delivery/awaiting.py waits_for_paper",  # in row 7 a word may wait for its signature
        "mailbot/core/daily/news.py _its_move",  # whose word is waited for is said in the day's letter
        "mailbot/core/daily/news.py news_of",  # while forms come, every unit stands in it
        "mailbot/core/delivery/awaiting.py awaited",  # what rows 7 and 8 wait for beside their word
        "mailbot/core/delivery/awaiting.py wants_seal",  # in row 7 the report is sealed, in row 8 its letter
        "mailbot/core/delivery/signed_papers.py _kind",  # which of the two came back
        "mailbot/core/papers/awaited.py awaited",  # papers come back in rows 7 and 8
        "mailbot/core/chasing/whose_move.py whose_move",  # after an objection it is Subbag Program's
        "mailbot/core/chasing/reminders.py _enclosed",  # what is reminded of is enclosed
        "mailbot/core/orders/no_silence.py broken",  # a word that ends row 1 puts off nothing of the row it leads to
        "mailbot/core/orders/verdict_effects.py _stands_at",  # an answer to an objection in row 1 is laid anew at once
        "mailbot/core/procedure/passage.py after",  # row 8 begins when the signed report that row 7 waited for is there
        "mailbot/core/decide.py _standing_refusal",  # only a refusal of rows 6b and 7 leads back
        "mailbot/core/orders/signing.py time_passed",  # who has ratified has signed, whoever holds the post by now
        "mailbot/core/orders/verdicts.py _said_before",  # after an objection another word is welcome
        "mailbot/core/sorting/marked_in.py laid_before",  # a draft lies before a reader in rows 6b and 7
        "mailbot/core/procedure/table.py _laid_before_deputy",  # row 7 waits for a version with his own signature
        "mailbot/core/recall/recalls.py _may_pull_back",  # a draft lies before somebody in rows 6b and 7
        "mailbot/core/recall/recalls.py _answer",  # and in row 6 before its author: it is enclosed
        "mailbot/core/procedure/obstacles.py hindered",  # who would ratify his own review
        "mailbot/core/sorting/drafts_in.py loose_draft",  # the draft lies with Subbag Program in row 6 alone
        "mailbot/core/procedure/obstacles.py _vacant_posts",  # row 2 goes to every unit's head
    }
