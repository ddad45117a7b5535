"""The webhook's address: in the file, or as a secret of the environment, which is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.errors import ConfigProblem
from mailbot.settings.effective_settings import effective
from mailbot.settings.loading import load
from tests.settings.folders import ENGLISH, small_office

SECRET = "https://chat.example.go.id/hooks/kenari"
OPEN = "https://obrolan.example.go.id/hooks/mailbot"


def office(where: Path, webhook: str) -> Path:
    """Make an office whose file names a webhook."""
    folder = small_office(where)
    with (folder / "office.yaml").open("a", encoding="utf-8") as file:
        file.write(f"watchdog: {{webhook: {webhook}}}\n")
    return folder


def test_the_environment_goes_before_the_file_and_is_not_shown(tmp_path: Path) -> None:
    """Given itself, or by a file; neither the value nor the settings in force show it."""
    folder = office(tmp_path, OPEN)
    kept = tmp_path / "webhook"
    kept.write_text(f"{SECRET}\n")
    assert load(folder, ENGLISH).watchdog.webhook == OPEN
    for env in ({"MAILBOT_WEBHOOK": SECRET}, {"MAILBOT_WEBHOOK_FILE": str(kept)}):
        settings = load(folder, ENGLISH | env)
        assert settings.watchdog.webhook == SECRET
        assert "kenari" not in repr(settings)
        told = {name: value for name, value, _ in effective(settings)}
        assert (told["MAILBOT_WEBHOOK"], "kenari" in str(told)) == ("set", False)


def test_only_a_safe_address_is_taken(tmp_path: Path) -> None:
    """Both mistakes at once; what the environment holds is not repeated."""
    folder = office(tmp_path, "http://obrolan.example.go.id/x")
    with pytest.raises(ConfigProblem) as caught:
        load(folder, ENGLISH | {"MAILBOT_WEBHOOK": "http://kenari.example/x"})
    assert [(one.file, one.what) for one in caught.value.problems] == [
        ("environment", "MAILBOT_WEBHOOK must be an https address"),
        (str(folder / "office.yaml"), "'watchdog.webhook' must be an https address"),
    ]
