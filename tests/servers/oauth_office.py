"""The sample office logging in by OAuth2: its configuration, a consent, a search for secrets in what it leaves."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from mailbot.settings.loading import load
from tests.post.oauth_clients import consented
from tests.servers.tokens import CLIENT_ID, CLIENT_SECRET, TokenOffice

MAILBOX = "lkjip.disdukcapil@example.go.id"
OAUTH_SECRET = {"MAILBOT_OAUTH_CLIENT_SECRET": CLIENT_SECRET}
CANARY = b"kenari"
"""Every secret of the provider holds this word."""


def logs_in_by_oauth(
    config: Path, provider: TokenOffice, *, device: bool = True, browser: bool = True, logins: str = ""
) -> None:
    """Write the provider into `office.yaml`."""
    path = config / "office.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("\noauth: {}\n") == 1
    lines = ["oauth:", "  provider: own", f"  client_id: {CLIENT_ID}", f"  token_endpoint: {provider.url}/token"]
    lines += [f"  device_endpoint: {provider.url}/device"] * device
    lines += [f"  authorize_endpoint: {provider.url}/authorize"] * browser
    lines += ["  scopes: [mail, offline_access]"]
    lines += [f"  logins: [{logins}]"] * bool(logins)
    path.write_text(text.replace("\noauth: {}\n", "\n" + "\n".join(lines) + "\n"), encoding="utf-8")


def owner_consents(config: Path, provider: TokenOffice) -> None:
    """Let the mailbox's owner consent now, and keep the permission as `mailbot login` does."""
    settings = load(config, OAUTH_SECRET)
    oauth = settings.imap.oauth or settings.smtp.oauth
    assert oauth is not None
    consented(provider, oauth, MAILBOX, datetime.now(UTC))


def places_with_secrets(data: Path) -> list[str]:
    """Return every file below a data folder that holds a secret of the provider, the one it belongs in left out."""
    return [
        str(path.relative_to(data))
        for path in sorted(data.rglob("*"))
        if path.is_file() and path.parent.name != "oauth" and CANARY in path.read_bytes()
    ]
