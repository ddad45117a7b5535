"""The simulation: hundreds of seeds hold every law, the same seed plays the same run, and sabotage is found."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from mailbot.clerk.opening.openings import open_by_hand
from mailbot.core.model.letters import LetterKind
from mailbot.rehearsal.cast import read_script
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from mailbot.settings.settings import Settings
from tests.simulation.cancelling import cancel
from tests.simulation.disk import Disk
from tests.simulation.light_ledger import LightDisk
from tests.simulation.machine import Parts
from tests.simulation.phrases import phrases_of
from tests.simulation.run import World
from tests.simulation.sabotage import SABOTAGED, WITHIN
from tests.simulation.server import OnWire
from tests.simulation.sometimes import WHAT, unreached
from tests.simulation.swarm import OFF, Swarm
from tests.simulation.sweep import Totals, play, play_faithfully, told

QUICK, AT_A_TIME = 500, 100
MANY = 21_500
SECRETARY = "sekretaris.disdukcapil@example.go.id"


def in_sweep(first: int) -> object:
    """Return seeds that are played in the long run alone."""
    return pytest.param(first, marks=pytest.mark.sweep)


@pytest.fixture(scope="module")
def settings() -> Settings:
    """Return the sample office."""
    return load(sample_folder(), {})


def hold(totals: Totals) -> None:
    """Fail with the seeds that broke something, what it was, and the last events of the first of them."""
    assert not totals.failed, "\n".join([*(told(one)[0] for one in totals.failed), *told(totals.failed[0])])
    assert totals.closed == totals.cycles


@cache
def total(seeds: range) -> Totals:
    """Play seeds quickly, and add them up."""
    totals = Totals()
    for result in play(seeds, load(sample_folder(), {})):
        totals.add(result)
    return totals


@pytest.mark.parametrize("first", range(0, QUICK, AT_A_TIME))
def test_every_invariant_holds_in_five_hundred_seeds(first: int) -> None:
    """Every law, and nothing for the examiner; `python -m tests.simulation N` plays one again."""
    totals = total(range(first, first + AT_A_TIME))
    hold(totals)
    assert totals.befell.total() > AT_A_TIME


@pytest.mark.sweep
@pytest.mark.parametrize("first", range(QUICK, QUICK + MANY, 5 * AT_A_TIME))
def test_every_invariant_holds_in_many_more_seeds(first: int) -> None:
    """The same, for the long run."""
    hold(total(range(first, first + 5 * AT_A_TIME)))


@pytest.mark.parametrize("first", [0, in_sweep(10), in_sweep(20), in_sweep(30)])
def test_a_run_is_the_same_on_sqlite_event_by_event(settings: Settings, first: int) -> None:
    """The light ledger answers as the real one does; what holds on it holds on SQLite."""
    seeds = range(first, first + 10)
    assert list(play(seeds, settings)) == list(play(seeds, settings, disk=Disk()))


@pytest.mark.parametrize("room", ["", "inbox", "looks", "cycles", "journal", "notes", "letters", "outbox", "files"])
def test_the_light_ledger_has_every_door_of_the_real_one(room: str) -> None:
    """A new method of the ledger fails here by its name, before it fails every seed."""
    real, light = (getattr(disk.ledger, room) if room else disk.ledger for disk in (Disk(), LightDisk()))
    missing = {name for name in dir(real) if not name.startswith("_") and not hasattr(light, name)}
    # Who signs in at the board is of `web` alone: the clerk, who is played here, never goes through that door.
    own = {"": {"engine", "close", "door"}, "cycles": {"written"}}
    assert missing == own.get(room, set())


@pytest.mark.slow
@pytest.mark.parametrize("first", [0, in_sweep(5), in_sweep(10), in_sweep(15)])
def test_every_invariant_holds_with_real_letters_workbooks_report_and_archive(settings: Settings, first: int) -> None:
    """The same with every room: templates, XLSX, DOCX, the archive on disk."""
    totals = Totals()
    for result in play_faithfully(range(first, first + 5), settings):
        totals.add(result)
    hold(totals)


def test_the_same_seed_plays_the_same_run(settings: Settings) -> None:
    """Each run is wholly given by its seed, whatever was played before it."""
    alone = next(iter(play([11], settings)))
    assert list(play([3, 11], settings))[1] == alone


@pytest.mark.parametrize("known", [True, False])
def test_what_an_old_copy_does_not_know_to_be_cancelled_goes_on(settings: Settings, *, known: bool) -> None:
    """I13 is broken by a letter of a cycle that the ledger put back knows to be cancelled, and by no other."""
    world = World(1, settings, LightDisk(), phrases_of(read_script(settings.template_folders)))
    key, machine = world.key, world.machine
    open_by_hand(machine.clerk.books, machine.clerk.maker, key, world.time)
    machine.back_up()
    cancel(world, key)
    if known:
        machine.back_up()
    assert machine.restore()
    world.restored()
    message_id, letter = next((own, one) for own, one in world.printed.items() if one.kind is LetterKind.DATA_NEEDS)
    wire = OnWire(at=world.time, recipient=SECRETARY, message_id=message_id, raw=b"To: x\r\n\r\n")
    world.watch.letter_left(wire)
    assert world.watch.broken == ([f"I13: {letter.key} left, and {key} was cancelled"] if known else [])


def test_every_kind_of_fault_befalls_the_first_hundred_seeds() -> None:
    """Else the sweep would say little: what people, servers, machine and clock can do wrong has been done."""
    totals = total(range(100))
    assert not set(OFF) & set(totals.befell)
    assert {name for name, times in totals.befell.items() if times} >= {
        *("imap_away", "imap_login_refused", "imap_cut_at_list", "imap_cut_at_fetch", "imap_expunged_before_fetch"),
        *("smtp_away", "smtp_refused_for_now", "smtp_refused_for_good", "greylisted", "bounced_later"),
        *("smtp_cut_before_data", "smtp_cut_after_data_taken", "smtp_cut_after_data_lost"),
        *("uids_renumbered", "mail_deleted_by_hand", "mail_moved_to_junk", "mail_delivered_twice", "daemon_off"),
        *("machine_died", "clock_forward", "clock_back", "backed_up", "restored"),
        *("silence", "slip_in_form", "file_is_no_form", "form_twice", "colleague_sends_too", "private_address"),
        *("refusal", "unclear_word", "word_of_another_person", "no_proof_of_sender", "salah", "alias"),
        *("spoofer", "stranger", "vacation_reply", "robot_answer", "chatter", "forged_beside", "forged_form_beside"),
        *("imap_down", "smtp_down", "folder_refused", "imap_cut_at_second_folder", "dot_never_answered", "flood"),
        *("word_out_of_turn", "unit_writes_late", "beyond_reading"),
        *("edited_days_off", "edited_address", "edited_deadlines", "edited_another_head", "edited_unit_gone"),
        "cycle_cancelled",
    }


def test_each_seed_meets_some_faults_and_some_at_full_strength() -> None:
    """A swarm: no fault is in every run, so that the loud ones do not drown the quiet ones."""
    lots = Counter(Swarm(seed).lot("imap_away") for seed in range(300))
    assert lots.keys() == {"off", "usual", "full"}
    assert all(Swarm(seed).lot(fault) == "off" for seed in range(50) for fault in OFF)
    assert Swarm(7).lot("flood") == Swarm(7).lot("flood")


@pytest.mark.slow
def test_what_must_sometimes_happen_does() -> None:
    """Every outcome of a mail is reached in every row of the SOP, or has a reason; an empty run reaches none."""
    played = [total(range(first, first + AT_A_TIME)).reached for first in range(0, QUICK, AT_A_TIME)]
    assert list(unreached(sum(played, Counter()))) == []
    assert len(list(unreached(()))) > len(WHAT)


@pytest.mark.parametrize(("invariant", "parts", "likely"), SABOTAGED)
def test_what_breaks_an_invariant_is_found(settings: Settings, invariant: str, parts: Parts, likely: int) -> None:
    """A part that breaks the law is found by the invariant it breaks, within few seeds; the seed is named."""
    played = play(sorted(range(WITHIN), key=lambda seed: seed != likely), settings, parts)
    found = next((one for one in played if any(said.startswith(f"{invariant}:") for said in one.broken)), None)
    assert found is not None
    assert told(found)[0].startswith(f"seed {found.seed}: ")
    assert told(found)[-1] == f"replay: python -m tests.simulation {found.seed}"
