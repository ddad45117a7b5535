"""Whoever reads the journal on the board reads words: every event and detail that the program writes has one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import mailbot
from mailbot.core.codes.languages import Language
from mailbot.core.codes.letter_kinds import LetterKind
from mailbot.core.codes.reasons import AlarmCode, Reason
from mailbot.core.held.held_fate import EVENTS
from mailbot.core.model.outcome import JournalLine, MailOutcome
from mailbot.core.retention.kinds import Kind
from mailbot.ledger.values import Changes
from mailbot.web.printing import board_words
from mailbot.writing.words.templates import shipped_templates
from tests.web.boards import AT, board_of, browser
from tests.writing.sample_cycle import collecting

NOT_LITERAL = {
    *("code_returned", "benar_returned", "pruned", "copy_received", "former_received"),
    *("sealed", *EVENTS.values()),
    *(LetterKind.UNIT_ACCEPTED.value, LetterKind.RETURNED_BY_PLANNING.value, LetterKind.EXTENDED.value),
    *(LetterKind.REMINDER.value, LetterKind.REMINDER_TODAY.value, AlarmCode.OWN_REVIEW.value),
}
"""Events whose code does not stand where the line is made, nor beside it."""
NO_DETAIL = {"at", "event", "actor", "unit"}


def _calls() -> Iterator[tuple[ast.Module, ast.Call]]:
    """Yield every call by which the program makes a line of the journal, with its module."""
    for file in Path(mailbot.__file__).parent.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "addressing import" not in text:
            continue
        module = ast.parse(text)
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "line":
                yield module, node


def _texts(node: ast.AST) -> set[str]:
    """Return the texts that stand in an expression."""
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def _assigned(name: str, module: ast.Module) -> set[str]:
    """Return what a name is set to in a module, or handed over as where it is a parameter."""
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Assign):
            targets = {one.id for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name)}
            found |= _texts(node.value) if name in targets else set()
        if isinstance(node, ast.FunctionDef) and name in (names := [one.arg for one in node.args.args]):
            calls = (one for one in ast.walk(module) if isinstance(one, ast.Call) and len(one.args) > names.index(name))
            mine = (one for one in calls if isinstance(one.func, ast.Name) and one.func.id == node.name)
            found |= {text for one in mine for text in _texts(one.args[names.index(name)])}
    return found


def written() -> set[str]:
    """Return the code of every event that the program writes."""
    found = set(NOT_LITERAL)
    for module, call in _calls():
        if len(call.args) > 1:
            event = call.args[1]
            found |= _assigned(event.id, module) if isinstance(event, ast.Name) else _texts(event)
    return found


@pytest.mark.parametrize("language", Language)
def test_every_event_and_every_detail_has_a_word(language: Language) -> None:
    """In both languages; a new one that has none fails here."""
    words = board_words((shipped_templates(),), language)
    events = written()
    assert {"configuration_approved", "counted", "held_on_board", "form_accepted", "archived"} <= events
    assert events - set(words["events"]) == set()
    details = {key.arg for _, call in _calls() for key in call.keywords if key.arg} - NO_DETAIL
    details |= {kind.value for kind in Kind}
    assert {"due", "former", "now", "step", "which"} <= details
    assert details - set(words["details"]) == set()
    assert {reason.value for reason in Reason} - set(words["reasons"]) == set()


def test_a_line_is_told_in_words_and_in_the_offices_time() -> None:
    """No key of the program's, no other zone's hour; letters, people and states by what they are called."""
    board = board_of(collecting())
    detail = (
        ("due", (AT + timedelta(days=2)).isoformat()),
        ("step", "inform"),
        ("letter", "reminder/2025/capil/289c612c"),
        ("outcome", MailOutcome.OWN.value),
        ("proof", "operator"),
        ("on_server", "1"),
        ("faults", "spent_over_budget,required_empty"),
        ("reason", "unfilled"),
        ("kind", "out_of_turn"),
    )
    line = JournalLine(at=AT, event="configuration_approved", actor="operator", detail=detail)
    board.ledger.commit(Changes(at=AT, journal=(("", line),)))
    shown = browser(board).get("/journal").text
    assert "perubahan pengaturan disetujui" in shown
    assert "batas waktu: Rabu, 14 Januari 2026 pukul 10.00 WIB" in shown
    assert "penyampaian kebutuhan data kepada Sekretaris" in shown
    assert "(2025, CAPIL)" in shown
    for raw in ("+00:00", "on_server", "inform", "proof", "reminder/", "due:", "_over_", "unfilled", "of_turn", "289c"):
        assert raw not in shown, raw
