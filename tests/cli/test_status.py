"""Where things stand: the words a person reads, and the JSON other programs read (a contract)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from mailbot.cli.telling.standing_words import Here, standing_words
from mailbot.core.codes.languages import Language
from mailbot.core.model.sop import Step
from mailbot.ledger.looking.counts import InboxCounts, OutboxCounts
from mailbot.ledger.standing import CycleStanding, Standing, UnitStanding
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from mailbot.settings.sayings.catalogue import speech
from tests.cli.terminal import mailbot, office_in, worked_in
from tests.office import CYCLE, HEADS, ToyOffice

OUTBOX = {"sent": 0, "queued": 0, "put_off": 0, "given_up": 0, "in_doubt": 0, "held": 0}
DUE = "2026-01-12T09:00:00+00:00"


def half_collected(folder: Path) -> ToyOffice:
    """Return the office on 7 January: one form is accepted, one went back, one was no form, one did not come."""
    office = worked_in(folder)
    office.works()
    office.days_pass(1)
    office.morning()
    office.sends_form("kabid-dafduk", "DAFDUK")
    office.sends_form("kabid-capil", "CAPIL", mistakes=1)
    office.answers("kabid-piak", office.letter("kabid-piak", "request"), "Terlampir.", ("form.pdf", b"%PDF-1.4 pindai"))
    return office


def test_status_tells_programs_where_everything_stands(here: Path) -> None:
    """The keys and values of `status --json` are a contract."""
    config = office_in(here)
    office = half_collected(here)
    sent = len(office.post.delivered)
    mended_by = office.unit("CAPIL").due_at
    assert mended_by is not None

    ran = mailbot("--config", config, "status", "--json")

    units = {
        "SEKRETARIAT": ("waiting", 0, 0, None, DUE),
        "DAFDUK": ("accepted", 1, 0, "2026-01-07T04:30:00+00:00", DUE),
        "CAPIL": ("returned", 1, 1, None, mended_by.isoformat()),
        "PIAK": ("waiting", 0, 0, None, DUE),
    }
    came = {"DAFDUK": "2026-01-07T04:30:00+00:00", "CAPIL": "2026-01-07T04:30:00+00:00"}
    (cycle,) = ran.json["cycles"]
    over, sent_off, _running = cycle["rows"]
    assert over == {
        "sop_row": "1",
        "step": "inform",
        "rounds": 1,
        "sop_days": 1,
        "sop_hours": 0,
        "own_days": None,
        "days": 1,
        "office_minutes": 1020,
        "late_days": 0,
        "late_office_minutes": 0,
        "over": True,
    }
    assert (sent_off["days"], sent_off["office_minutes"], sent_off["over"]) == (1, 0, True)
    late = {unit["unit"]: unit["late_days"] for unit in cycle["units"]}
    assert [unit for unit, days in late.items() if not days] == ["DAFDUK"]
    assert ran.code == 0
    assert [key for key in ran.json if key == "missed"]  # of which cycles, hangs on the machine's own day
    assert {key: value for key, value in ran.json.items() if key != "missed"} == {
        "cycles": [
            {
                "cycle": CYCLE,
                "state": "open",
                "sop_row": "3",
                "step": "collect",
                "whose_move": "division_head",
                "waits_for": None,
                "word": None,
                "stands_at": None,
                "since": "2026-01-07T00:30:00+00:00",
                "due_at": DUE,
                "rows": cycle["rows"],
                "form_faults": {
                    "forms": 1,
                    "faults": [
                        {"code": code, "total": 1, "units": {"CAPIL": 1}} for code in ("required_empty", "not_a_number")
                    ],
                    "warnings": [],
                },
                "units": [
                    {
                        "unit": unit,
                        "state": state,
                        "attempts": attempts,
                        "returned": returned,
                        "accepted_at": accepted_at,
                        "due_at": due_at,
                        "first_due_at": DUE,
                        "first_came_at": came.get(unit),
                        "late_days": late[unit],
                        "lines_wait": False,
                    }
                    for unit, (state, attempts, returned, accepted_at, due_at) in units.items()
                ],
            }
        ],
        "inbox": {
            "kept": 3,
            "waiting": 0,
            "settled": 3,
            "set_aside": 0,
            "by_outcome": {"form": 2, "unreadable": 1},
        },
        "outbox": OUTBOX | {"sent": sent},
        "configuration_waits": None,
        "backup": None,
        "backup_owed": None,
        "ends": [],
        "proved_poll": None,
    }


def test_status_tells_people_whose_move_it_is_and_since_when(here: Path) -> None:
    """The same, in words."""
    config = office_in(here)
    sent = len(half_collected(here).post.delivered)

    ran = mailbot("--config", config, "status")

    assert ran.code == 0
    # What was missed hangs on the machine's own day.
    *every, following = ran.out.decode().splitlines()
    lines = [line for line in every if "2026-tw1" not in line]
    past = f"mailbot --config {config} open 2026-tw1 (its day is past)"
    run = f"mailbot --config {config} run"
    assert following == f"Next: {past if len(lines) < len(every) else f'{run} (to let mailbot run)'}"
    told = re.sub(r"by \d+ working days", "by n working days", "\n".join(lines))
    assert re.sub(r"\d+ working days \(\d+:\d\d\) so far", "n working days so far", told).splitlines() == [
        "Cycle 2025: SOP row 3, Pengumpulan Form Isian Data Kinerja dari masing-masing Kepala Bidang",
        "  whose move: head of the unit, since 2026-01-07 07.30 WIB, due 2026-01-12 16.00 WIB, late by n working days",
        "  SEKRETARIAT  nothing came yet; 0 forms came, 0 returned, late by n working days",
        "  DAFDUK       accepted on 2026-01-07 11.30 WIB; 1 form came, 0 returned",
        "  CAPIL        returned for correction; 1 form came, 1 returned, late by n working days",
        "  PIAK         nothing came yet; 0 forms came, 0 returned, late by n working days",
        "  forms with faults or warnings: 1; most often Required entry not filled in: 1 (CAPIL 1)",
        "  time taken, in working days (office hours):",
        "    row 1     1 of 1 (17:00)",
        "    row 2     1 of 1 (0:00)",
        "    all       n working days so far; the SOP gives 13 working days and 1 hour",
        "",
        "Inbox: 3 mails kept = 2 form + 1 unreadable; 0 waiting.",
        f"Outbox: {sent} sent, 0 queued, 0 put off, 0 in doubt, 0 given up, 0 held.",
        f"mailbot is not running on {here}: no mail is read or sent until it does: {run}",
    ]
    told = mailbot("--language", "id", "--config", config, "status").out.decode()
    assert "\n  giliran: kepala unit, sejak 2026-01-07 07.30 WIB, batas waktu 2026-01-12 16.00 WIB, terlambat " in told
    assert "\nSurat masuk: 3 disimpan = 2 form + 1 tidak terbaca; 0 menunggu.\n" in told


def test_a_deadline_beyond_a_day_that_is_not_decreed_is_an_estimate() -> None:
    """Idul Fitri of 2027: the row's deadline lies behind it, and nobody knows yet which days it takes."""
    office = load(sample_folder(), {}).office()
    at, due_at = (office.calendar.opening(date(2027, 3, day)) for day in (4, 18))
    cycle = CycleStanding(
        cycle="2026",
        step=Step.COLLECT,
        round=1,
        since=at,
        due_at=due_at,
        opened_at=at,
        closed_at=None,
        units=(),
    )
    counts = InboxCounts(kept=0, waiting=0, settled=0, set_aside=0, by_outcome={})
    found = Standing(cycles=(cycle,), inbox=counts, outbox=OutboxCounts())
    told = {one: "\n".join(standing_words(found, office, at, str, speech(one))) for one in Language}
    assert "due 2027-03-18 07.30 WIB (estimate)" in told[Language.ENGLISH]
    assert "batas waktu 2027-03-18 07.30 WIB (perkiraan)" in told[Language.INDONESIAN]


