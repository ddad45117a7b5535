"""What makes PDFs is made with the clerk and ended with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.cli.wiring import clerk_of
from mailbot.rehearsal.sandbox import write_settings
from mailbot.settings.loading import load
from mailbot.settings.packaged import init
from tests.writing.word.stand_in import lives, stand_in


def test_libreoffice_ends_with_the_clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has opened the clerk leaves no process behind."""
    office = stand_in(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{office.folder}:/usr/bin:/bin")
    init(tmp_path / "kantor")
    with clerk_of(load(tmp_path / "kantor", {})) as clerk:
        assert clerk.maker.as_pdf(b"letter") is not None
        assert lives(office.warm)
    assert not lives(office.warm)


@pytest.mark.parametrize("leaves", [True, False])
def test_without_libreoffice_there_is_none_unless_letters_wait_for_it(
    *, leaves: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office that wants no letter without its PDF is told so by `check`."""
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    config = tmp_path / "kantor"
    init(config)
    write_settings(config / "office.yaml", {"pacing.leave_without_pdf": leaves})
    settings = load(config, {})
    with clerk_of(settings) as clerk:
        assert (clerk.lookout.pdf is None) is leaves
    assert any("leave_without_pdf" in note for note in settings.notes()) is not leaves
