"""`mailbot rehearse`: the admin's own configuration is played to its end, and nothing of his is reached or changed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from mailbot.writing.archive.verify import verify_archive
from tests.cli.terminal import mailbot, office_in
from tests.yaml_files import rewritten, write

CYCLE = "2026-tw1"
GONE = "DAFDUK"


def changed(config: Path, name: str, change: Callable[[Any], None]) -> None:
    """Change one file of a configuration."""
    path = config / f"{name}.yaml"
    content = rewritten(path)
    change(content)
    write(path, content)


def fewer_units(config: Path) -> None:
    """Take a unit away with all it owns, move everybody to another domain, and let the Sekretaris be Plt. as well."""

    def people(content: Any) -> None:  # noqa: ANN401 - whatever the file holds
        content["units"] = [one for one in content["units"] if one["key"] != GONE]
        content["people"] = [one for one in content["people"] if one.get("unit") != GONE]
        for one in content["people"]:
            one["address"] = one["address"].replace("@", "@dinas.")
        head, secretary = content["people"][:2]
        content["people"].append(
            dict(head)
            | {"key": "plt-kadis", "acting": "Plt.", "address": secretary["address"], "same_person_as": "sekretaris"}
        )

    def promises(content: Any) -> None:  # noqa: ANN401 - whatever the file holds
        for rows in content.values():
            if isinstance(rows, list):
                rows[:] = [one for one in rows if not isinstance(one, dict) or one.get("owner") != GONE]

    changed(config, "recipients", people)
    changed(config, "indicators", promises)
    changed(config, "cycles", lambda content: content["reminders"].update(reminder_weekday="thursday"))


def reaching_out(config: Path, port: int) -> None:
    """Point everything that mailbot can reach at one port of this machine."""
    there = {"host": "127.0.0.1", "port": port}

    def office(content: Any) -> None:  # noqa: ANN401 - whatever the file holds
        content["mailbox"]["address"] = "laporan@dinas.example.go.id"
        content["imap"].update(there, security="plain")
        content["imap"]["folders"].update(inbox="Masuk", extra=["Junk"], done="Selesai", sent="Terkirim")
        content["smtp"].update(there, security="plain")
        content["oauth"] = {"provider": "google", "client_id": "contoh.apps.googleusercontent.com"}
        further = {"key": "bersama", "address": "bersama@dinas.example.go.id", "security": "plain"}
        content["mailboxes"] = [further | there]
        content["watchdog"].update(
            command=["/bin/touch", "rung"], webhook=f"https://127.0.0.1:{port}/kabar", disk_mb=900_000_000
        )
        content["trust"]["acting_head_may_ratify_own_review"] = True
        content["pacing"]["per_minute"] = 5

    changed(config, "office", office)


@contextmanager
def trap() -> Iterator[tuple[int, Callable[[], bool]]]:
    """Give a port, and what tells whether anybody has called there."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)

        def called() -> bool:
            try:
                listening.accept()[0].close()
            except BlockingIOError:
                return False
            return True

        yield listening.getsockname()[1], called


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, but for those of a rehearsal."""
    found = (one for one in folder.rglob("*") if one.is_file())
    return {str(one): one.read_bytes() for one in found if "latihan" not in one.parts}


@pytest.mark.slow
def test_an_office_is_played_to_its_end_and_nothing_of_the_admins_is_touched(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real servers, further mailbox, OAuth, second channel and PostgreSQL are configured; none of them is called."""
    config = office_in(here)
    fewer_units(config)
    (here / "ledger.db").write_bytes(b"the real one")
    monkeypatch.setenv("PATH", str(here / "empty"))  # no LibreOffice: its PDFs take longer than the whole cycle
    with trap() as (port, called):
        reaching_out(config, port)
        monkeypatch.setenv("MAILBOT_DATABASE_URL", f"postgresql+psycopg://a:b@127.0.0.1:{port}/real")
        for name in ("IMAP_PASSWORD", "SMTP_PASSWORD", "IMAP_PASSWORD_BERSAMA", "OAUTH_CLIENT_SECRET", "SECRET"):
            monkeypatch.setenv(f"MAILBOT_{name}", "asli-asli-asli-asli")
        before = files(here)

        ran = mailbot("--config", "kantor", "rehearse", CYCLE, "--into", "latihan")

        assert (ran.code, ran.err) == (0, ""), ran.text
        assert not called()
    assert files(here) == before

    told = ran.out.decode()
    for words in (
        f"Cycle {CYCLE}: opens Wednesday 2026-04-01",
        "kasi-inovasi: PIAK",
        "reminder on the day CAPIL",
        "umum: SEKRETARIAT",
        "perencanaan: TERUSKAN (version 2)",
        "sekretaris: PERBAIKI (version 2)",
        "sekretaris: SETUJU (version 3)",
        "plt-kadis: DISAHKAN (version 3)",
        "bappeda: DITERIMA (version 3)",
        f"Cycle {CYCLE}: closed on ",
        " 0 queued, 0 put off, 0 in doubt, 0 given up, 0 held.",
        "The ledger is latihan/ledger.db",
        f"Archive, verified: latihan/arsip/{CYCLE}",
        "Nobody was written to",
    ):
        assert words in told, words
    assert GONE not in told
    assert verify_archive(here / "latihan" / "arsip" / CYCLE) == ()
    mails = list((here / "latihan" / "mail").glob("*.eml"))
    assert f"{len(mails)} mails are in latihan/mail" in told
    report = (here / "latihan" / "laporan-gladi.html").read_text(encoding="utf-8")
    assert "Seluruh siklus (1) selesai sampai laporan diterima: Triwulan I Tahun 2026" in report
    assert (here / "latihan" / "laporan-gladi.pdf").read_bytes().startswith(b"%PDF")
    places = set(re.findall(r'(?:href|src)="([^"#]*)"', report))
    assert places
    assert all((here / "latihan" / unquote(place)).is_file() for place in places)


