"""/healthz and /metrics: for this machine and the networks named, without signing in; for nobody else."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import httpx2
import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from mailbot.clerk.gauges.machine_room import MachineRoom
from mailbot.ledger.ledger import open_ledger
from mailbot.web.machine import with_machine_room
from tests.cli.terminal import office_in
from tests.ledger.examples import NOW
from tests.settings.folders import change

HERE, ELSEWHERE, PROMETHEUS = "127.0.0.1", "203.0.113.7", "10.20.0.9"
BOTH = ("/healthz", "/metrics")


@pytest.fixture
def room(tmp_path: Path) -> MachineRoom:
    """The machine room of an empty ledger whose mailbox was read just now."""
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with open_ledger(url) as ledger:
        ledger.notes.write("proved_poll", NOW.isoformat())
    return MachineRoom(
        ledger=lambda: url,
        clock=lambda: NOW + timedelta(minutes=29),
        after_minutes=lambda: 30,
        folders=dict,
        free_bytes=lambda: 1,
        ends=tuple,
        readers=lambda: (ip_network("10.20.0.0/24"),),
    )


def asks(room: MachineRoom, come_from: str = HERE, base: str = "http://127.0.0.1:8025") -> TestClient:
    """Sit down at a machine; what is no machine's address is the board's."""
    board = with_machine_room(PlainTextResponse("the board"), room)
    return TestClient(board, base, client=(come_from, 50000))


def test_it_is_well_while_the_mailbox_was_read_lately_and_unwell_after(room: MachineRoom) -> None:
    """200 and 503, one sentence each; so too where the ledger is gone. The board's own addresses are untouched."""
    well = asks(room).get("/healthz")
    assert (well.status_code, well.text) == (200, "Every mailbox was read 29 minutes ago.\n")
    late = asks(replace(room, clock=lambda: NOW + timedelta(minutes=31))).get("/healthz")
    assert late.status_code == 503
    assert late.text.startswith("A mailbox was last read 31 minutes ago")
    gone = replace(room, ledger=lambda: "sqlite:////tidak/ada.db")
    assert [asks(gone).get(address).status_code for address in BOTH] == [503, 503]
    assert "tidak" not in asks(gone).get("/healthz").text
    assert asks(room).get("/healthz/x").text == "the board"


def test_figures_come_as_prometheus_wants_them(room: MachineRoom) -> None:
    """In its text form, and kept by nobody."""
    figures = asks(room).get("/metrics")
    assert figures.status_code == 200
    assert figures.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert figures.headers["cache-control"] == "no-store"
    assert "mailbot_healthy 1.0" in figures.text


@pytest.mark.parametrize("address", BOTH)
def test_nobody_else_finds_them(room: MachineRoom, address: str) -> None:
    """Not from elsewhere, not through a proxy on this machine, not by a foreign name that was made to mean it."""
    assert asks(room, PROMETHEUS, "http://papan.example.go.id:8025").get(address).status_code == 200
    assert asks(room, f"::ffff:{PROMETHEUS}").get(address).status_code == 200
    assert asks(room, "::1", "http://[::1]:8025").get(address).status_code == 200
    assert asks(room, ELSEWHERE).get(address).status_code == 404
    assert asks(room, "testclient").get(address).status_code == 404
    for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        assert asks(room).get(address, headers={name: HERE}).status_code == 404
    assert asks(room, HERE, "http://jahat.example.net:8025").get(address).status_code == 404
    assert asks(room).post(address).status_code == 405


def test_mailbot_web_answers_machines_and_ends_with_a_signal(tmp_path: Path) -> None:
    """As a process of its own, on a ledger on which nothing has run yet: unwell until a mailbox was read."""
    config = office_in(tmp_path)
    with socket.create_server((HERE, 0)) as free:
        place = "{}:{}".format(*free.getsockname())
    change(config, "office.yaml", "listen: 127.0.0.1:8025", f"listen: {place}")
    command = [sys.executable, "-m", "mailbot", "--config", "kantor", "web"]
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, cwd=tmp_path, env=env, stderr=subprocess.PIPE, text=True) as web:  # noqa: S603 - our own program
        try:
            answer = answered(f"http://{place}/healthz")
            assert (answer.status_code, answer.text.partition(":")[0]) == (503, "No mailbox has been read yet")
            web.send_signal(signal.SIGTERM)
            assert web.wait(60) == 0
        finally:
            web.kill()


def answered(address: str) -> httpx2.Response:
    """Ask until somebody listens there, for two minutes at most."""
    began = time.monotonic()
    while True:
        try:
            return httpx2.get(address)
        except httpx2.ConnectError:
            assert time.monotonic() - began < 120
            threading.Event().wait(0.1)