def test_the_extension_of_one_unit_is_told_as_its_own() -> None:
    """The row keeps the deadline that the others have; nothing is told of a machine on which mailbot runs."""
    office = load(sample_folder(), {}).office()
    at, due_at, later = (office.calendar.closing(date(2026, 1, day)) for day in (7, 12, 15))
    unit = UnitStanding(unit="PIAK", state="waiting", attempts=0, returned=0, due_at=due_at, accepted_at=None)
    cycle = CycleStanding(
        cycle="2025",
        step=Step.COLLECT,
        round=1,
        since=at,
        due_at=later,
        opened_at=at,
        closed_at=None,
        units=(unit, replace(unit, unit="CAPIL", due_at=later), replace(unit, unit="DAFDUK")),
    )
    counts = InboxCounts(kept=0, waiting=0, settled=0, set_aside=0, by_outcome={})
    found = Standing(cycles=(cycle,), inbox=counts, outbox=OutboxCounts())
    say = speech(Language.INDONESIAN)
    lines = list(standing_words(found, office, at, str, say))
    assert "batas waktu 2026-01-12 16.00 WIB" in lines[1]
    assert [line.split()[0] for line in lines if ", batas waktu 2026-01-15 16.00 WIB" in line] == ["CAPIL"]
    assert not any("tidak sedang berjalan" in line for line in lines)
    queued = replace(found, outbox=OutboxCounts(queued=1), proved_poll=at)
    told = list(standing_words(queued, office, at, str, say, Here(still="/data")))
    assert told[-2].startswith("mailbot tidak sedang berjalan di /data, terakhir membaca kotak surat 2026-01-07 16.00")
    assert told[-1] == "Berikutnya: run (menjalankan mailbot)"
    read_just_now = replace(found, proved_poll=at)
    *_, last = standing_words(read_just_now, office, at, str, say, Here(still="/data"))
    assert last == "Berikutnya: run (menjalankan mailbot, kecuali bila cron yang menjalankan tick)"


