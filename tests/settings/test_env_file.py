"""`.env` beside the configuration folder or in it: read by everything, shown by nothing, and the environment wins."""

from __future__ import annotations

from pathlib import Path

from mailbot.settings.effective_settings import effective
from mailbot.settings.folder import read_folder
from mailbot.settings.loading import load, reload
from tests.settings.folders import ENGLISH, refusal, small_office

PASSWORD = "kenari-kuning"


def beside(folder: Path, text: str, mode: int = 0o600) -> Path:
    """Write a `.env` beside the folder."""
    path = folder.parent / ".env"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def test_secrets_are_taken_as_docker_systemd_and_the_shell_write_them(tmp_path: Path) -> None:
    """With `export` or without, in quotation marks or without; other programs' lines are theirs."""
    folder = small_office(tmp_path)
    beside(
        folder,
        f"# rahasia\n\nexport MAILBOT_IMAP_PASSWORD='{PASSWORD}'\nMAILBOT_SMTP_PASSWORD=a=\"b\n"
        "PGPASSWORD=x\nMAILBOT_WEBHOOK=\n",
    )
    settings = load(folder, {})
    assert settings.imap.password.get_secret_value() == PASSWORD
    assert settings.smtp.password.get_secret_value() == 'a="b'
    assert settings.credentials.webhook is None
    assert [line for line in map(str, effective(settings)) if PASSWORD in line] == []
    assert settings.notes() == ()


def test_the_environment_wins_over_the_file_and_the_folders_own_over_the_one_beside_it(tmp_path: Path) -> None:
    """Also where the one names a file and the other the secret itself."""
    folder = small_office(tmp_path)
    beside(folder, "MAILBOT_IMAP_PASSWORD=dari-luar\nMAILBOT_SMTP_PASSWORD=luar\n")
    (folder / ".env").write_text("MAILBOT_IMAP_PASSWORD=dari-dalam\n", encoding="utf-8")
    (folder / ".env").chmod(0o600)
    secret = tmp_path / "sandi"
    secret.write_text(PASSWORD, encoding="utf-8")
    settings = load(folder, {"MAILBOT_IMAP_PASSWORD": ""})
    assert settings.imap.password.get_secret_value() == "dari-dalam"
    assert settings.smtp.password.get_secret_value() == "luar"
    named = load(folder, {"MAILBOT_IMAP_PASSWORD_FILE": str(secret)})
    assert named.imap.password.get_secret_value() == PASSWORD


def test_a_file_that_others_may_read_is_noted_and_a_changed_one_taken_up(tmp_path: Path) -> None:
    """With the command that closes it."""
    folder = small_office(tmp_path)
    path = beside(folder, "MAILBOT_IMAP_PASSWORD=satu\n", 0o640)
    first = load(folder, ENGLISH)
    assert first.notes() == (f"{path} may be read by others than its owner; run: chmod 600 {path}",)
    beside(folder, "MAILBOT_IMAP_PASSWORD=dua\n")
    second, problems = reload(first, folder, ENGLISH, read_folder(folder))
    assert (second.imap.password.get_secret_value(), problems) == ("dua", ())


def test_a_line_that_is_none_is_told_without_a_word_of_it(tmp_path: Path) -> None:
    """Whoever pastes only the password sees where, and the log does not hold it."""
    folder = small_office(tmp_path)
    path = beside(folder, f"# sandi\n{PASSWORD}\n")
    way_out = "one variable a line; a line of explanation begins with #"
    assert refusal(folder) == [f"{path}:2: this line is none of the form NAME=value ({way_out})"]
