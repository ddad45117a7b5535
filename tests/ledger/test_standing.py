"""What `status` reads: nothing is written by it, and the figures are the ledger's own."""

from __future__ import annotations

import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.cli.standing import standing_json
from mailbot.cli.telling.standing_words import standing_words
from mailbot.core.codes.languages import Language
from mailbot.core.forms.fault_counts import FaultCount, FaultCounts
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.form import Fault, FaultCode, Severity
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.sop import Step
from mailbot.errors import LedgerProblem
from mailbot.ledger.engine import writing
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.looking.counts import InboxCounts, OutboxCounts
from mailbot.ledger.standing import CycleStanding, Standing, UnitStanding, status
from mailbot.ledger.values import Changes, Settlement
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from mailbot.settings.sayings.catalogue import speech
from tests.ledger.examples import (
    DAY,
    LEASE,
    MINUTE,
    NOW,
    a_full_cycle,
    a_letter,
    a_mail,
    a_new_cycle,
    opening,
    queueing,
)

ENGLISH = speech(Language.ENGLISH)


def test_an_empty_ledger_stands_at_nothing(url: str) -> None:
    """No cycle, no mail, no letter."""
    open_ledger(url).close()
    assert status(url) == Standing(
        cycles=(),
        inbox=InboxCounts(kept=0, waiting=0, settled=0, set_aside=0, by_outcome={}),
        outbox=OutboxCounts(),
    )


def test_the_standing_is_read_whole(url: str) -> None:
    """Cycles in the order they were opened, units in the order they were asked, counts as the ledger gives them."""
    with open_ledger(url) as ledger:
        ledger.commit(opening(a_full_cycle("2026-tw1")))
        ledger.commit(opening(a_new_cycle("2026")))
        ledger.inbox.keep([a_mail(1), a_mail(2), a_mail(3), a_mail(4, b"same"), a_mail(5, b"same")], NOW)
        one, two, *_ = ledger.inbox.unsettled(5)
        ended = (
            Settlement(mail=one.id, outcome=MailOutcome.FORM),
            Settlement(mail=two.id, outcome=MailOutcome.SET_ASIDE),
        )
        ledger.commit(Changes(at=NOW, settled=ended))
        ledger.commit(queueing(a_letter("a"), a_letter("b")))
        ledger.outbox.claim_due(NOW, "a", LEASE)
        assert status(url) == Standing(
            cycles=(
                CycleStanding(
                    cycle="2026",
                    step=Step.INFORM,
                    round=1,
                    since=NOW,
                    due_at=NOW + DAY,
                    opened_at=NOW,
                    closed_at=None,
                    units=tuple(standing(unit) for unit in ("piak", "dafduk", "capil")),
                    row_days=((Step.COLLECT, 5),),
                ),
                CycleStanding(
                    cycle="2026-tw1",
                    step=Step.DRAFT,
                    round=2,
                    since=NOW + 3 * DAY,
                    due_at=NOW + 5 * DAY,
                    opened_at=NOW,
                    closed_at=None,
                    units=(
                        UnitStanding(
                            unit="piak",
                            state=UnitState.ACCEPTED,
                            attempts=2,
                            returned=1,
                            due_at=NOW + DAY,
                            accepted_at=NOW + 2 * DAY,
                            first_due_at=NOW,
                            first_came_at=NOW + DAY,
                            counting_came_at=NOW + 2 * DAY,
                        ),
                        standing("dafduk"),
                    ),
                    rows_done=((Step.INFORM, NOW, NOW + DAY, NOW + MINUTE),),
                    faults=FaultCounts(
                        forms=1, faults=(FaultCount(code=FaultCode.OUT_OF_RANGE, units=(("piak", 1),)),)
                    ),
                ),
            ),
            inbox=ledger.inbox.counts(),
            outbox=ledger.letters.counts(),
        )
        assert ledger.inbox.counts() == InboxCounts(
            kept=5, waiting=2, settled=2, set_aside=1, by_outcome={"duplicate": 1, "form": 1, "set_aside": 1}
        )
        assert ledger.letters.counts() == OutboxCounts(queued=2)
        ledger.outbox.hold_all()
        assert status(url).outbox == ledger.letters.counts() == OutboxCounts(queued=1, held=1)


