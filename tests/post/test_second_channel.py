"""The second channel hands a notice to a program and to a webhook, and says plainly when one did not take it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from mailbot.errors import PostUnavailable
from mailbot.post.second_channel import Notice, ring

NOTICE = Notice(
    text="mailbot CONTOH: kotak surat sudah lama tidak dapat diperiksa.",
    state="broken",
    matter="poll_stalled",
    about="laporan@imap.example.go.id",
    since="2026-01-05T00:30:00+00:00",
)


class Receiver(HTTPServer):
    """A webhook that keeps what it gets."""

    got: list[bytes]
    status: int


class _Taking(BaseHTTPRequestHandler):
    """Takes one POST."""

    server: Receiver

    def do_POST(self) -> None:
        """Keep the body and answer."""
        self.server.got.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def webhook() -> Iterator[Receiver]:
    """A webhook on loopback."""
    with Receiver(("127.0.0.1", 0), _Taking) as server:
        server.got, server.status = [], 204
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def address(webhook: Receiver) -> str:
    """Return where the webhook is."""
    return f"http://127.0.0.1:{webhook.server_port}/lonceng"


def test_a_program_gets_the_words_and_nothing_of_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On standard input; of our environment only PATH goes along."""
    monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", "rahasia")
    kept = tmp_path / "kabar"
    ring(NOTICE, ["sh", "-c", f"cat > {kept}; env >> {kept}"], "")
    text = kept.read_text(encoding="utf-8")
    assert text.startswith(NOTICE.text + "\n")
    assert "MAILBOT_STATE=broken" in text
    assert "rahasia" not in text


def test_a_webhook_gets_the_notice_as_json(webhook: Receiver) -> None:
    """Text for people, codes for programs."""
    ring(NOTICE, (), address(webhook))
    assert [json.loads(body) for body in webhook.got] == [
        {
            "text": NOTICE.text,
            "state": "broken",
            "matter": "poll_stalled",
            "about": "laporan@imap.example.go.id",
            "since": "2026-01-05T00:30:00+00:00",
        }
    ]


def test_both_channels_are_tried_and_what_went_wrong_is_named(webhook: Receiver) -> None:
    """A program that fails keeps nothing from the webhook; a webhook that says no has not taken it."""
    with pytest.raises(PostUnavailable, match=r"ended with exit code 3: tidak bisa"):
        ring(NOTICE, ["sh", "-c", "echo tidak bisa >&2; exit 3"], address(webhook))
    assert len(webhook.got) == 1
    with pytest.raises(PostUnavailable, match=r"cannot be run: No such file"):
        ring(NOTICE, ["/tidak/ada"], "")
    webhook.status = 500
    with pytest.raises(PostUnavailable, match="status 500"):
        ring(NOTICE, (), address(webhook))
    with pytest.raises(PostUnavailable, match="no https address"):
        ring(NOTICE, (), "http://lain.example.go.id/")
