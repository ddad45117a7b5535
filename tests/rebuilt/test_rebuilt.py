"""A lost ledger made anew from mail alone: equal to the old one, but for what the mailbox does not hold."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from mailbot.clerk.rebuilding.finishing import finish
from mailbot.clerk.rebuilding.fitting import fits
from mailbot.clerk.rebuilding.gathering import gather
from mailbot.clerk.rebuilding.past import Past
from mailbot.clerk.rebuilding.replaying import Replay
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.sop import Step
from mailbot.post.fetched import FetchedMail, Listing
from mailbot.rehearsal.cast import read_script
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from tests.office import HEADS, SECRET, ToyOffice, ToyPost
from tests.rebuilt.comparing import differences
from tests.rebuilt.losses import losses, not_excused
from tests.rebuilt.playing import play
from tests.simulation.light_ledger import LightDisk
from tests.simulation.phrases import phrases_of

if TYPE_CHECKING:
    from mailbot.clerk.parts import MakesLetters


@pytest.mark.parametrize(("seeds", "whole"), [((1, 43), False), ((28,), True)])
def test_a_simulated_cycle_is_the_same_again(seeds: tuple[int, ...], *, whole: bool) -> None:
    """Two hundred by hand: `python -m tests.rebuilt 0 200`."""
    settings, old, new = load(sample_folder(), {}), LightDisk(), LightDisk()
    phrases = phrases_of(read_script(settings.template_folders))
    for seed in seeds:
        played = play(seed, settings, phrases, old, new, whole=whole)
        assert played.new.cycles.all(), seed
        assert not_excused(losses(played), differences(played.old, played.new)) == [], seed


class KeepingPost(ToyPost):
    """A server whose folder for sent mail can be read, and knows since when each letter lies there."""

    left: list[tuple[datetime, bytes]]

    def list_uids(self, folder: str, *, above: int = 0) -> Listing:
        """List a folder."""
        if folder != self.sent:
            return ToyPost.list_uids(self, folder, above=above)
        return Listing(folder=folder, uid_validity=7, uids=tuple(range(1, len(self.left) + 1)))

    def fetch(self, folder: str, uids, *, size_limit_bytes: int):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - as the door says
        """Fetch mails raw."""
        if folder != self.sent:
            yield from ToyPost.fetch(self, folder, uids, size_limit_bytes=size_limit_bytes)
            return
        for uid in uids:
            at, raw = self.left[uid - 1]
            yield FetchedMail(
                folder=folder, uid_validity=7, uid=uid, size_bytes=len(raw), internal_date=at, raw=raw, truncated=False
            )

    def send(self, sender: str, recipient: str, raw: bytes, *, before_data) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as the door says
        """Take a letter, and file it."""
        said = ToyPost.send(self, sender, recipient, raw, before_data=before_data)
        self.left.append((self.now(), raw))
        return said


@pytest.fixture(scope="module")
def office() -> ToyOffice:
    """A cycle up to the draft: one form comes back, and is mended."""
    office = ToyOffice()
    office.post = post = KeepingPost(office.clock, sent="Terkirim")
    post.left = []
    office.works()
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "SETUJU")
    for unit, key in HEADS.items():
        office.sends_form(key, unit, mistakes=1 if unit == "CAPIL" else 0)
    office.hours_pass(1)
    office.sends_form(HEADS["CAPIL"], "CAPIL")
    office.hours_pass(1)
    assert office.cycle().step is Step.DRAFT
    return office


def past_of(office: ToyOffice, folder: Path) -> Past:
    """Fetch what the servers hold, twice: the second time everything is there."""
    (box,), post = office.clerk.post.boxes, cast("KeepingPost", office.post)
    past, gathered = gather((box,), folder, 10**8, lambda _folder, _there, _every: None)
    assert (gathered.mails, gathered.copies) == (len(post.mails), len(post.left))
    fetched: list[int] = []
    gather((box,), folder, 10**8, lambda _folder, there, _every: fetched.append(there))
    assert fetched == []
    return past


def begun(office: ToyOffice, past: Past) -> tuple[ToyOffice, Replay]:
    """Begin a new ledger for the same post."""
    new = ToyOffice(post=office.post, clock=office.clock)
    return new, Replay(new.clerk, past)


def test_real_letters_forms_and_database_bring_the_same_cycle_back(office: ToyOffice, tmp_path: Path) -> None:
    """Broken off in the middle, it goes on where it was. Nothing leaves: all is held until somebody has looked."""
    left, past = len(office.post.delivered), past_of(office, tmp_path)
    new, replay = begun(office, past)
    moments: list[datetime] = []

    def broken_off(moment: datetime, done: int, _every: int) -> None:
        moments.append(moment)
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replay.play(None, broken_off)
    Replay(new.clerk, past).play(moments[-1])
    assert differences(office.ledger, new.ledger) == []
    told = finish(replay, office.clock())
    assert (told.held, told.unexplained, told.gone) == ((), (), ())
    assert new.ledger.journal.verify() is None
    new.works()
    assert new.ledger.letters.held()
    new.ledger.outbox.release_all()
    new.works()
    assert len(office.post.delivered) == left


def test_a_draft_is_the_one_that_was_laid_before_people(office: ToyOffice, tmp_path: Path) -> None:
    """What is compiled today has other bytes: those in the letter count, and a word on them does."""
    new, replay = begun(office, past_of(office, tmp_path))
    replay.maker.maker = cast("MakesLetters", OtherDrafts(replay.maker.maker))
    replay.play()
    drafts = [each.cycle().draft for each in (office, new)]
    assert drafts[0] is not None
    assert drafts[0] == drafts[1]
    assert new.ledger.files.read(drafts[0].docx_sha256).startswith(b"PK\x03\x04")


class OtherDrafts:
    """A maker that compiles other bytes than the one of then."""

    def __init__(self, maker: MakesLetters) -> None:
        """Take the maker for all else."""
        self._maker = maker

    def draft(self, *_: object) -> bytes:
        """Compile something else."""
        return b"another report"

    def __getattr__(self, name: str) -> object:
        """Do all else as ever."""
        return getattr(self._maker, name)


def test_what_has_no_copy_is_held_and_what_lies_nowhere_is_told(office: ToyOffice, tmp_path: Path) -> None:
    """A receipt's copy was deleted: it is held, not sent anew. A form was deleted: what it brought about is told."""
    past = past_of(office, tmp_path)
    receipt, head = office.letter(HEADS["DAFDUK"], "receipt"), office.person(HEADS["PIAK"]).addresses[0].encode()
    del past.copies[receipt.message_id]
    for place, mails in past.mails.items():
        kept = [one for one in mails if b"From: " + head not in one.read().raw]
        past.mails[place] = []
        past.add(place, kept)
    new, replay = begun(office, past)
    replay.play()
    told = finish(replay, office.clock() + timedelta(minutes=1))
    assert [key.rpartition("/")[0] for key in told.held] == ["receipt/2025/dafduk"]
    assert len(told.gone) == 1
    assert [copy.message_id for copy in told.unexplained][:1] == [office.letter(HEADS["PIAK"], "receipt").message_id]
    assert new.unit("DAFDUK").state is UnitState.ACCEPTED
    assert new.unit("PIAK").state is UnitState.WAITING


def test_with_another_key_no_letter_is_known(office: ToyOffice, tmp_path: Path) -> None:
    """It is found before anything is decided."""
    past = past_of(office, tmp_path)
    assert fits(office.office, SECRET, past)
    assert not fits(office.office, b"another secret of another office", past)
