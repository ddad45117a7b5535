"""Secrets come by environment or by file alone, and nothing ever shows one."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from mailbot.errors import ConfigProblem
from mailbot.settings.credentials import masked
from mailbot.settings.effective_settings import effective
from mailbot.settings.loading import load
from tests.settings.folders import CASES, ENGLISH, change, refusal, small_office

PASSWORD, OTHER, KEY = "kata-sandi-kenari", "kata-sandi-kedua", "kunci-rahasia-kenari"
CLIENT = "rahasia-klien-oauth"
DATABASE = "postgresql+psycopg://mailbot:kata-sandi-ketiga@db.example.go.id/mailbot"
ENVIRONMENT = {
    "MAILBOT_IMAP_PASSWORD": PASSWORD,
    "MAILBOT_SMTP_PASSWORD": OTHER,
    "MAILBOT_OAUTH_CLIENT_SECRET": CLIENT,
    "MAILBOT_SECRET": KEY,
    "MAILBOT_DATABASE_URL": DATABASE,
}
A_FILE = "give the path of a text file that holds the secret and nothing else, and that mailbot's user may read"
URLS = "sqlite:////var/lib/mailbot/ledger.db, or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE"
SHOWN_NOWHERE = (PASSWORD, OTHER, CLIENT, KEY, "kata-sandi-ketiga")


def no_chance(count: int) -> bytes:
    """Stand for chance where none may be asked for."""
    raise AssertionError(count)


def test_the_environment_gives_every_secret(tmp_path: Path) -> None:
    """Each variable ends where it belongs."""
    settings = load(small_office(tmp_path), ENVIRONMENT)
    assert settings.imap.password.get_secret_value() == PASSWORD
    assert settings.smtp.password.get_secret_value() == OTHER
    assert (settings.secret_key(no_chance), settings.kept_key()) == (KEY.encode(), KEY.encode())
    assert settings.database_url.get_secret_value() == DATABASE
    assert settings.missing_secrets() == ()


def test_every_secret_may_be_a_file(tmp_path: Path) -> None:
    """As container platforms mount them, with the line end that editors add."""
    environment = {}
    for name, value in ENVIRONMENT.items():
        path = tmp_path / name.lower()
        path.write_text(f"{value}\n", encoding="utf-8")
        path.chmod(0o600)
        environment[f"{name}_FILE"] = str(path)
    folder = small_office(tmp_path)
    assert load(folder, environment).credentials == load(folder, ENVIRONMENT).credentials


def test_no_secret_is_ever_shown(tmp_path: Path) -> None:
    """Not by repr, not by str, not in the list at start."""
    settings = load(small_office(tmp_path), ENVIRONMENT)
    shown = [repr(settings), str(settings), repr(settings.imap), repr(settings.credentials), f"{effective(settings)}"]
    assert [secret for secret in SHOWN_NOWHERE for text in shown if secret in text] == []


def test_the_list_at_start_says_which_secrets_are_set(tmp_path: Path) -> None:
    """Set or not set, and where the ledger is, without its password."""
    folder = small_office(tmp_path)
    told = {name: value for name, value, _ in effective(load(folder, {"MAILBOT_DATABASE_URL": DATABASE}))}
    assert {name: value for name, value in told.items() if name.startswith("MAILBOT_")} == {
        "MAILBOT_IMAP_PASSWORD": "not set",
        "MAILBOT_SMTP_PASSWORD": "not set",
        "MAILBOT_OAUTH_CLIENT_SECRET": "not set",
        "MAILBOT_SECRET": "not set",
        "MAILBOT_WEBHOOK": "not set",
        "MAILBOT_DATABASE_URL": "set",
        "MAILBOT_STORE_ACCESS_KEY": "not set",
        "MAILBOT_STORE_SECRET_KEY": "not set",
    }
    assert told["ledger"] == "postgresql+psycopg://mailbot:***@db.example.go.id/mailbot"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_case_shows_the_secret_in_its_files(case: Path) -> None:
    """What stands under a password's key, in YAML, is not repeated in the problem about it."""
    assert "rahasia-sekali" not in (case / "problems.txt").read_text(encoding="utf-8")


