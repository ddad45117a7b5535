"""Consent by device code (RFC 8628): a short code is typed into a browser anywhere, and we ask until that is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from mailbot.errors import PostUnavailable
from mailbot.post.https import post_form
from mailbot.post.token_office import Denied, Granted, ask_for_tokens, denied, nonsense, seconds_in, with_client
from mailbot.settings.oauth import OAuth

_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_USUAL_INTERVAL_SECONDS, _SHORTEST_INTERVAL_SECONDS, _LONGEST_INTERVAL_SECONDS = 5.0, 1.0, 60.0
_SLOWER_SECONDS = 5.0
_USUAL_LIFE_SECONDS, _LONGEST_LIFE_SECONDS = 900.0, 3600.0
_PENDING, _SLOW_DOWN = "authorization_pending", "slow_down"
EXPIRED = Denied(error="expired_token", words="nobody entered the code in time")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCode:
    """What somebody has to do: open `url` and type `user_code`, before `lasts_seconds` are over."""

    url: str
    user_code: str
    device_code: str = field(repr=False)
    lasts_seconds: float
    interval_seconds: float


def ask_for_code(oauth: OAuth) -> DeviceCode | Denied:
    """Ask the provider for a code.

    Raises:
        PostUnavailable: no answer, or one that makes no sense.
    """
    asked = with_client(oauth, {"scope": " ".join(oauth.scopes)})
    answer = post_form(oauth.device_endpoint, asked, ca_file=oauth.ca_file)
    if "error" in answer.values:
        return denied(answer, asked, oauth.device_endpoint)
    values = answer.values
    # Google writes verification_url.
    url = values.get("verification_uri") or values.get("verification_url")
    texts = (url, values.get("user_code"), values.get("device_code"))
    if not all(isinstance(text, str) and text.isprintable() and text for text in texts):
        raise nonsense(oauth.device_endpoint, answer)
    if urlsplit(str(url)).scheme not in {"https", "http"}:
        raise nonsense(oauth.device_endpoint, answer)
    interval = seconds_in(values.get("interval")) or _USUAL_INTERVAL_SECONDS
    lasts = seconds_in(values.get("expires_in")) or _USUAL_LIFE_SECONDS
    return DeviceCode(
        url=str(url),
        user_code=str(values["user_code"]),
        device_code=str(values["device_code"]),
        lasts_seconds=min(lasts, _LONGEST_LIFE_SECONDS),
        interval_seconds=min(max(interval, _SHORTEST_INTERVAL_SECONDS), _LONGEST_INTERVAL_SECONDS),
    )


def await_consent(oauth: OAuth, code: DeviceCode, wait: Callable[[float], None] = time.sleep) -> Granted | Denied:
    """Ask at the pace the provider wants until somebody has entered the code, refused, or the time is over.

    Args:
        oauth: the provider.
        code: from `ask_for_code`.
        wait: waits so many seconds.

    Returns:
        The tokens; or why there are none: `EXPIRED`, or the provider's refusal.
    """
    fields = {"grant_type": _GRANT, "device_code": code.device_code}
    interval, passed = code.interval_seconds, 0.0
    while (passed := passed + interval) <= code.lasts_seconds:
        wait(interval)
        with _patience() as trouble:
            answer = ask_for_tokens(oauth, fields)
        if trouble:
            # RFC 8628, 3.5: after a time-out, half as often.
            interval = min(interval * 2, _LONGEST_INTERVAL_SECONDS)
        elif isinstance(answer, Denied) and answer.error == _SLOW_DOWN:
            interval += _SLOWER_SECONDS
        elif isinstance(answer, Granted) or answer.error != _PENDING:
            return answer
    return EXPIRED


@contextmanager
def _patience() -> Iterator[list[PostUnavailable]]:
    """Take note that the provider is away for a moment, and go on."""
    trouble: list[PostUnavailable] = []
    try:
        yield trouble
    except PostUnavailable as away:
        trouble.append(away)
