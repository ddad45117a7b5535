"""Questions about logging in by OAuth2 and about webhooks: has the provider what it needs, do secrets travel safely."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mailbot.settings.credentials import masked
from mailbot.settings.this_machine import BY_NUMBER
from mailbot.settings.variables import WEBHOOK, of_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.errors import Problem
    from mailbot.settings.credentials import Credentials
    from mailbot.settings.files.oauth import OAuthBlock
    from mailbot.settings.files.watchdog import Watchdog
    from mailbot.settings.sections import Part

_ENDPOINTS = ("token_endpoint", "authorize_endpoint", "device_endpoint")
_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_VISIBLE = re.compile(r"[\x21-\x7e]+")
_A_WEBHOOK = "for instance https://chat.example.go.id/hooks/mailbot"


def provider_is_described(oauth: Part[OAuthBlock]) -> Iterator[Problem]:
    """A provider needs a client id; one of the office's own also its addresses; the known ones have theirs."""
    block = oauth.value
    if block.provider == "none":
        return
    if not block.client_id:
        yield oauth.problem(
            what="'oauth.client_id' is missing",
            hint="the provider gives it when mailbot is registered there as an application; see docs/settings.md",
        )
    if block.provider == "own":
        yield from _own_is_whole(oauth)
    else:
        for name in (*_ENDPOINTS, "scopes"):
            if getattr(block, name):
                yield oauth.problem(
                    name,
                    what=f"'oauth.{name}' is for provider own; that of {block.provider} is known",
                    hint="remove it, or set provider: own",
                )
    if not _TENANT.fullmatch(block.tenant):
        yield oauth.problem("tenant", what=f"'oauth.tenant' must be a tenant's id or domain, but is '{block.tenant}'")


def endpoints_are_safe(oauth: Part[OAuthBlock]) -> Iterator[Problem]:
    """Refresh tokens and secrets go to these addresses: https, without anything that could send them astray."""
    for name in _ENDPOINTS:
        url = getattr(oauth.value, name)
        if url and not is_safe_endpoint(url):
            yield oauth.problem(
                name,
                what=f"'oauth.{name}' must be an https address, but is '{masked(url)}'",
                hint="for instance https://login.example.go.id/oauth2/token",
            )


def webhook_of_the_file_is_safe(watchdog: Part[Watchdog]) -> Iterator[Problem]:
    """What goes wrong in an office is told to nobody on the way."""
    if watchdog.value.webhook and not is_safe_endpoint(watchdog.value.webhook):
        yield watchdog.problem("webhook", what="'watchdog.webhook' must be an https address", hint=_A_WEBHOOK)


def webhook_is_safe(credentials: Credentials) -> Iterator[Problem]:
    """That of the environment as well; its value is never shown."""
    if credentials.webhook is not None and not is_safe_endpoint(credentials.webhook.get_secret_value()):
        yield of_environment(WEBHOOK, "must be an https address", _A_WEBHOOK)


def is_safe_endpoint(url: str) -> bool:
    """Say whether secrets may be sent to an address: https, or http to 127.0.0.1; no user, no fragment."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    secure = parts.scheme == "https" or (parts.scheme == "http" and host == BY_NUMBER)
    return bool(secure and host and "@" not in parts.netloc and not parts.fragment and _VISIBLE.fullmatch(url))


def _own_is_whole(oauth: Part[OAuthBlock]) -> Iterator[Problem]:
    """A provider of one's own has a token endpoint and at least one way to consent."""
    block = oauth.value
    if not block.token_endpoint:
        yield oauth.problem(what="'oauth.token_endpoint' is missing", hint="provider own needs it")
    if not block.authorize_endpoint and not block.device_endpoint:
        yield oauth.problem(
            what="'oauth.authorize_endpoint' or 'oauth.device_endpoint' is missing",
            hint="one of the two is where consent is given",
        )
