"""F3, F11: the wire to either server cut at a byte, either way: nothing lost, nothing done twice without a doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.ledger.values import LetterState
from tests.faults.small_office import DONE, LETTERS, MAILS, SUNDAY, Round, SmallOffice, everything, small_office
from tests.servers.real_mail import PATIENCE_SECONDS, RealMail
from tests.servers.wire import Break, Cut, Wire

pytestmark = pytest.mark.servers

FEW = 12
"""So many positions at each server in the default run, spread over the whole session; `make sweep` takes every one."""
PARTS = 4
DOUBT_IS_OVER = timedelta(minutes=20)
BREAKS = tuple(Break)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one round is cut."""

    server: str
    cut: Cut

    @property
    def name(self) -> str:
        """Return a word for it that may stand in a Message-ID."""
        return f"{self.server}-{self.cut.way}-{self.cut.after_bytes}-{self.cut.how}"


@pytest.fixture(params=["keeps no copy", "keeps a copy"])
def office(request: pytest.FixtureRequest, real_mail: RealMail, tmp_path: Path) -> Iterator[SmallOffice]:
    """The small office at a server that files a copy of what is sent, and at one that does not."""
    with small_office(real_mail, tmp_path, keeps_sent=request.param == "keeps a copy") as opened:
        yield opened


def wires(office: SmallOffice) -> dict[str, Wire]:
    """Return the wires by the name of what is behind them."""
    return {"imap": office.imap, "smtp": office.smtp}


def places(office: SmallOffice) -> list[Place]:
    """Play the session once without a fault; return every place it can be cut at, one kind of break after the other."""
    for wire in wires(office).values():
        wire.arm(None)
    with office.round("calm") as calm:
        passed = calm.works()
        assert (passed.received, passed.worked, passed.sent, passed.trouble) == (MAILS, MAILS, LETTERS, ())
        finished(office, calm)
    return [
        Place(server=name, cut=Cut(way=way, after_bytes=position, how=BREAKS[position % len(BREAKS)]))
        for name, wire in wires(office).items()
        for way, total in wire.passed.items()
        for position in range(total)
    ]


def finished(office: SmallOffice, round_: Round) -> None:
    """Hold what must be true at the end of every round."""
    counts = round_.ledger.inbox.counts()
    assert (counts.kept, counts.waiting, counts.by_outcome) == (MAILS, 0, {"stranger": MAILS})
    assert {one.state for one in round_.ledger.letters.listing()} == {LetterState.SENT}
    assert not office.held(round_.address, "")
    assert office.held(round_.address, f".{DONE}") == everything()


def cut_once(office: SmallOffice, place: Place) -> frozenset[str]:
    """Play a round that is cut there and then goes on unharmed; return the Message-IDs of the letters in doubt."""
    wires(office)[place.server].arm(place.cut)
    with office.round(place.name) as round_:
        # Whoever hears nothing gives up after a while; whoever is told does not need to.
        round_.works(patience_seconds=1.0 if place.cut.how is Break.SILENT else PATIENCE_SECONDS)
        doubted = frozenset(one.message_id for one in round_.ledger.letters.listing(LetterState.IN_DOUBT))
        wires(office)[place.server].arm(None)
        if doubted:
            office.servers.wait_until_delivered()
        assert round_.works().trouble == ()
        round_.clock.set_to(SUNDAY + DOUBT_IS_OVER)
        assert round_.works().trouble == ()
        finished(office, round_)
    return doubted


def cut_at(office: SmallOffice, chosen: list[Place]) -> None:
    """Cut at each of these places, then count what the reader has got."""
    doubted: set[str] = set()
    for place in chosen:
        try:
            doubted |= cut_once(office, place)
        except Exception as wrong:
            wrong.add_note(f"cut at {place.name}")
            raise
    copies = office.copies()
    assert {name for name, texts in copies.items() if len(texts) != 1} == set()
    assert len(copies) == (len(chosen) + 1) * LETTERS
    twice = {name: texts.total() for name, texts in copies.items() if texts.total() != 1}
    assert all(times == 2 for times in twice.values()), twice
    assert set(twice) <= doubted
    if office.keeps_sent:
        assert twice == {}
    print(f"{len(chosen)} positions, {len(doubted)} letters in doubt, {len(twice)} sent a second time")  # noqa: T201 - the count of a sweep is its result


def test_a_cut_at_some_bytes_loses_nothing(office: SmallOffice) -> None:
    """Every kind of break, both ways, at both servers."""
    every = places(office)
    cut_at(
        office, [place for server in wires(office) for place in some([one for one in every if one.server == server])]
    )


def some(every: list[Place]) -> list[Place]:
    """Choose a few, in a stride that is no multiple of the number of breaks, so that they take turns."""
    step = len(every) // FEW
    return every[:: step + (step % len(BREAKS) == 0)]


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(PARTS))
def test_a_cut_at_every_byte_loses_nothing(office: SmallOffice, part: int) -> None:
    """Each position of the session once."""
    cut_at(office, places(office)[part::PARTS])


@pytest.mark.parametrize(("piece_bytes", "delay_seconds"), [(1, 0.0), (512, 0.02)])
def test_a_slow_wire_only_takes_longer(
    real_mail: RealMail, tmp_path: Path, piece_bytes: int, delay_seconds: float
) -> None:
    """One byte in a piece; a pause before each piece: no half line is taken for a whole one."""
    with (
        small_office(real_mail, tmp_path) as office,
        Wire(office.imap.port, piece_bytes=piece_bytes, delay_seconds=delay_seconds) as imap,
        Wire(office.smtp.port, piece_bytes=piece_bytes, delay_seconds=delay_seconds) as smtp,
    ):
        office.imap, office.smtp = imap, smtp
        with office.round("slow") as round_:
            passed = round_.works()
            assert (passed.received, passed.sent, passed.trouble) == (MAILS, LETTERS, ())
            finished(office, round_)
        assert {texts.total() for texts in office.copies().values()} == {1}
