"""Who sees his own unit alone sees nothing of another's, on any page; and nobody sees what was held back."""

from __future__ import annotations

import pytest

from mailbot.core.codes.languages import Language
from mailbot.web.board import Board
from mailbot.web.viewer import Viewer
from tests.offices.long_names import long_named_office
from tests.web.boards import browser
from tests.web.crawling import crawled
from tests.web.secrets import NOBODY, UNITS, WHOLE, secret_board, word_of


@pytest.fixture(scope="module")
def board() -> Board:
    """Return the board on which every unit has a word of its own."""
    return secret_board()


@pytest.fixture(scope="module")
def everything(board: Board) -> dict[str, bytes]:
    """Return every page as somebody is shown it who sees the whole office."""
    return crawled(browser(board))


def viewer_of(unit: str) -> Viewer:
    """Return the people of a unit, as they look."""
    posts = tuple(person for person in long_named_office().roster.people if person.unit == unit)
    return Viewer(posts=posts, language=Language.INDONESIAN, form_token="token")


def test_whoever_sees_the_whole_office_finds_every_word(everything: dict[str, bytes]) -> None:
    """Each unit's word in its form, file, mail, letters and journal; else the tests below would show nothing."""
    for word in (*map(word_of, UNITS), WHOLE):
        places = {address.split("/")[1] for address, page in everything.items() if word.encode() in page}
        assert {"mails", "letters"} <= places
        assert (word == WHOLE) or {"units", "files", "journal"} <= places


@pytest.mark.parametrize("unit", UNITS)
def test_a_units_people_see_nothing_of_another_unit(unit: str, board: Board, everything: dict[str, bytes]) -> None:
    """On no page that is linked for them, and at none of the addresses that others know."""
    client = browser(board, viewer_of(unit))
    own = crawled(client)
    tried = own | {address: client.get(address).content for address in everything.keys() - own.keys()}
    others = [word_of(other).encode() for other in UNITS if other != unit] + [WHOLE.encode()]
    found = {address: word for address, page in tried.items() for word in others if word in page}
    assert found == {}
    seen = {address.split("/")[1] for address, page in own.items() if word_of(unit).encode() in page}
    assert {"units", "files", "mails", "letters"} <= seen


@pytest.mark.parametrize("unit", UNITS)
def test_what_only_the_whole_office_sees_is_not_there_for_a_unit(unit: str, board: Board) -> None:
    """No journal, archive or report: they hold every unit's; he cannot tell that there is one."""
    client = browser(board, viewer_of(unit))
    other = next(one for one in UNITS if one != unit)
    closed = (
        "/journal",
        "/archive",
        "/drafts/2025",
        "/drafts/2025/laporan.pdf",
        f"/units/{other}",
        f"/units/{other}/2025",
    )
    assert {address: client.get(address).status_code for address in closed} == dict.fromkeys(closed, 404)


def test_nobody_sees_what_was_held_back(everything: dict[str, bytes]) -> None:
    """Neither the file that holds a NIK, under any address, nor a NIK in the words of a mail."""
    found = {address for address, page in everything.items() for word in NOBODY if word.encode() in page}
    assert found == set()
    assert any(b"disegel" in page for address, page in everything.items() if address.startswith("/mails/"))
    assert any(b"kode sekali pakai" in page for address, page in everything.items() if address.startswith("/letters/"))
    assert any(b"################" in page for address, page in everything.items() if address.startswith("/mails/"))
