"""A running office: what is edited well takes effect, what is edited badly leaves the last good settings in force."""

from __future__ import annotations

from pathlib import Path

from mailbot.settings.folder import read_folder
from mailbot.settings.loading import load, reload
from tests.settings.folders import ENGLISH, change, small_office


def test_nothing_changed_gives_the_very_same_settings(tmp_path: Path) -> None:
    """Asked at every tick, so it must cost nothing and mean nothing; saving without a change is no change."""
    folder = small_office(tmp_path)
    first = load(folder, ENGLISH)
    (folder / "office.yaml").write_bytes((folder / "office.yaml").read_bytes())
    again, problems = reload(first, folder, ENGLISH, read_folder(folder))
    assert again is first
    assert problems == ()


def test_a_good_edit_takes_effect(tmp_path: Path) -> None:
    """The new settings replace the old ones."""
    folder = small_office(tmp_path)
    first = load(folder, ENGLISH)
    change(folder, "office.yaml", "  place: Contoh", "  place: Probolinggo")
    second, problems = reload(first, folder, ENGLISH, read_folder(folder))
    assert problems == ()
    assert (first.office().letterhead.place, second.office().letterhead.place) == ("Contoh", "Probolinggo")


def test_a_bad_edit_keeps_the_last_good_one_and_is_told(tmp_path: Path) -> None:
    """The daemon goes on; the operator hears what is wrong, until it is mended."""
    folder = small_office(tmp_path)
    first = load(folder, ENGLISH)
    change(folder, "office.yaml", "  place: Contoh", "\tplace: Contoh")
    kept, problems = reload(first, folder, ENGLISH, read_folder(folder))
    assert kept is first
    assert [(problem.file, problem.line, problem.what) for problem in problems] == [
        (str(folder / "office.yaml"), 7, "a tab stands here")
    ]
    change(folder, "office.yaml", "\tplace: Contoh", "  place: Contoh")
    assert reload(first, folder, ENGLISH, read_folder(folder)) == (first, ())


def test_a_file_that_is_gone_for_a_moment_keeps_the_last_good_one(tmp_path: Path) -> None:
    """Editors and copies replace files by removing them first."""
    folder = small_office(tmp_path)
    first = load(folder, ENGLISH)
    (folder / "sop.yaml").unlink()
    kept, problems = reload(first, folder, ENGLISH, read_folder(folder))
    assert kept is first
    assert [problem.what for problem in problems] == ["the file is missing"]


def test_a_changed_secret_file_takes_effect(tmp_path: Path) -> None:
    """A password is changed without touching YAML and without a restart."""
    folder, secret = small_office(tmp_path), tmp_path / "password"
    secret.write_text("lama", encoding="utf-8")
    environment = {"MAILBOT_IMAP_PASSWORD_FILE": str(secret)}
    first = load(folder, environment)
    secret.write_text("baru", encoding="utf-8")
    second, problems = reload(first, folder, environment, read_folder(folder))
    assert problems == ()
    assert (first.imap.password.get_secret_value(), second.imap.password.get_secret_value()) == ("lama", "baru")
    secret.unlink()
    kept, problems = reload(second, folder, environment, read_folder(folder))
    assert (kept, len(problems)) == (second, 1)