def test_a_word_that_waits_to_stand_is_seen(url: str) -> None:
    """The last one of the present row, until when it can be taken back; none of a row before."""
    with open_ledger(url) as ledger:
        cycle = a_full_cycle("2026-tw1")
        (given,) = cycle.verdicts
        passed_on = replace(given, step=Step.DRAFT, word="TERUSKAN", approved=True, stands_at=NOW + 4 * DAY)
        ledger.commit(opening(replace(cycle, verdicts=(given, passed_on))))
        (seen,) = status(url).cycles
        assert (seen.word, seen.stands_at) == ("TERUSKAN", NOW + 4 * DAY)
        office = load(sample_folder(), {}).office()
        assert standing_json(status(url), office, NOW)["cycles"][0]["stands_at"] == (NOW + 4 * DAY).isoformat()
        assert any("word given: TERUSKAN" in line for line in standing_words(status(url), office, NOW, str, ENGLISH))


def test_faults_of_forms_are_counted_as_the_ledger_has_them(url: str) -> None:
    """A warning is read as one, in words and in the contract's JSON."""
    with open_ledger(url) as ledger:
        cycle = a_full_cycle("2026-tw1")
        piak = cycle.units[0]
        jumped = Fault(code=FaultCode.JUMP, severity=Severity.WARNING)
        first = replace(piak.submissions[0], faults=(*piak.submissions[0].faults * 2, jumped))
        ledger.commit(opening(cycle.with_unit(replace(piak, submissions=(first, *piak.submissions[1:])))))
        found, office = status(url), load(sample_folder(), {}).office()
    assert standing_json(found, office, NOW)["cycles"][0]["form_faults"] == {
        "forms": 1,
        "faults": [{"code": "out_of_range", "total": 2, "units": {"piak": 2}}],
        "warnings": [{"code": "jump", "total": 1, "units": {"piak": 1}}],
    }
    (line,) = (told for told in standing_words(found, office, NOW, str, ENGLISH) if "forms with faults" in told)
    assert line.split("; ")[1:] == ["most often out_of_range: 2 (piak 2)", "most frequent warning jump: 1 (piak 1)"]


def standing(unit: str) -> UnitStanding:
    """Return a unit from which nothing has come."""
    return UnitStanding(unit=unit, state=UnitState.WAITING, attempts=0, returned=0, due_at=None, accepted_at=None)


def test_it_looks_without_waiting_for_a_writer(tmp_path: Path) -> None:
    """Somebody is in the middle of a commit; status shows what was before."""
    path = tmp_path / "ledger.db"
    with open_ledger(f"sqlite:///{path}", patience_seconds=0) as ledger, writing(ledger.engine) as connection:
        connection.exec_driver_sql("INSERT INTO note VALUES ('outbox_held', 'yes')")
        assert status(f"sqlite:///{path}").outbox == OutboxCounts()


def test_it_loads_no_database_library(tmp_path: Path) -> None:
    """SQLModel alone would cost more than all the rest of the command."""
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    open_ledger(url).close()
    program = (
        "import sys; from mailbot.ledger.standing import status; status(sys.argv[1]); "
        "print(sorted({'sqlmodel', 'sqlalchemy', 'alembic', 'pydantic', 'psycopg'} & sys.modules.keys()))"
    )
    told = subprocess.run(  # noqa: S603 - our own program with fixed arguments
        [sys.executable, "-c", program, url], check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    assert told.stdout == "[]\n"


def test_a_ledger_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """Looking is no opening."""
    with pytest.raises(LedgerProblem, match="no ledger at"):
        status(f"sqlite:///{tmp_path / 'none.db'}")
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_that_may_not_be_opened_is_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever types `restore` because he may not look loses a sound ledger; a socket is no file for anybody."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "ledger.db"
    with socket.socket(socket.AF_UNIX) as unopened:
        unopened.bind(path.name)
    with pytest.raises(LedgerProblem) as refused:
        status(f"sqlite:///{path}")
    assert str(refused.value) == (
        f"The ledger {path} cannot be read: unable to open database file. Type this as the user that mailbot runs as: "
        "even to look, SQLite writes beside the file."
    )


def test_a_ledger_of_another_schema_or_none_at_all_is_refused(ledger: Ledger, url: str) -> None:
    """Newer, older, or not ours: each in words."""
    newer = "UPDATE alembic_version SET version_num = '9999'"
    older = "UPDATE alembic_version SET version_num = '0000'"
    for statement, words in ((newer, "newer mailbot"), (older, "next mailbot run upgrades it")):
        with writing(ledger.engine) as connection:
            connection.exec_driver_sql(statement)
        with pytest.raises(LedgerProblem, match=words):
            status(url)
    with writing(ledger.engine) as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    with pytest.raises(LedgerProblem, match="cannot be read"):
        status(url)


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://nobody@127.0.0.1:1/none"])
def test_a_url_that_leads_nowhere_is_refused_in_words(url: str) -> None:
    """As when opening."""
    with pytest.raises(LedgerProblem):
        status(url)
