"""One simulated cycle with all its faults; then its ledger is taken away, and a new one made from its mailboxes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.parts import Box, Post
from mailbot.clerk.passing import one_pass
from mailbot.clerk.rebuilding.past import Came, Past, copy_of
from mailbot.clerk.rebuilding.replaying import Replay
from mailbot.post.fetched import FetchedMail
from tests.simulation.light_ledger import LightDisk
from tests.simulation.run import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.settings import Settings
    from tests.simulation.phrases import Phrases
    from tests.simulation.server import Box as Folder
    from tests.simulation.server import Lying

UNTOLD = {
    "edited_days_off": "only today's YAML is there: a day off declared in the middle moves deadlines that were told",
    "edited_deadlines": "only today's YAML is there: a row's time changed in the middle",
    "edited_address": "only today's YAML is there: a letter left to an address that nobody has any more",
    "edited_another_head": "only today's YAML is there: somebody else held a post when its letters left",
    "edited_unit_gone": "only today's YAML is there: a unit that is asked no more is not known",
    "clock_forward": "the machine's clock was wrong: its letters bear a moment at which they were not written",
    "clock_back": "the machine's clock was wrong, likewise",
    "mail_deleted_by_hand": "a mail was deleted on the server: what it said is gone",
    "mail_moved_elsewhere": "a mail lies in a folder that nobody looks into",
    "restored": "the lost ledger had itself forgotten what came after its last backup",
}
"""What befalls a cycle that mail cannot tell, each with its reason: it is kept off in the seeds that must be equal."""
LOSING = (
    "imap_expunged_before_fetch",
    "imap_append_failed",
    "imap_mail_withheld",
    "smtp_refused_for_good",
    "smtp_cut_after_data_taken",
    "dot_never_answered",
    "account_refused",
)
"""Faults that take a mail or a copy away, or let it come too late: kept off where nothing may be missing."""
_DAYS_AFTER = 4


@dataclass(slots=True, kw_only=True)
class Played:
    """An old ledger, its world, and the ledger made anew."""

    world: World
    old: Ledger
    new: Ledger
    replay: Replay


def play(
    seed: int, settings: Settings, phrases: Phrases, old: LightDisk, new: LightDisk, *, whole: bool = False
) -> Played:
    """Play a seed to its end, and some quiet passes more; then make its ledger anew.

    With `whole` nothing takes a mail or a copy away, and the server itself files what leaves.
    """
    world = World(seed, settings, old, phrases)
    world.server.files_copies |= whole
    for name in (*UNTOLD, *(LOSING if whole else ())):
        world.swarm._lots[name] = "off"  # noqa: SLF001 - a fault's lot is drawn with its first use
    world.play()
    world.machine.is_well()
    for _ in range(_DAYS_AFTER):
        world.time += timedelta(hours=8)
        one_pass(world.machine.clerk)
    new.wiped()
    machine = world.machine
    (own,) = machine.clerk.post.boxes
    box = Box(account=own.account, folders=own.folders, open_mailbox=own.open_mailbox, filing=own.filing)
    clerk = replace(
        machine.clerk,
        books=replace(machine.clerk.books, ledger=new.ledger, office=machine.office),
        maker=machine.maker.maker,
        post=Post(name=machine.clerk.post.name, boxes=(box,), open_courier=machine.clerk.post.open_courier),
    )
    replay = Replay(clerk, past_of(world))
    replay.play()
    return Played(world=world, old=machine.ledger, new=new.ledger, replay=replay)


def past_of(world: World) -> Past:
    """Return what a world's mail server still holds."""
    past, (box,) = Past(), world.machine.clerk.post.boxes
    folders = box.folders
    for name in dict.fromkeys((folders.inbox, *folders.extra, *((folders.done,) if folders.done else ()))):
        mails = list(_came(name, world.server.box(name)))
        past.add((box.account, name), mails, world.server.box(name).uid_validity)
        for mail in mails:
            past.speaks(mail.read().raw, mail.at)
    for name in {folders.sent or "Sent", "Sent"}:
        for lying in world.server.box(name).mails.values():
            copy = copy_of(lying.raw, lying.date, partial(_raw, lying))
            if copy is not None:
                past.add_copy(copy)
    return past


def _came(name: str, folder: Folder) -> Iterator[Came]:
    """Yield the mails of a folder."""
    for lying in folder.mails.values():
        mail = FetchedMail(
            folder=name,
            uid_validity=folder.uid_validity,
            uid=lying.uid,
            size_bytes=len(lying.raw),
            internal_date=lying.date,
            raw=lying.raw,
            truncated=False,
        )
        yield Came(uid=lying.uid, at=lying.date, read=partial(_itself, mail))


def _itself(mail: FetchedMail) -> FetchedMail:
    return mail


def _raw(lying: Lying) -> bytes:
    return lying.raw
