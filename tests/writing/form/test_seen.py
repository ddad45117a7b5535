"""A returned form as its reader sees it: opened in LibreOffice, printed, and looked at for red and green."""

from __future__ import annotations

from pathlib import Path

from mailbot.writing.form.workbook_model import Fill
from tests.writing.form.paper import good_form
from tests.writing.form.picture import pages
from tests.writing.form.test_returned_form import FAULTY, edited, returned


def test_a_returned_form_shows_its_marks(tmp_path: Path) -> None:
    """Red where something is to be mended, green where it is in order, at the very cells; the list has neither."""
    seen = pages(returned(edited(good_form(), *FAULTY)), tmp_path)
    listing, narrative = seen[0], seen[-1]
    indicators, budget = [page for page in seen if page.fields(Fill.BAD.value)]
    assert listing.fields(Fill.BAD.value) == listing.fields(Fill.GOOD.value) == []
    # Red: K8; G9 one row below and to the left; K10 below K8; and M10 beside it, two columns on.
    figure, target, words_in_place, empty = indicators.fields(Fill.BAD.value)
    assert (figure.left, figure.right) == (words_in_place.left, words_in_place.right)
    assert figure.bottom < target.top
    assert target.right < figure.left
    assert target.bottom < words_in_place.top
    assert (words_in_place.top, words_in_place.bottom) == (empty.top, empty.bottom)
    assert words_in_place.right < empty.left
    # Green: every filled cell that is in order; K9, K11 and K12 stand in the column of the red ones.
    good = indicators.fields(Fill.GOOD.value)
    beside = [field for page in seen if page is not indicators for field in page.fields(Fill.GOOD.value)]
    in_column = [field for field in good if abs(field.left - figure.left) < 3]
    assert len(in_column) >= 3
    assert len(good) + len(beside) > 20
    (over,) = budget.fields(Fill.BAD.value)
    spent = [field for field in budget.fields(Fill.GOOD.value) if abs(field.left - over.left) < 3]
    assert len(spent) == 2
    assert spent[0].bottom < over.top < over.bottom < spent[1].top
    assert len(narrative.fields(Fill.GOOD.value)) == 1
    assert narrative.fields(Fill.BAD.value) == []


def test_a_form_as_it_is_sent_out_shows_no_mark(tmp_path: Path) -> None:
    """Neither colour; what is to be filled in is yellow."""
    seen = pages(good_form(), tmp_path)
    assert [page.fields(Fill.BAD.value) + page.fields(Fill.GOOD.value) for page in seen] == [[]] * len(seen)
    blank = [number for number, page in enumerate(seen) if not page.fields(Fill.INPUT.value)]
    assert blank == [1], "the rest of the guide alone asks for nothing"
