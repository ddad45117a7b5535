"""The pictures of docs/ show what mailbot sends today, are small, and are the ones that the documents show."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from tests.docs.pictures import FOLDER, LARGEST, PICTURES, SOURCES, digest
from tests.docs.small_png import Pixels, cut, read, small, trimmed
from tests.docs.test_links import DOCUMENTS

KNOWN: dict[str, dict[str, str]] = json.loads(SOURCES.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_what_is_sent_today(name: str) -> None:
    """If not: `make pictures ARGS=NAME`, and look at it before it is committed."""
    assert KNOWN[name]["shows"] == digest(PICTURES[name])


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_the_one_that_was_made_and_small(name: str) -> None:
    """No hand has changed it, and a page with all of them loads quickly."""
    picture = (FOLDER / name).read_bytes()
    assert hashlib.sha256(picture).hexdigest() == KNOWN[name]["is"]
    assert len(picture) < LARGEST


def test_the_documents_show_the_pictures_there_are() -> None:
    """Each picture is shown somewhere, and none that nobody makes."""
    shown = {name for page in DOCUMENTS for name in re.findall(r"pictures/([\w-]+\.png)", page.read_text("utf-8"))}
    assert shown == set(PICTURES) == {path.name for path in FOLDER.glob("*.png")} == set(KNOWN)


def test_a_picture_made_small_is_the_same_picture() -> None:
    """Frequent colours stay, near ones become one; what is cut off is what was asked, and white at the edges."""
    white, ink, faint, red = b"\xff\xff\xff", b"\x10\x10\x10", b"\x18\x10\x10", b"\xf0\x20\x20"
    line = white + ink + ink + faint + red + white
    picture = Pixels(6, 3, white * 6 + line + white * 6)
    assert trimmed(picture, 0) == Pixels(4, 1, ink + ink + faint + red)
    assert trimmed(picture, 5) == picture
    assert cut(picture, 1, 1, 2, 1) == Pixels(2, 1, ink + ink)
    made = small(picture)
    assert b"PLTE" + white + ink + red in made
    with pytest.raises(ValueError, match="kind 3"):
        read(made)
