"""Logging in by OAuth2: what is known of each provider, and what an office has to give."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from mailbot.errors import ConfigProblem
from mailbot.settings.checks.oauth import is_safe_endpoint
from mailbot.settings.loading import load
from mailbot.settings.oauth import OAuth
from tests.settings.folders import small_office


def office(where: Path, oauth: str) -> Path:
    """Make the small office with a block of OAuth2."""
    folder = small_office(where)
    with (folder / "office.yaml").open("a", encoding="utf-8") as file:
        file.write(oauth)
    return folder


def test_by_default_a_password_is_used(tmp_path: Path) -> None:
    """Neither server knows of OAuth2, and the one password that serves both is missing."""
    settings = load(small_office(tmp_path), {})
    assert (settings.imap.oauth, settings.smtp.oauth) == (None, None)
    assert settings.missing_secrets() == ("MAILBOT_IMAP_PASSWORD",)


def test_google_needs_its_secret_and_a_browser(tmp_path: Path) -> None:
    """No device code there; the refresh token is asked for by name."""
    folder = office(tmp_path, "oauth: {provider: google, client_id: 1234.apps.example, ends_after_days: 7}\n")
    assert load(folder, {}).missing_secrets() == ("MAILBOT_OAUTH_CLIENT_SECRET",)
    settings = load(folder, {"MAILBOT_OAUTH_CLIENT_SECRET": "rahasia-klien"})
    assert settings.missing_secrets() == ()
    assert (
        settings.imap.oauth
        == settings.smtp.oauth
        == OAuth(
            provider="google",
            client_id="1234.apps.example",
            client_secret=SecretStr("rahasia-klien"),
            token_endpoint="https://oauth2.googleapis.com/token",
            authorize_endpoint="https://accounts.google.com/o/oauth2/v2/auth",
            scopes=("https://mail.google.com/",),
            asked_with=(("access_type", "offline"), ("prompt", "consent")),
            idle_days=180,
            ends_after_days=7,
            token_folder=tmp_path / "kantor" / "oauth",
        )
    )
    assert "rahasia-klien" not in repr(settings)


def test_microsoft_365_is_asked_at_the_offices_own_tenant(tmp_path: Path) -> None:
    """By device code, without a secret, with the scopes written in full."""
    folder = office(tmp_path, "oauth: {provider: microsoft-365, client_id: 4f1d, tenant: example.go.id}\n")
    settings = load(folder, {})
    assert settings.missing_secrets() == ()
    above = "https://login.microsoftonline.com/example.go.id/oauth2/v2.0"
    assert settings.smtp.oauth == OAuth(
        provider="microsoft-365",
        client_id="4f1d",
        client_secret=SecretStr(""),
        token_endpoint=f"{above}/token",
        authorize_endpoint=f"{above}/authorize",
        device_endpoint=f"{above}/devicecode",
        scopes=(
            "https://outlook.office.com/IMAP.AccessAsUser.All",
            "https://outlook.office.com/SMTP.Send",
            "offline_access",
        ),
        redirect_host="localhost",
        idle_days=90,
        token_folder=tmp_path / "kantor" / "oauth",
    )


def test_a_provider_of_ones_own_is_taken_as_written(tmp_path: Path) -> None:
    """With an authority of its own, and a folder elsewhere."""
    folder = office(
        tmp_path,
        """oauth:
  provider: own
  client_id: mailbot
  token_endpoint: https://login.example.go.id/token
  device_endpoint: https://login.example.go.id/device
  scopes: [mail, offline_access]
  token_folder: /srv/izin
  ca_file: ca.pem
""",
    )
    (folder / "ca.pem").touch()
    assert load(folder, {}).imap.oauth == OAuth(
        provider="own",
        client_id="mailbot",
        client_secret=SecretStr(""),
        token_endpoint="https://login.example.go.id/token",
        device_endpoint="https://login.example.go.id/device",
        scopes=("mail", "offline_access"),
        token_folder=Path("/srv/izin"),
        ca_file=folder / "ca.pem",
    )


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://login.example.go.id/token", True),
        ("https://login.example.go.id:8443/a/b?tenant=x", True),
        ("http://127.0.0.1:8080/token", True),
        ("http://localhost:8080/token", False),
        ("http://login.example.go.id/token", False),
        ("https:///token", False),
        ("https://login.example.go.id/token#x", False),
        ("https://user@login.example.go.id/token", False),
        ("https://login.example.go.id:port/token", False),
        ("https://[::1/token", False),
        ("https://login.example.go.id/a b", False),
        ("ftp://login.example.go.id/token", False),
        ("login.example.go.id", False),
    ],
)
def test_a_secret_goes_only_to_a_safe_address(url: str, safe: bool) -> None:  # noqa: FBT001  # a column of the table
    """https, or this very machine by number."""
    assert is_safe_endpoint(url) is safe


@pytest.mark.parametrize(
    ("logins", "other", "scope"),
    [
        ("imap", "MAILBOT_SMTP_PASSWORD", "https://outlook.office.com/IMAP.AccessAsUser.All"),
        ("smtp", "MAILBOT_IMAP_PASSWORD", "https://outlook.office.com/SMTP.Send"),
    ],
)
def test_one_server_takes_a_permission_and_the_other_a_password(
    tmp_path: Path, logins: str, other: str, scope: str
) -> None:
    """Only that password is missing, and the owner is asked for no more than what is used."""
    folder = office(tmp_path, f"oauth: {{provider: microsoft-365, client_id: 4f1d, logins: [{logins}]}}\n")
    settings = load(folder, {})
    assert settings.missing_secrets() == (other,)
    settings = load(folder, {other: "sandi-aplikasi"})
    assert settings.missing_secrets() == ()
    by_permission, by_password = settings.imap, settings.smtp
    if logins == "smtp":
        by_permission, by_password = by_password, by_permission
    assert by_permission.oauth is not None
    assert by_permission.oauth.scopes == (scope, "offline_access")
    assert (by_password.oauth, by_password.password.get_secret_value()) == (None, "sandi-aplikasi")


@pytest.mark.parametrize("logins", ["[]", "[pop3]"])
def test_a_permission_that_no_server_uses_is_a_mistake(tmp_path: Path, logins: str) -> None:
    """Empty, or a server there is none of."""
    with pytest.raises(ConfigProblem, match="logins"):
        load(office(tmp_path, f"oauth: {{provider: google, client_id: x, logins: {logins}}}\n"), {})
