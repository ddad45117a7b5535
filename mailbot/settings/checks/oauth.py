"""Questions about logging in by OAuth2 and about webhooks: has the provider what it needs, do secrets travel safely."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mailbot.settings.credentials import masked
from mailbot.settings.sayings.said import Mistake, said
from mailbot.settings.this_machine import BY_NUMBER
from mailbot.settings.variables import WEBHOOK, of_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.credentials import Credentials
    from mailbot.settings.files.oauth import OAuthBlock
    from mailbot.settings.files.watchdog import Watchdog
    from mailbot.settings.sections import Part

_ENDPOINTS = ("token_endpoint", "authorize_endpoint", "device_endpoint")
_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_VISIBLE = re.compile(r"[\x21-\x7e]+")
_A_WEBHOOK = said("webhook_looks_so")


def provider_is_described(oauth: Part[OAuthBlock]) -> Iterator[Mistake]:
    """A provider needs a client id; one of the office's own also its addresses; the known ones have theirs."""
    block = oauth.value
    if block.provider == "none":
        return
    if not block.client_id:
        yield oauth.problem(
            what=said("no_client_id"),
            hint=said("client_id_from_provider"),
        )
    if block.provider == "own":
        yield from _own_is_whole(oauth)
    else:
        for name in (*_ENDPOINTS, "scopes"):
            if getattr(block, name):
                yield oauth.problem(
                    name,
                    what=said("oauth_field_of_own", name=name, provider=block.provider),
                    hint=said("remove_or_own"),
                )
    if not _TENANT.fullmatch(block.tenant):
        yield oauth.problem("tenant", what=said("bad_tenant", tenant=block.tenant))


def endpoints_are_safe(oauth: Part[OAuthBlock]) -> Iterator[Mistake]:
    """Refresh tokens and secrets go to these addresses: https, without anything that could send them astray."""
    for name in _ENDPOINTS:
        url = getattr(oauth.value, name)
        if url and not is_safe_endpoint(url):
            yield oauth.problem(
                name,
                what=said("endpoint_without_tls", name=name, url=masked(url)),
                hint=said("endpoint_looks_so"),
            )


def webhook_of_the_file_is_safe(watchdog: Part[Watchdog]) -> Iterator[Mistake]:
    """What goes wrong in an office is told to nobody on the way."""
    if watchdog.value.webhook and not is_safe_endpoint(watchdog.value.webhook):
        yield watchdog.problem("webhook", what=said("webhook_without_tls"), hint=_A_WEBHOOK)


def webhook_is_safe(credentials: Credentials) -> Iterator[Mistake]:
    """That of the environment as well; its value is never shown."""
    if credentials.webhook is not None and not is_safe_endpoint(credentials.webhook.get_secret_value()):
        yield of_environment(WEBHOOK, said("must_be_https"), _A_WEBHOOK)


def is_safe_endpoint(url: str) -> bool:
    """Say whether secrets may be sent to an address: https, or http to 127.0.0.1; no user, no fragment."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    secure = parts.scheme == "https" or (parts.scheme == "http" and host == BY_NUMBER)
    return bool(secure and host and "@" not in parts.netloc and not parts.fragment and _VISIBLE.fullmatch(url))


def _own_is_whole(oauth: Part[OAuthBlock]) -> Iterator[Mistake]:
    """A provider of one's own has a token endpoint and at least one way to consent."""
    block = oauth.value
    if not block.token_endpoint:
        yield oauth.problem(what=said("no_token_endpoint"), hint=said("own_needs_it"))
    if not block.authorize_endpoint and not block.device_endpoint:
        yield oauth.problem(
            what=said("no_consent_endpoint"),
            hint=said("consent_given_there"),
        )
