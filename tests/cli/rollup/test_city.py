"""One note of each ledger is read; what cannot be read is named, and whoever tells of all is the folder's choice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mailbot.cli.rollup.city import CITY, city_around, overseeing_office
from mailbot.cli.rollup.reading import Place, summary_at
from mailbot.cli.wiring import clerk_on, ledger_of
from mailbot.core.rollup.summary import OfficeSummary, Unread
from mailbot.ledger.files_and_notes import SUMMARY
from mailbot.ledger.ledger import open_ledger
from mailbot.ledger.mapping import dump
from mailbot.settings.loading import load
from tests.core.rollup.test_rolling_up import PLAIN, office
from tests.settings.folders import SMALL, change


def place(folder: Path, key: str, note: str | None = None) -> Place:
    """Return an office's place, with a ledger that holds that note."""
    url = f"sqlite:///{folder / key}.db"
    if note is not None:
        with open_ledger(url) as ledger:
            ledger.notes.write(SUMMARY, note)
    return Place(key=key, name=f"Dinas {key}", url=url)


def test_each_office_is_read_and_one_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """No ledger, none that is one, none that has written itself down, a note of a newer mailbot."""
    (tmp_path / "rusak.db").write_bytes(b"no ledger" * 500)
    own = office("baik", PLAIN)
    assert summary_at(place(tmp_path, "baik", dump(OfficeSummary, own))) == own
    places = (*(place(tmp_path, "tiada"), place(tmp_path, "rusak")), place(tmp_path, "baru", ""))
    for other in (*places, place(tmp_path, "lain", '{"key":"lain","unknown":1}')):
        assert summary_at(other) == Unread(name=other.name)


@pytest.mark.parametrize(
    ("text", "key"),
    [("rollup: bagian-organisasi\n", "bagian-organisasi"), ("rollup: [", ""), ("rollup:\n", ""), ("- a\n", "")],
)
def test_the_folder_names_who_tells_of_all_and_what_is_wrong_names_nobody(tmp_path: Path, text: str, key: str) -> None:
    """Without such a file nobody does."""
    assert overseeing_office(tmp_path) == ""
    (tmp_path / CITY).write_text(text)
    assert overseeing_office(tmp_path) == key


def test_only_in_a_citys_folder_an_office_has_neighbours_and_only_the_named_one_oversees(tmp_path: Path) -> None:
    """Each finds the others by their own settings; one whose YAML is broken is named by its key."""
    for key in ("alfa", "beta", "gama"):
        shutil.copytree(SMALL, tmp_path / key)
        change(tmp_path / key, "office.yaml", "letterhead:", f"key: {key}\nletterhead:")
    change(tmp_path / "gama", "office.yaml", "letterhead:", "letterhed:")
    assert city_around(tmp_path / "alfa") is None
    (tmp_path / CITY).write_text("rollup: alfa\n")
    for key in ("alfa", "beta"):
        env = {"MAILBOT_DATA": str(tmp_path / key / "data")}
        settings = load(tmp_path / key, env)
        with ledger_of(settings) as ledger, clerk_on(ledger, settings) as clerk:
            ledger.notes.write(SUMMARY, dump(OfficeSummary, office(key, PLAIN)))
            assert clerk.neighbours is not None
            assert (clerk.neighbours.key, clerk.neighbours.oversees) == (key, key == "alfa")
            found = tuple(clerk.neighbours.summaries())
    assert found == (office("alfa", PLAIN), office("beta", PLAIN), Unread(name="gama"))
