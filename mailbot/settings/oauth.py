"""What is known of each provider of OAuth2, and the one value that the post room logs in by.

Sources: Google's pages on OAuth 2.0 for desktop apps (its device flow does not allow mail), Microsoft's on IMAP and
SMTP by OAuth and on the life of refresh tokens, RFC 8252 (native apps), RFC 8628 (device codes).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import SecretStr

    from mailbot.settings.files.oauth import Login, OAuthBlock, Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuth:
    """How an account gets its access tokens."""

    provider: Provider
    client_id: str
    client_secret: SecretStr
    """Empty for a public client."""
    token_endpoint: str
    authorize_endpoint: str = ""
    """Consent in a browser; empty: not possible."""
    device_endpoint: str = ""
    """Consent by device code; empty: not possible."""
    scopes: tuple[str, ...] = ()
    asked_with: tuple[tuple[str, str], ...] = ()
    """Further parameters of the question for consent in a browser."""
    redirect_host: str = "127.0.0.1"
    """How the address on this machine is written to which the browser comes back."""
    idle_days: int = 0
    """After how many days without a new refresh token the provider forgets the old one; 0: not known."""
    ends_after_days: int | None = None
    """After how many days since the login the permission ends; None: not known."""
    token_folder: Path
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Preset:
    """What one provider has in common for all its customers; `{tenant}` stands for the office's own."""

    token_endpoint: str
    authorize_endpoint: str
    device_endpoint: str = ""
    scopes: tuple[str, ...]
    asked_with: tuple[tuple[str, str], ...] = field(default=())
    redirect_host: str = "127.0.0.1"
    idle_days: int


_TENANT = "{tenant}"
_MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0"
_PRESETS = {
    # No device code: Google refuses the mail scope there. A refresh token comes only when asked for in so many words.
    "google": _Preset(
        token_endpoint="https://oauth2.googleapis.com/token",  # noqa: S106 - an address, not a password
        authorize_endpoint="https://accounts.google.com/o/oauth2/v2/auth",
        scopes=("https://mail.google.com/",),
        asked_with=(("access_type", "offline"), ("prompt", "consent")),
        idle_days=180,
    ),
    # Full scopes, or the token is for another service; only `http://localhost` may have any port there.
    "microsoft-365": _Preset(
        token_endpoint=f"{_MICROSOFT}/token",
        authorize_endpoint=f"{_MICROSOFT}/authorize",
        device_endpoint=f"{_MICROSOFT}/devicecode",
        scopes=(
            "https://outlook.office.com/IMAP.AccessAsUser.All",
            "https://outlook.office.com/SMTP.Send",
            "offline_access",
        ),
        redirect_host="localhost",
        idle_days=90,
    ),
}
_ONLY_FOR: dict[str, Login] = {
    "https://outlook.office.com/IMAP.AccessAsUser.All": "imap",
    "https://outlook.office.com/SMTP.Send": "smtp",
}
"""Scopes that only one of the two logins needs; nobody is asked for more than that."""
NEED_A_SECRET = ("google",)
"""Providers whose desktop clients have a client secret, and want to see it."""


def oauth_at(login: Login, block: OAuthBlock, oauth: OAuth | None) -> OAuth | None:
    """Return how one server's login gets its tokens; None where that server takes a password."""
    return oauth if login in block.logins else None


def oauth_of(block: OAuthBlock, data: Path, ca_file: Path | None, client_secret: SecretStr) -> OAuth | None:
    """Return how accounts get their tokens; None where they log in by password.

    Args:
        block: the block of office.yaml, checked.
        data: the data folder.
        ca_file: the authority to trust at the endpoints; None: the system's.
        client_secret: from the environment, perhaps empty.
    """
    if block.provider == "none":
        return None
    known = _PRESETS.get(block.provider) or _Preset(
        token_endpoint=block.token_endpoint,
        authorize_endpoint=block.authorize_endpoint,
        device_endpoint=block.device_endpoint,
        scopes=block.scopes,
        idle_days=0,
    )
    return OAuth(
        provider=block.provider,
        client_id=block.client_id,
        client_secret=client_secret,
        token_endpoint=known.token_endpoint.replace(_TENANT, block.tenant),
        authorize_endpoint=known.authorize_endpoint.replace(_TENANT, block.tenant),
        device_endpoint=known.device_endpoint.replace(_TENANT, block.tenant),
        scopes=tuple(scope for scope in known.scopes if _ONLY_FOR.get(scope, block.logins[0]) in block.logins),
        asked_with=known.asked_with,
        redirect_host=known.redirect_host,
        idle_days=known.idle_days,
        ends_after_days=block.ends_after_days,
        token_folder=data / block.token_folder,
        ca_file=ca_file,
    )