def test_an_interrupted_rehearsal_says_where_it_stands_and_can_be_played_again(here: Path) -> None:
    """Ctrl-C after the first letter: exit code 130, what was sent is left; the same folder is taken once more."""
    office_in(here)
    command = [sys.executable, "-m", "mailbot", "--config", "kantor", "rehearse", CYCLE, "--into", "latihan"]
    for _ in range(2):
        with subprocess.Popen(  # noqa: S603 - this very Python, with arguments of our own making
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PATH": ""}
        ) as playing:
            assert playing.stdout is not None
            assert any("mailbot -> " in line for line in iter(playing.stdout.readline, ""))
            playing.send_signal(signal.SIGINT)
            out, err = playing.communicate()
        assert playing.returncode == 130, err
        assert "Traceback" not in err
        assert "Not played to its end; what was written until then is in latihan." in out
        assert list((here / "latihan" / "mail").glob("*-keluar-*.eml"))
    assert not (here / "ledger.db").exists()


def test_a_cycle_that_is_not_there_is_named_with_those_that_are(here: Path) -> None:
    """Nothing is made."""
    office_in(here)
    ran = mailbot("--config", "kantor", "rehearse", "2031", "--into", "latihan")
    assert ran.code == 2
    assert "cycles.yaml has no cycle 2031; it has: 2025, 2026-tw1" in ran.text
    assert [one.name for one in here.iterdir()] == ["kantor"]


def test_a_broken_configuration_is_refused_before_anything_is_made(here: Path) -> None:
    """With file and line, as `check` says it."""
    config = office_in(here)
    changed(config, "recipients", lambda content: content["people"][0].update(address="kepala"))
    ran = mailbot("--config", "kantor", "rehearse", "--into", "latihan")
    checked = mailbot("--config", "kantor", "check")
    assert (ran.code, ran.out) == (1, b"")
    assert ran.err == checked.err
    assert "recipients.yaml:" in ran.err
    assert [one.name for one in here.iterdir()] == ["kantor"]


def test_a_folder_that_no_rehearsal_made_is_left_as_it_is(here: Path) -> None:
    """Above all the configuration itself."""
    office_in(here)
    before = files(here)
    ran = mailbot("--config", "kantor", "rehearse", "--into", "kantor")
    assert ran.code == 1
    assert ran.err == (
        "mailbot: kantor is not empty and was not made by a rehearsal, so it is left as it is. "
        "Choose another: --into DIR\n"
    )
    assert files(here) == before
