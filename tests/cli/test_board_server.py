"""The board's process: its place may be taken; its bell wakes whoever listens; a way in for the day without mail."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mailbot.cli.alone import alone
from mailbot.cli.door.bell import BELL, BellWatch, ring, somebody_listens
from mailbot.errors import PlaceTaken
from mailbot.web.serving import serve
from tests.cli.terminal import mailbot, office_in


async def nobody(*_: object) -> None:
    """Answer nothing."""


def never() -> None:
    """Fail where it is said that somebody listens."""
    pytest.fail("nothing listens there")


def test_a_place_that_is_taken_says_where_and_what_to_do() -> None:
    """In one sentence, before anything is served."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(PlaceTaken, match=rf"{place}: another program listens.*board\.listen of office\.yaml"):
            serve(nobody, place, never)


def test_a_place_that_is_not_this_machines_says_so() -> None:
    """An address of documentation, which no machine has."""
    with pytest.raises(PlaceTaken, match=r"192\.0\.2\.1:8025: .*Name an address of this machine"):
        serve(nobody, "192.0.2.1:8025", never)


def test_without_the_boards_packages_web_says_what_to_install(tmp_path: Path) -> None:
    """In the office's language and in one sentence; whatever else is missing is no fault of the installation."""
    office_in(tmp_path)
    lacks = "import sys; sys.modules['starlette'] = None; from mailbot.cli import main; main()"
    typed = ("--language", "id", "--config", "kantor", "web")
    ran = subprocess.run(  # noqa: S603 - fixed words
        [sys.executable, "-c", lacks, *typed], cwd=tmp_path, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.decode() == (
        "Papan memerlukan starlette, jinja2, dan uvicorn, yang belum terpasang di sini (tambahan `board`). Jalankan "
        "`make install` di folder asal mailbot; semuanya dipasang sekaligus.\n"
    )


def test_the_bell_wakes_the_daemon_that_listens_and_tells_where_none_does(tmp_path: Path) -> None:
    """At once, however often it was rung; a file in its place is left alone."""
    assert not ring(tmp_path)
    assert somebody_listens(tmp_path) is None
    bell = BellWatch(tmp_path)
    assert bell.hangs
    assert somebody_listens(tmp_path)
    assert not bell(0), "nobody was woken by that look"
    threading.Timer(0.01, ring, [tmp_path]).start()
    assert bell(60)
    for _ in range(70_000):
        assert ring(tmp_path)
    assert bell(0)
    bell.take_down()
    assert not ring(tmp_path)
    assert not (tmp_path / BELL).exists()
    with alone(tmp_path):
        assert somebody_listens(tmp_path)
    assert somebody_listens(tmp_path) is False
    (tmp_path / BELL).write_text("somebody's own")
    assert not BellWatch(tmp_path).hangs


def test_a_way_in_for_the_day_on_which_mail_is_down(here: Path) -> None:
    """A link for whoever may look, and for nobody else; the ledger holds its hash alone."""
    office_in(here)
    told = mailbot("--config", "kantor", "signin", "sekretaris.disdukcapil@example.go.id")
    assert told.text.startswith("http://127.0.0.1:8025/sign-in/link/")
    assert "holds for 15 minutes, and once" in told.text
    refused = mailbot("--config", "kantor", "signin", "siapa@example.com")
    assert (refused.code, "is nobody in recipients.yaml who may look" in str(refused.err)) == (2, True)