def test_before_the_first_cycle_status_tells_what_is_planned(here: Path) -> None:
    """An empty ledger is no error."""
    config = office_in(here)
    worked_in(here).ledger.close()
    ran = mailbot("--config", config, "status")
    assert ran.out.decode().startswith("No cycle is open. Planned: ")
    assert mailbot("--config", config, "status", "--json").json["cycles"] == []


def test_a_letter_that_cannot_leave_is_the_next_thing_to_look_at(here: Path) -> None:
    """An address refused for good shows in the last line."""
    config = office_in(here)
    office = worked_in(here)
    office.post.refusals["sekretaris.disdukcapil@example.go.id"] = (550, "5.1.1 user unknown")
    office.works()
    ran = mailbot("--config", config, "status")
    assert ran.out.decode().splitlines()[-1] == f"Next: mailbot --config {config} outbox list (letters did not leave)"


def test_a_held_outbox_shows_as_held(here: Path) -> None:
    """The big red button: what waits counts as held."""
    config = office_in(here)
    mailbot("--config", config, "open", CYCLE)
    assert mailbot("--config", config, "outbox", "hold").code == 0
    assert mailbot("--config", config, "status", "--json").json["outbox"] == OUTBOX | {"held": 1}
    assert mailbot("--config", config, "outbox", "release").code == 0
    assert mailbot("--config", config, "status", "--json").json["outbox"] == OUTBOX | {"queued": 1}


def test_every_unit_of_the_office_is_told(here: Path) -> None:
    """The units of status are those who were asked."""
    config = office_in(here)
    mailbot("--config", config, "open", CYCLE)
    units = mailbot("--config", config, "status", "--json").json["cycles"][0]["units"]
    assert [unit["unit"] for unit in units] == list(HEADS)
