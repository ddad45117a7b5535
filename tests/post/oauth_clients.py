"""mailbot's side of a provider in tests: settings that point at it, a permission, a clock that is moved by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from mailbot.post.oauth import AccessTokens
from mailbot.post.permission import Permission, PermissionFile
from mailbot.settings.oauth import OAuth
from tests.servers.tokens import CLIENT_ID, CLIENT_SECRET, TokenOffice

MAILBOX = "mailbot@example.go.id"
BEGUN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def client_of(office: TokenOffice, folder: Path, secret: str = CLIENT_SECRET) -> OAuth:
    """Return settings for a provider of one's own."""
    return OAuth(
        provider="own",
        client_id=CLIENT_ID,
        client_secret=SecretStr(secret),
        token_endpoint=f"{office.url}/token",
        authorize_endpoint=f"{office.url}/authorize",
        device_endpoint=f"{office.url}/device",
        scopes=("mail", "offline_access"),
        token_folder=folder / "oauth",
    )


def consented(office: TokenOffice, oauth: OAuth, account: str = MAILBOX, at: datetime = BEGUN) -> Permission:
    """Let the mailbox's owner consent, and keep the permission as `mailbot login` does."""
    permission = Permission(
        account=account,
        client_id=oauth.client_id,
        token_endpoint=oauth.token_endpoint,
        refresh_token=str(office.consent(account)["refresh_token"]),
        granted_at=at,
        issued_at=at,
    )
    PermissionFile(oauth, account).keep(permission)
    return permission


@dataclass(slots=True)
class Hands:
    """A clock that stands still until it is moved."""

    seconds: float = 1000.0
    waits: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        """Return the date."""
        return BEGUN + timedelta(seconds=self.seconds - 1000.0)

    def monotonic(self) -> float:
        """Return the seconds that only go forward."""
        return self.seconds

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.waits.append(seconds)
        self.seconds += seconds


def tokens_for(oauth: OAuth, hands: Hands, account: str = MAILBOX) -> AccessTokens:
    """Return the access tokens of the mailbox, on a clock moved by hand."""
    return AccessTokens(oauth, account, now=hands.now, monotonic=hands.monotonic)