def test_the_smtp_password_is_that_of_imap_where_the_user_is_the_same(tmp_path: Path) -> None:
    """One mailbox, one password; another user at the SMTP server never gets it."""
    folder = small_office(tmp_path)
    environment = {"MAILBOT_IMAP_PASSWORD": PASSWORD}
    assert load(folder, environment).smtp.password.get_secret_value() == PASSWORD
    change(folder, "office.yaml", "  host: smtp.example.go.id", "  host: smtp.example.go.id\n  user: relay")
    settings = load(folder, environment)
    assert (settings.smtp.password.get_secret_value(), settings.missing_secrets()) == ("", ("MAILBOT_SMTP_PASSWORD",))


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        (
            {"MAILBOT_IMAP_PASSWORD": PASSWORD, "MAILBOT_IMAP_PASSWORD_FILE": "FOLDER/office.yaml"},
            "MAILBOT_IMAP_PASSWORD is set, and MAILBOT_IMAP_PASSWORD_FILE is set too (set one of the two)",
        ),
        (
            {"MAILBOT_IMAP_PASSWORD_FILE": "FOLDER/none"},
            f"MAILBOT_IMAP_PASSWORD_FILE names none, which cannot be read: No such file or directory ({A_FILE})",
        ),
        (
            {"MAILBOT_IMAP_PASSWORD_FILE": "FOLDER"},
            f"MAILBOT_IMAP_PASSWORD_FILE names FOLDER, which cannot be read: Is a directory ({A_FILE})",
        ),
        (
            {"MAILBOT_SMTP_PASSWORD_FILE": "FOLDER/empty"},
            f"MAILBOT_SMTP_PASSWORD_FILE names empty, which is empty ({A_FILE})",
        ),
        (
            {"MAILBOT_SMTP_PASSWORD_FILE": "FOLDER/bytes"},
            f"MAILBOT_SMTP_PASSWORD_FILE names bytes, which cannot be read: not UTF-8 text ({A_FILE})",
        ),
        (
            {"MAILBOT_SECRET": "pendek-kenari"},
            "MAILBOT_SECRET is shorter than 16 characters (any long random text will do)",
        ),
        (
            {"MAILBOT_IMAP_PASWORD": PASSWORD},
            "MAILBOT_IMAP_PASWORD is not read by mailbot (did you mean 'MAILBOT_IMAP_PASSWORD'?)",
        ),
        (
            {"MAILBOT_DATABASE_URL": "mysql://root:kata-sandi-ketiga@db/mailbot"},
            f"MAILBOT_DATABASE_URL is not the URL of an SQLite file or of PostgreSQL ({URLS})",
        ),
    ],
)
def test_a_wrong_variable_is_told_without_its_value(environment: dict[str, str], told: str, tmp_path: Path) -> None:
    """Beside the problems of the files, and never with the secret."""
    folder = small_office(tmp_path)
    (folder / "empty").touch()
    (folder / "bytes").write_bytes(b"\xff\xfe")
    (problem,) = refusal(folder, {name: value.replace("FOLDER", str(folder)) for name, value in environment.items()})
    assert problem.endswith(told)
    assert not any(secret in problem for secret in SHOWN_NOWHERE)


def test_an_empty_variable_counts_as_none(tmp_path: Path) -> None:
    """A copied .env.example has empty lines for what is not used, and other programs' variables are none of ours."""
    environment = dict.fromkeys((*ENVIRONMENT, "MAILBOT_SECRET_FILE", "MAILBOT_DATA"), "") | {
        "MAILBOT_TEST_POSTGRES": "x"
    }
    settings = load(small_office(tmp_path), environment)
    assert settings.missing_secrets() == ("MAILBOT_IMAP_PASSWORD",)
    assert settings.secret is None


def test_the_key_is_made_once_and_kept_for_us_alone(tmp_path: Path) -> None:
    """Made on first use, beside the ledger, readable by nobody else, and the same ever after."""
    settings = load(small_office(tmp_path), ENGLISH)
    assert settings.kept_key() is None
    assert not settings.secret_file.exists()
    key = settings.secret_key(lambda count: b"k" * count)
    assert (key, settings.secret_key(no_chance), settings.kept_key()) == (b"k" * 32, key, key)
    assert settings.secret_file == tmp_path / "kantor" / "secret.key"
    assert stat.S_IMODE(settings.secret_file.stat().st_mode) == 0o600
    assert sorted(path.name for path in settings.data_folder.iterdir()) == ["config", "secret.key"]


