"""`init`: the sample office in a folder of one's own, nothing overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.errors import ConfigProblem
from mailbot.settings.loading import load
from mailbot.settings.packaged import init, sample_folder, template_folders, templates_folder


def test_a_new_folder_gets_the_whole_sample(tmp_path: Path) -> None:
    """Five files and their schemas, byte for byte, ready to load."""
    folder = tmp_path / "deep" / "kantor"
    made = init(folder)
    wanted = {
        path.relative_to(sample_folder()): path.read_bytes() for path in sample_folder().rglob("*") if path.is_file()
    }
    assert {path.relative_to(folder): path.read_bytes() for path in made.written} == wanted
    assert {path.name for path in made.written} >= {"office.yaml", "recipients.yaml", "indicators.yaml", "sop.yaml"}
    assert made.kept == ()
    assert load(folder, {}).office() == load(sample_folder(), {}).office()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """What is there already stays and is said."""
    init(tmp_path)
    (tmp_path / "office.yaml").write_text("mine", encoding="utf-8")
    (tmp_path / "cycles.yaml").unlink()
    made = init(tmp_path)
    assert (tmp_path / "office.yaml").read_text(encoding="utf-8") == "mine"
    assert made.written == (tmp_path / "cycles.yaml",)
    assert tmp_path / "office.yaml" in made.kept


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "kantor").touch()
    with pytest.raises(ConfigProblem, match="cannot be written"):
        init(tmp_path / "kantor")


def test_in_a_checkout_the_templates_are_looked_up_once() -> None:
    """`templates/` beside `config/` is the shipped one there."""
    assert template_folders(sample_folder()) == (templates_folder(),)
