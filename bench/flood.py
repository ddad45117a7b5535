"""How long an honest form waits that lies last in a mailbox, behind five hundred hostile mails and all public mail."""

from __future__ import annotations

import email
import email.policy
import shutil
import sys
import time
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.daemon import at_work
from mailbot.cli.wiring import clerk_of
from mailbot.core.model.letters import LetterKind
from mailbot.rehearsal.cast import read_script
from mailbot.rehearsal.filling import fill
from mailbot.rehearsal.keyboard import Got, Keyboard
from mailbot.settings.loading import load
from tests.heartbeat.running import OURS, answered, running
from tests.reading.mails import CORPUS
from tests.servers import real_mail
from tests.servers.real_mail import RealMail
from tests.servers.real_office import SECRETS

HOSTILE = 500
_FLOOD = Path(__file__).parents[1] / "tests" / "cases" / "flood" / "flood-hostile-stranger.eml"
_UNIT = "SEKRETARIAT"


def main() -> None:
    """Print how soon the form is answered, by a daemon that was watching all the while."""
    absent = real_mail.missing()
    if absent is not None:
        print(f"Flood: not measured, {absent}", file=sys.stderr)
        return
    with TemporaryDirectory(prefix="mailbot-bench-") as name, RealMail({}) as servers:
        folder = Path(name)
        keyboard = at_work(folder, servers)
        public = sorted(path for path in (CORPUS / "mail").rglob("*") if path.is_file()) if CORPUS.is_dir() else []
        flood = [_FLOOD.read_bytes().replace(b"Message-ID: <", b"Message-ID: <%d." % n, 1) for n in range(HOSTILE)]
        waited = _waited(folder, servers, keyboard, [*flood, *(path.read_bytes() for path in public)])
    print(f"Flood: one form last in the folder, behind {HOSTILE} hostile mails and {len(public)} public ones")
    print(f"  from its handing in to its answer in the sender's mailbox {waited:.1f} s")


def _waited(folder: Path, servers: RealMail, keyboard: Keyboard, mails: list[bytes]) -> float:
    """Return the seconds from the handing in of the form until its answer has come."""
    letter = _data_needs(folder)
    name, form = next(file for file in letter.files if _UNIT.casefold() in file[0].casefold())
    filled = fill(form, read_script(load(folder / "kantor", SECRETS).template_folders))
    with running(folder, SECRETS) as daemon:
        daemon.logs("watching INBOX")
        _deliver(servers, mails)
        began = time.perf_counter()
        sent = keyboard.answer(letter, "Terlampir form isian.", (name, filled))
        assert answered(keyboard, str(sent["Message-ID"]))
        took = time.perf_counter() - began
        assert daemon.told_to_stop() == 0
    return took


def _data_needs(folder: Path) -> Got:
    """Return the letter of row 1 with every unit's form, which on a weekend has not left yet."""
    with clerk_of(load(folder / "kantor", SECRETS)) as clerk:
        letters = clerk.books.ledger.letters
        raw = next(letters.raw(one.key) for one in letters.listing() if one.kind == LetterKind.DATA_NEEDS.value)
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    files = tuple((part.get_filename() or "", part.get_content()) for part in mail.iter_attachments())
    return Got(
        subject=str(mail["Subject"]),
        sender=OURS,
        message_id=str(mail["Message-ID"]),
        references="",
        text="",
        files=files,
        raw=raw,
    )


def _deliver(servers: RealMail, mails: list[bytes]) -> None:
    """Put mails straight into our Maildir, as if the server had just taken them."""
    folder = servers.folder / "mail" / OURS.partition("@")[0] / "Maildir"
    came = int(datetime.now(UTC).timestamp())
    for number, raw in enumerate(mails):
        path = folder / "tmp" / f"{came}.M{number}.flood"
        path.write_bytes(raw)
        shutil.chown(path, "mail", "mail")
        path.rename(folder / "new" / path.name)