def test_of_two_that_make_the_key_at_once_the_first_one_stands(tmp_path: Path) -> None:
    """Another process may write the file between our look and our own writing."""
    settings = load(small_office(tmp_path), ENGLISH)
    first = b"\x01" * 32

    def meanwhile(count: int) -> bytes:
        assert settings.secret_key(lambda _: first) == first
        return b"\x02" * count

    assert settings.secret_key(meanwhile) == first


@pytest.mark.parametrize(
    ("content", "mode", "told"),
    [
        ("6b" * 32, 0o644, "can be read by others"),
        ("6b" * 31, 0o600, "is damaged"),
        ("no hexadecimal", 0o600, "is damaged"),
        ("é", 0o600, "is damaged"),
    ],
)
def test_a_key_that_cannot_be_trusted_is_refused(content: str, mode: int, told: str, tmp_path: Path) -> None:
    """Neither replaced in silence, nor used."""
    settings = load(small_office(tmp_path), ENGLISH)
    settings.secret_file.write_text(content, encoding="utf-8")
    settings.secret_file.chmod(mode)
    with pytest.raises(ConfigProblem) as caught:
        settings.secret_key(no_chance)
    (problem,) = caught.value.problems
    assert (problem.file, problem.what) == (str(settings.secret_file), told)
    assert content not in str(problem)


def test_a_data_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    """MAILBOT_DATA may name nonsense; nothing else is written then."""
    (tmp_path / "data").touch()
    settings = load(small_office(tmp_path), ENGLISH | {"MAILBOT_DATA": str(tmp_path / "data" / "deeper")})
    with pytest.raises(ConfigProblem, match="cannot be used: Not a directory"):
        settings.secret_key(bytes)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:p@h/d", "postgresql://u:***@h/d"),
        ("postgresql://:p@h/d", "postgresql://:***@h/d"),
        ("postgresql://u@h/d?password=p&sslmode=require", "postgresql://u@h/d?password=***&sslmode=require"),
        ("postgresql://u@h/d", "postgresql://u@h/d"),
        ("sqlite:////srv/ledger.db", "sqlite:////srv/ledger.db"),
    ],
)
def test_a_url_is_shown_without_its_password(url: str, shown: str) -> None:
    """Wherever the password stands."""
    assert masked(url) == shown


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        ("segel {in} {out}", "must begin with the absolute path of a program"),
        ("", ""),
        ("/nowhere/segel {in} {out}", "names a program that is not there, or that mailbot's user may not run"),
        ("/etc/passwd {in} {out}", "names a program that is not there, or that mailbot's user may not run"),
        ("/bin/cp {in} kenari", "must have {in} and {out} among its arguments"),
        ("/bin/cp '{in} {out}", "has a quotation mark that is not closed"),
        ("/bin/cp --kunci kenari {in} --hasil={out}", ""),
    ],
)
def test_the_command_that_seals_is_looked_at_and_never_shown(command: str, wrong: str, tmp_path: Path) -> None:
    """It may hold a key."""
    folder, env = small_office(tmp_path), {"MAILBOT_SEAL_COMMAND": command}
    if wrong:
        hint = "/opt/segel/bin/segel --masuk {in} --keluar {out}"
        assert refusal(folder, env) == [f"environment: MAILBOT_SEAL_COMMAND {wrong} ({hint})"]
    else:
        settings = load(folder, ENGLISH | env)
        assert (settings.credentials.seal_command is not None) is bool(command)
        assert "kenari" not in repr(settings) + str(effective(settings))


def test_an_at_sign_in_the_databases_password_is_told_with_its_code_and_none_of_it(tmp_path: Path) -> None:
    """Else what follows it would be taken for the host, and shown as one."""
    folder = small_office(tmp_path)
    way_out = "(write %40 for @, %2F for /, %3A for :, %23 for #)"
    url = "postgresql://mailbot:kenari@kuning@db.kota.test/mailbot"
    assert refusal(folder, {"MAILBOT_DATABASE_URL": url}) == [
        f"environment: MAILBOT_DATABASE_URL holds an @ in its user or password {way_out}"
    ]
    assert load(folder, {"MAILBOT_DATABASE_URL": url.replace("@kuning", "%40kuning")}).database_url
