"""`docs/settings.md`: every setting with its default and description, equal to the models."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.settings.files import FILES
from mailbot.settings.model_introspection import Setting, settings_of
from mailbot.settings.reference import MARK, page, pages
from mailbot.settings.variables import VARIABLES

TOP = Path(__file__).parents[2]
PAGES = list(pages(TOP))
PAGE = (TOP / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("path", "text"), PAGES, ids=[path.name for path, _ in PAGES])
def test_a_page_is_what_the_models_say(path: Path, text: str) -> None:
    """If not: `python -m mailbot.settings.reference`."""
    assert path.read_text(encoding="utf-8") == text


def test_what_is_written_by_hand_stays() -> None:
    """Making the page anew leaves everything above the mark."""
    made = page(f"# By hand\n\n{MARK}left over\n")
    assert made.startswith(f"# By hand\n\n{MARK}\n## Environment\n")
    assert "left over" not in made


def test_every_setting_and_every_variable_is_on_the_page() -> None:
    """By its name as it is written in the file."""
    names = [setting.path for model in FILES.values() for setting in settings_of(model)] + list(VARIABLES)
    assert [name for name in names if f"| `{name}` |" not in PAGE] == []


def test_every_setting_has_a_description_of_one_line() -> None:
    """It stands in a table's cell, so it holds no line break and no bar."""
    told = [setting for model in FILES.values() for setting in settings_of(model)]
    assert [one.path for one in told if not one.description.endswith(".") or set("\n|") & set(one.description)] == []


def test_a_setting_is_told_with_kind_and_default() -> None:
    """A few of each kind."""
    told = {setting.path: setting for model in FILES.values() for setting in settings_of(model)}
    assert told["imap.folders.inbox"] == Setting(
        path="imap.folders.inbox", kind="text", default="INBOX", description="Folder that new mail arrives in."
    )
    assert [
        (told[path].kind, told[path].default) for path in ("calendar.opens", "imap.security", "people[].acting")
    ] == [
        ("hour of the day", "07:30"),
        ("`tls` / `starttls` / `plain`", "tls"),
        ("empty / `Plt.` / `Plh.`", ""),
    ]
    assert (told["indicators[].targets"].kind, told["indicators[].targets"].default) == (
        "whole number -> list of 4 values",
        "required",
    )
    assert told["cycles[].row_days"].kind.endswith("/ `submit` -> whole number")
