"""The figures on reading mail: all public mail beside the project, and our own cases with known answers.

`mailbot explain --json` reads everything; here its lines are counted. Without the public mail only our own is read.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import answers, own_mails
from mailbot.ledger.ledger import open_ledger
from mailbot.ledger.values import KeptMail
from mailbot.rehearsal.sandbox import write_settings
from mailbot.settings.packaged import init
from tests.reading.mails import CORPUS, OUR_SERVER, RECEIVED_AT
from tests.reading.test_corpus import NOT_BOUNCES, PERSONS

ROOT = Path(__file__).parents[1]
SETS = ("mail", "bounces", "replies")
Line = dict[str, Any]


def main() -> None:
    """Print every figure of "nothing lost, nobody fooled"."""
    with TemporaryDirectory(prefix="mailbot-bench-") as name:
        folder = Path(name)
        _own_figures(folder)
        if not CORPUS.is_dir():
            print(f"Public mail: not read, there is none at {CORPUS}")
            return
        _public_figures(folder)


def _own_figures(folder: Path) -> None:
    """Print what our own cases come to."""
    wrong, replies = wrong_decisions(folder)
    passed, forgeries = accepted_forgeries(folder)
    silent = answers.answers_to([own_mails.replies()[0].raw], ["sekretaris@disdukcapil.example.go.id"])
    print("Own cases")
    print(
        f"  replies of {len(own_mails.CLIENTS)} mail programs, in two languages {replies:>6}   wrong decisions {wrong}"
    )
    print(f"  attempts to pass for the Kepala Dinas {forgeries:>13}   accepted {passed}")
    assert silent == 1, "a person's mail is answered, so silence to robots means something"


def wrong_decisions(folder: Path) -> tuple[int, int]:
    """Return how many of our own replies come to another word than the one typed, and how many there are."""
    cases = own_mails.replies()
    lines = explained(folder, [case.raw for case in cases])
    return sum(line["verdict"] != case.word for line, case in zip(lines, cases, strict=True)), len(cases)


def accepted_forgeries(folder: Path) -> tuple[int, int]:
    """Return how many of our own forgeries pass, and how many there are."""
    lines = explained(folder, own_mails.forgeries())
    senders = [line["sender"] for line in lines]
    return sum(own_mails.accepted(sender["address"], sender["proof"]) for sender in senders), len(lines)


def explained(folder: Path, mails: list[bytes]) -> list[Line]:
    """Return what `mailbot explain --json` says of each mail, in order."""
    own = folder / f"cases-{len(list(folder.iterdir()))}"
    own.mkdir()
    for number, raw in enumerate(mails):
        (own / f"{number:05}.eml").write_bytes(raw)
    return explain(folder, own)


def explain(folder: Path, *places: Path) -> list[Line]:
    """Run `mailbot explain --json` on every file in these places."""
    config = folder / "kantor"
    if not config.exists():
        init(config)
        write_settings(config / "office.yaml", {"trust.authserv_ids": [OUR_SERVER]})
    told = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "mailbot", "--config", str(config), "explain", "--json", *map(str, places)],
        cwd=ROOT,
        env={**os.environ},
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
    return [json.loads(line) for line in told.splitlines()]


def _public_figures(folder: Path) -> None:
    """Print what the public mail comes to."""
    lines = [line for line in explain(folder, *(CORPUS / name for name in SETS)) if "README.origin" not in line["file"]]
    files = [path for name in SETS for path in (CORPUS / name).rglob("*") if path.is_file()]
    mails = [path for path in files if path.name != "README.origin.md"]
    print("Public mail")
    print(f"  files {len(mails)}   explained {len(lines)}   uncaught {_count(lines, 'outcome', 'set_aside')}")
    slowest, largest = max(line["cpu_seconds"] for line in lines), max(line["peak_mb"] for line in lines)
    print(f"  slowest {slowest:.2f} s CPU   peak {largest:.0f} MB   kept byte for byte {_kept_raw(mails)}")
    classes = Counter(line["outcome"] for line in lines)
    print("  one class each: " + ", ".join(f"{name} {number}" for name, number in classes.most_common()))
    for place in sorted((CORPUS / "bounces").iterdir()):
        known, every = _known_bounces(lines, place)
        print(f"  bounces known in {place.name:<20} {known:>4} of {every:<4} {100 * known / every:>6.1f} %")
    replies = [line for line in lines if "/replies/" in line["file"]]
    print(f"  false alarms in replies {sum(line['automatic'] is not None for line in replies)} of {len(replies)}")
    # What a listed person writes through a mailing list is a person's mail, and answered.
    robots = [line for line in lines if line["automatic"] not in {None, "list"}]
    answered = answers.answers_to(
        [Path(line["file"]).read_bytes() for line in robots],
        [line["sender"]["address"] for line in robots if line["sender"]["address"]],
    )
    print(f"  answers to automatic mail, were its sender listed: {answered} to {len(robots)}")


def _count(lines: list[Line], name: str, value: str) -> int:
    """Count lines."""
    return sum(line[name] == value for line in lines)


def _known_bounces(lines: list[Line], place: Path) -> tuple[int, int]:
    """Return how many of a set's bounces are known as automatic, and how many there are."""
    of_set = [line for line in lines if line["file"].startswith(f"{place}/")]
    bounces = [line for line in of_set if not any(word in line["file"] for word in (*NOT_BOUNCES, *PERSONS))]
    return sum(line["automatic"] is not None for line in bounces), len(bounces)


def _kept_raw(files: list[Path]) -> str:
    """Keep every file in a ledger as a mail and read it back; return how many came back the same."""
    with open_ledger("sqlite://") as ledger:
        same = 0
        for uid, path in enumerate(files, 1):
            raw = path.read_bytes()
            mail = KeptMail(account="a", folder="INBOX", uid_validity=1, uid=uid, received_at=RECEIVED_AT, raw=raw)
            ledger.inbox.keep([mail], RECEIVED_AT)
            (last,) = ledger.inbox.listing(limit=1)
            same += ledger.inbox.raw(last.id) == raw
    return f"{same} of {len(files)}"
