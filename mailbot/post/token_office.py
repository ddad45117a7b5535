"""What a provider's token endpoint says (RFC 6749, section 5), as values: tokens, or a refusal in its own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from mailbot.errors import PostUnavailable
from mailbot.post.https import SECONDS, Answer, post_form
from mailbot.settings.oauth import OAuth

YES, SERVER_ERROR, TOO_MANY = 200, 500, 429
SHORTEST_LIFE_SECONDS, LONGEST_LIFE_SECONDS, USUAL_LIFE_SECONDS = 1.0, 86_400.0, 600.0
_VISIBLE = re.compile(r"[\x21-\x7e]{1,16000}")
_LONG_WORD = re.compile(r"\S{60,}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_WORDS_CHARS = 300
_NOT_NOW = frozenset({"temporarily_unavailable", "server_error"})
_SECRET_FIELDS = ("client_secret", "code", "code_verifier", "device_code", "refresh_token")


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """Tokens, as they came; nothing of them is ever shown."""

    access_token: str = field(repr=False)
    lasts_seconds: float
    refresh_token: str = field(default="", repr=False)
    """Empty: the one we have stays in force."""
    permission_lasts_seconds: float | None = None
    """How long the refresh token lasts, where the provider says so (Google does for limited ones)."""
    scopes: tuple[str, ...] = ()
    """What was granted; empty: what was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """A refusal: the code of the standard, and the provider's own words, any secret taken out."""

    error: str
    words: str

    def __str__(self) -> str:
        """Give code and words."""
        return f"{self.error}: {self.words}" if self.words else self.error


def ask_for_tokens(oauth: OAuth, fields: Mapping[str, str], *, seconds: float = SECONDS) -> Granted | Denied:
    """Ask the token endpoint.

    Args:
        oauth: whose endpoint, and as which client.
        fields: the grant; client id and secret are added.
        seconds: patience (`post_form`).

    Raises:
        PostUnavailable: no answer, or one that makes no sense; it may be asked again later.
    """
    asked = with_client(oauth, fields)
    answer = post_form(oauth.token_endpoint, asked, ca_file=oauth.ca_file, seconds=seconds)
    if "error" in answer.values:
        return denied(answer, asked, oauth.token_endpoint)
    granted = _granted(answer.values) if answer.status == YES else None
    if granted is None:
        raise nonsense(oauth.token_endpoint, answer)
    return granted


def with_client(oauth: OAuth, fields: Mapping[str, str]) -> dict[str, str]:
    """Return a form with the client's id, and its secret where there is one."""
    secret = oauth.client_secret.get_secret_value()
    return {**fields, "client_id": oauth.client_id, **({"client_secret": secret} if secret else {})}


def denied(answer: Answer, asked: Mapping[str, str], url: str) -> Denied:
    """Read a refusal.

    Raises:
        PostUnavailable: it speaks of a trouble of the provider's own.
    """
    refusal = Denied(
        error=_clean(answer.values.get("error"), asked),
        words=_clean(answer.values.get("error_description", ""), asked),
    )
    if answer.status >= SERVER_ERROR or answer.status == TOO_MANY or refusal.error in _NOT_NOW:
        raise PostUnavailable(f"{urlsplit(url).hostname} cannot answer now ({refusal}). It will be tried again.")
    return refusal


def nonsense(url: str, answer: Answer) -> PostUnavailable:
    """Make the exception for an answer that is neither tokens nor a refusal; nothing of it is shown."""
    return PostUnavailable(
        f"{urlsplit(url).hostname} gave an answer that makes no sense (HTTP status {answer.status}). "
        f"It will be tried again; check the address if it stays so."
    )


def seconds_in(value: object) -> float | None:
    """Read a number of seconds, which some providers write as text; None if there is none."""
    try:
        seconds = float(value)  # type: ignore[arg-type]  # whatever is no number is caught below
    except (TypeError, ValueError):
        return None
    return seconds if 0 <= seconds < float("inf") else None


def _granted(values: Mapping[str, Any]) -> Granted | None:
    """Read tokens; None if they are not such as could be used."""
    access, refresh = values.get("access_token"), values.get("refresh_token") or ""
    kind = values.get("token_type", "Bearer")
    if not (_is_token(access) and (refresh == "" or _is_token(refresh)) and str(kind).casefold() == "bearer"):
        return None
    lasts = seconds_in(values.get("expires_in"))
    return Granted(
        access_token=str(access),
        refresh_token=str(refresh),
        lasts_seconds=min(max(lasts or USUAL_LIFE_SECONDS, SHORTEST_LIFE_SECONDS), LONGEST_LIFE_SECONDS),
        permission_lasts_seconds=seconds_in(values.get("refresh_token_expires_in")),
        scopes=tuple(str(values.get("scope") or "").split()),
    )


def _is_token(value: object) -> bool:
    """Say whether that can be a token: a control character in it would end the login's line."""
    return isinstance(value, str) and _VISIBLE.fullmatch(value) is not None


def _clean(words: object, asked: Mapping[str, str]) -> str:
    """Put a provider's words on one short line, without the secrets of the question, or any other long word."""
    text = _CONTROL.sub(" ", str(words)).strip()
    for name in _SECRET_FIELDS:
        if asked.get(name):
            text = text.replace(asked[name], "***")
    return _LONG_WORD.sub("***", text)[:_WORDS_CHARS]
