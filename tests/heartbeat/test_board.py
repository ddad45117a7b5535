"""`mailbot web` beside `mailbot run`, each a process of its own: signing in by the mail that comes, and a clean end."""

from __future__ import annotations

import re
import socket
import time
from pathlib import Path

import httpx2

from mailbot.post.imap import Mailbox
from mailbot.rehearsal.keyboard import Keyboard
from tests.heartbeat.running import PATIENCE_SECONDS, SECRETARY, SECRETS, running, secretary, served

_FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')


def free_place() -> str:
    """Return a place of this machine on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return f"127.0.0.1:{found.getsockname()[1]}"


def test_somebody_signs_in_by_the_mail_that_comes_before_the_next_tick(tmp_path: Path) -> None:
    """The bell wakes the daemon, which looks by itself once in an hour; both end by a signal with code 0."""
    place = free_place()
    url = f"http://{place}"
    with (
        served(tmp_path, poll_seconds=3600, board=place) as server,
        running(tmp_path, SECRETS) as daemon,
        running(tmp_path, SECRETS, command="web") as web,
        httpx2.Client(base_url=url, headers={"origin": url}) as browser,
    ):
        daemon.logs("watching INBOX")
        web.logs("the board is opened at")
        began = time.monotonic()
        page = _once_it_listens(browser)
        browser.post("/sign-in", data={**dict(_FIELD.findall(page.text)), "address": SECRETARY})
        link = _mailed(secretary(server), began)
        page = browser.get(link)
        answer = browser.post("/sign-in/link", data=dict(_FIELD.findall(page.text)))
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        shown = browser.get("/")
        assert (shown.status_code, "mailbot tidak berjalan" in shown.text) == (200, False)
        assert daemon.told_to_stop() == 0
        assert "mailbot tidak berjalan" in browser.get("/").text
        assert web.told_to_stop() == 0
        assert not [line for line in (*web.log, *daemon.log) if "/sign-in/link/" in line or "Traceback" in line]


def _once_it_listens(browser: httpx2.Client) -> httpx2.Response:
    """Open the sign-in page as soon as somebody answers."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return browser.get("/sign-in")
        except httpx2.ConnectError:
            assert time.monotonic() < end


def _mailed(keyboard: Keyboard, began: float) -> str:
    """Return the link out of the mail, as soon as it is there."""
    with Mailbox(keyboard.imap) as mailbox:
        mailbox.wait(0)
        while (left := began + PATIENCE_SECONDS - time.monotonic()) > 0:
            for mail in keyboard.new_mail():
                if found := re.search(r"http\S+/sign-in/link/\S+", mail.text):
                    return found[0]
            mailbox.wait(left)
    raise AssertionError("no mail with a link")
