"""The list of letters is in the order of the moment that it shows; their files are opened by whom they are for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from mailbot.core.codes.languages import Language
from mailbot.ledger.values import Changes, Outgoing
from mailbot.web.open_gate import onlooker
from mailbot.web.pages.boxes.lists import letters_page
from mailbot.web.printing import here_of
from mailbot.web.viewer import Viewer
from tests.offices.long_names import long_named_office
from tests.web.boards import AT, board_of, browser
from tests.writing.sample_cycle import collecting


def test_letters_stand_in_the_order_of_the_moment_shown() -> None:
    """Of one that left that is when it left, of one that waits when it may; not in which order they were written."""
    board = board_of(collecting())
    first = Outgoing(
        key="first",
        kind="weekly",
        person="head",
        address="kepala@example.go.id",
        message_id="<first@example.go.id>",
        raw=b"Subject: first\r\n\r\n",
        due_at=AT + timedelta(hours=3),
    )
    others = {"second": AT + timedelta(hours=1), "third": AT + timedelta(hours=2)}
    letters = [replace(first, key=key, message_id=f"<{key}@example.go.id>", due_at=at) for key, at in others.items()]
    board.ledger.commit(Changes(at=AT, letters=(first, *letters)))
    page = letters_page(here_of(board, onlooker()))
    assert page is not None
    lines: Any = page.values["lines"]
    assert [line.key for line in lines] == ["first", "third", "second"]


def test_files_with_every_units_figures_are_for_whoever_sees_them_all() -> None:
    """The letter of row 1 encloses each unit's form: planning opens it, a unit to whose head it went reads its name."""
    people = [person for person in long_named_office().roster.people if person.unit == "capil"]
    mail = EmailMessage()
    mail.set_content("Isi.")
    mail.add_attachment(b"form", maintype="application", subtype="octet-stream", filename="form-semua.xlsx")
    letter = Outgoing(
        key="data_needs/2025/1",
        kind="data_needs",
        person=people[0].key,
        address=people[0].addresses[0],
        message_id="<needs@example.go.id>",
        raw=mail.as_bytes(),
        due_at=AT,
    )
    board = board_of(collecting())
    board.ledger.commit(Changes(at=AT, letters=(letter,)))
    unit = browser(board, Viewer(posts=tuple(people), language=Language.INDONESIAN))
    pages = [client.get("/letters/1").text for client in (browser(board), unit)]
    assert ["form-semua.xlsx" in page for page in pages] == [True, True]
    assert ["/letters/1/files/1" in page for page in pages] == [True, False]
    assert [client.get("/letters/1/files/1").status_code for client in (browser(board), unit)] == [200, 404]
