"""The board answers: pages, static files by their content, errors as pages, only what changed of what is alive."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from mailbot.core.codes.languages import Language
from mailbot.core.model.people import Role
from mailbot.web.app import board_app
from mailbot.web.open_gate import OpenGate
from mailbot.web.viewer import Viewer
from tests.offices.long_names import long_named_office
from tests.web.boards import board_of, browser
from tests.web.crawling import crawled
from tests.web.secrets import secret_board
from tests.writing.sample_cycle import collecting


@pytest.fixture(scope="module")
def client() -> TestClient:
    """Return a browser on the board of an office whose forms come in."""
    return browser(board_of(collecting()))


def test_the_front_page_shows_the_cycle_that_runs(client: TestClient) -> None:
    """Its period, its row, and no style or script in the page itself."""
    answer = client.get("/")
    assert answer.status_code == 200
    assert "<h1>Tahun 2025</h1>" in answer.text
    assert 'aria-current="step"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.search(r"<style|\sstyle=|<script(?! src=)|\son\w+=", answer.text)


def test_static_files_are_kept_for_ever_under_their_content(client: TestClient) -> None:
    """The address in a page holds the content's digest; under another one the file is asked for anew each time."""
    link = re.search(r'href="(/static/\w+/board\.css)"', client.get("/").text)
    assert link is not None
    kept = client.get(link[1])
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept.headers["Content-Type"].startswith("text/css")
    assert client.get("/static/before/board.css").headers["Cache-Control"] == "no-cache"
    assert client.get("/static/before/..%2Fid.yaml").status_code == 404


@pytest.mark.parametrize("address", ["/nowhere", "/cycles/1999", "/cycles/2025/", "/cycles/%00"])
def test_what_is_not_there_is_told_by_a_page(client: TestClient, address: str) -> None:
    """Whoever types a wrong address reads so in his language."""
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.text


def test_the_language_is_switched_and_leads_back_to_a_page_of_ours_alone() -> None:
    """A link to another site behind the switch leads home."""
    client = browser(board_of(collecting()))
    answer = client.get("/language/en", params={"to": "/cycles/2025"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cycles/2025")
    assert '<html lang="en">' in client.get("/").text
    for elsewhere in ("//evil.example", "/\\evil.example", "https://evil.example"):
        assert client.get("/language/id", params={"to": elsewhere}).headers["Location"] == "/"
    assert client.get("/language/xx").status_code == 404


def test_nothing_is_sent_again_that_did_not_change(client: TestClient) -> None:
    """The browser says what it shows; where a part differs, only that part comes, and what to ask with next time."""
    shown = re.search(r'"Board-Seen": "([^"]+)"', client.get("/").text)
    assert shown is not None
    assert client.get("/", headers={"Board-Seen": shown[1]}).status_code == 204
    other = client.get("/", headers={"Board-Seen": re.sub(r"track=\w+", "track=000000000000", shown[1])})
    assert other.text.startswith('<section id="track" hx-swap-oob="true">')
    assert other.text.count("hx-swap-oob") == 2
    assert f'"Board-Seen": "{shown[1]}"' in other.text


def test_nobody_is_shown_anything_whom_the_gate_turns_away() -> None:
    """Not even whether there is such a page."""
    client = TestClient(board_app(board_of(collecting()), OpenGate(None)))
    assert {client.get(address).status_code for address in ("/", "/cycles/2025", "/nowhere")} == {403}


def test_an_office_without_a_cycle_is_told_so() -> None:
    """On its first day the board is there already."""
    answer = browser(board_of()).get("/")
    assert (answer.status_code, "Belum ada siklus" in answer.text) == (200, True)


def test_a_form_brings_its_token_and_is_there_only_where_it_is_answered() -> None:
    """Who may act sees forms, each with the token of his session; a board that answers none of them shows none."""
    planning = tuple(person for person in long_named_office().roster.people if person.role is Role.PLANNING)
    viewer = Viewer(posts=planning, language=Language.INDONESIAN, form_token="secret-token")
    board = board_of(collecting())
    pages = "".join(page.decode() for page in crawled(browser(board, viewer)).values())
    forms = re.findall(r'<form[^>]*method="post".*?</form>', pages, re.DOTALL)
    assert all('name="form_token" value="secret-token"' in form for form in forms)
    targets = {re.search(r'action="(/[^/"]+/?[^/"]*)', form)[1] for form in forms}  # type: ignore[index]  # each has one
    assert targets == {"/sign-out", "/sign-out/everywhere", "/acts/hold", "/acts/order"}
    quiet = crawled(browser(replace(board, acts=frozenset()), viewer))
    assert not any(b"/acts/" in page for page in quiet.values())
    assert not any(b'method="post"' in page for page in crawled(browser(board)).values())


def test_a_letter_that_waits_says_in_the_list_why_it_leaves() -> None:
    """In the words of `mailbot why`; on its own page the whole sentence stands, for each letter."""
    client = browser(secret_board())
    listed = client.get("/letters").text
    assert "pengiriman permintaan data" in client.get("/cycles/2025").text
    assert re.search(r'class="under">permintaan data: [^<]{20,}<', listed)
    assert re.search(r'class="lead">[^<]{40,}</p>', client.get("/letters/1").text)
