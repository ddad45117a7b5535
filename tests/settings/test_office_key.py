"""The key of an office: what may stand there, and that another one is never taken at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailbot.cli.configuration.ledger_place import keep_ledger_place, office_in_use
from mailbot.core.configuration.gravity import Waits, line_of
from mailbot.errors import ConfigProblem
from mailbot.settings.loading import load
from tests.settings.folders import change, small_office

if TYPE_CHECKING:
    from pathlib import Path


def test_an_office_alone_needs_no_key_and_one_that_has_it_gives_it(tmp_path: Path) -> None:
    """Empty in the sample; digits, small letters and hyphens where it stands."""
    kantor = small_office(tmp_path)
    assert load(kantor, {}).office_key == ""
    change(kantor, "office.yaml", "letterhead:", "key: dishub-2\nletterhead:")
    assert load(kantor, {}).office_key == "dishub-2"


@pytest.mark.parametrize("key", ["DISHUB", "dis hub", "dishub.2", "@dishub", "x" * 41])
def test_what_is_no_key_is_told_with_its_line(tmp_path: Path, key: str) -> None:
    """Nothing else may become part of a primary key that thousands share."""
    kantor = small_office(tmp_path)
    change(kantor, "office.yaml", "letterhead:", f"key: '{key}'\nletterhead:")
    with pytest.raises(ConfigProblem, match=r"office\.yaml"):
        load(kantor, {})


def test_an_edited_key_waits_and_until_then_the_ledger_is_opened_under_the_kept_one(tmp_path: Path) -> None:
    """Under another key a shared ledger would begin with nothing, and everybody be asked again."""
    assert line_of(("office", "key")).waits is Waits.ALWAYS
    kantor = small_office(tmp_path)
    change(kantor, "office.yaml", "letterhead:", "key: dishub\nletterhead:")
    keep_ledger_place(load(kantor, {}))
    change(kantor, "office.yaml", "key: dishub", "key: bkpsdm")
    edited = load(kantor, {})
    assert (edited.office_key, office_in_use(edited)) == ("bkpsdm", "dishub")
    keep_ledger_place(edited)
    assert office_in_use(edited) == "bkpsdm"
