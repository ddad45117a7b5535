"""Access tokens for one account: fetched before they are needed, held in memory, and never asked for in vain.

What goes wrong, and how long nobody is asked again:

    no permission, or taken back     PostUnavailable, `credentials`: until `mailbot login`
    our client is refused            the same: for a quarter of an hour (F14)
    provider away, or nonsense       PostUnavailable: for 30 s, 1 min, 2 min ... a quarter of an hour
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Lock

from mailbot.errors import PostUnavailable
from mailbot.post.permission import Permission, PermissionFile
from mailbot.post.token_office import Denied, Granted, ask_for_tokens
from mailbot.settings.oauth import OAuth

PAUSE_SECONDS = 15 * 60.0
FIRST_BACK_OFF_SECONDS = 30.0
EARLY_SECONDS = 300.0
"""A token is renewed this long before its end, so that a talk begun with it can be ended."""
EARLY_SHARE = 4
"""Of a short-lived token, the last quarter."""
SAME_END = timedelta(hours=1)
ENDED = frozenset({"invalid_grant", "interaction_required", "login_required", "consent_required"})
"""Refusals that only the mailbox's owner can mend, by consenting again."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """An access token in memory; its times are of the clock that nobody can set, so a wrong date does no harm."""

    token: str = field(repr=False)
    renew_at: float
    ends_at: float


class AccessTokens:
    """Called, it gives an access token that is good now. Threads may share it, and processes share its file."""

    def __init__(
        self,
        oauth: OAuth,
        account: str,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the provider and the account; nobody is asked yet.

        Args:
            oauth: the provider.
            account: user name at the mail servers.
            now: the present moment, aware; it is only noted, never compared with a token's life.
            monotonic: seconds that only go forward.
        """
        self.oauth = oauth
        self.account = account
        self.file = PermissionFile(oauth, account)
        self._now = now
        self._monotonic = monotonic
        self._lock = Lock()
        self._held: _Held | None = None
        self._granted_at: datetime | None = None
        self._unkept: Permission | None = None
        self._renewed_at: float | None = None
        self._failures = 0
        self._not_before = 0.0
        self._trouble: PostUnavailable | None = None

    def __call__(self) -> str:
        """Give an access token.

        Raises:
            PostUnavailable: there is none to be had; `credentials` is set if waiting does not mend it.
        """
        with self._lock:
            permission = self.permission()
            if self._granted_at != permission.granted_at:
                # Somebody has consented anew: whatever was before is over.
                self._granted_at, self._held = permission.granted_at, None
                self._go_on()
            held = self._held
            if held is not None and self._monotonic() < held.renew_at:
                return held.token
            try:
                return self._fetch()
            except PostUnavailable as away:
                if held is not None and self._monotonic() < held.ends_at and not away.credentials:
                    _log.warning("%s The access token at hand is used on.", away)
                    return held.token
                raise

    def renew(self, refused: str) -> bool:
        """Let go of a token that a mail server refused; False if that would lead nowhere, the last one being young.

        Args:
            refused: the token; if another one is held by now, that one may be tried.
        """
        with self._lock:
            if self._held is None or self._held.token != refused:
                return True
            moment = self._monotonic()
            if self._renewed_at is not None and moment - self._renewed_at < PAUSE_SECONDS:
                return False
            self._renewed_at = moment
            self._held = None
            return True

    def permission(self) -> Permission:
        """Return the permission as it is kept.

        Raises:
            PostUnavailable: there is none, it was taken back, or it belongs to another provider or client.
        """
        kept = self.file.read()
        if self._unkept is not None and kept is not None and kept.granted_at == self._unkept.granted_at:
            kept = self._unkept
        if kept is None:
            raise self._paused("Nobody has given mailbot the permission to use it yet")
        if (kept.client_id, kept.token_endpoint) != (self.oauth.client_id, self.oauth.token_endpoint):
            raise self._paused("The permission at hand was given for another provider or client id")
        if kept.ended:
            raise self._paused(f"The provider has taken the permission back ({kept.ended})")
        return kept

    def _paused(self, why: str) -> PostUnavailable:
        """Make the exception that stops the account until somebody has consented again."""
        return PostUnavailable(
            f"{why}: mailbox {self.account}. Run: mailbot login --account {self.account}", credentials=True
        )

    def _fetch(self) -> str:
        """Ask the provider, unless it was asked in vain only just now."""
        if self._trouble is not None and self._monotonic() < self._not_before:
            raise PostUnavailable(str(self._trouble), credentials=self._trouble.credentials)
        try:
            with self.file.locked():
                token = self._refresh(self.permission())
        except PostUnavailable as trouble:
            self._wait_after(trouble)
            raise
        self._go_on()
        return token

    def _refresh(self, permission: Permission) -> str:
        """Trade the refresh token for an access token, and keep what is new before anything else is done."""
        began = self._monotonic()
        fields = {"grant_type": "refresh_token", "refresh_token": permission.refresh_token}
        answer = ask_for_tokens(self.oauth, fields)
        if isinstance(answer, Denied):
            if answer.error in ENDED:
                self._keep(replace(permission, ended=str(answer)))
                raise self._paused(f"The provider has taken the permission back ({answer})")
            raise PostUnavailable(
                f"The provider of {self.account} refuses mailbot itself ({answer}). Check oauth.client_id and "
                f"MAILBOT_OAUTH_CLIENT_SECRET.",
                credentials=True,
            )
        self._keep(renewed(permission, answer, self._now()))
        early = min(EARLY_SECONDS, answer.lasts_seconds / EARLY_SHARE)
        self._held = _Held(
            token=answer.access_token,
            renew_at=began + answer.lasts_seconds - early,
            ends_at=began + answer.lasts_seconds,
        )
        return answer.access_token

    def _keep(self, permission: Permission) -> None:
        """Write the permission if it is new; where that fails it is held in memory and written the next time."""
        if self._unkept is None and permission == self.file.read():
            return
        try:
            self.file.keep(permission)
        except OSError as error:
            self._unkept = permission
            _log.error("%s cannot be written (%s); a restart would need: mailbot login", self.file.path, error.strerror)
        else:
            self._unkept = None

    def _wait_after(self, trouble: PostUnavailable) -> None:
        """Be patient, and more so each time."""
        wait = PAUSE_SECONDS if trouble.credentials else FIRST_BACK_OFF_SECONDS * 2**self._failures
        self._failures = min(self._failures + 1, 10)
        self._not_before = self._monotonic() + min(wait, PAUSE_SECONDS)
        self._trouble = trouble

    def _go_on(self) -> None:
        self._failures, self._not_before, self._trouble = 0, 0.0, None


def first(oauth: OAuth, account: str, granted: Granted, now: datetime) -> Permission:
    """Make the permission out of what a consent brought."""
    return Permission(
        account=account,
        client_id=oauth.client_id,
        token_endpoint=oauth.token_endpoint,
        refresh_token=granted.refresh_token,
        granted_at=now,
        issued_at=now,
        ends_at=_end(granted, now),
    )


def renewed(permission: Permission, granted: Granted, now: datetime) -> Permission:
    """Return the permission after a refresh: with the new refresh token, if there is one, and the end as told now."""
    ends_at = _end(granted, now) or permission.ends_at
    if ends_at is not None and permission.ends_at is not None and abs(ends_at - permission.ends_at) < SAME_END:
        ends_at = permission.ends_at
    if granted.refresh_token in {"", permission.refresh_token}:
        return replace(permission, ends_at=ends_at)
    return replace(permission, refresh_token=granted.refresh_token, issued_at=now, ends_at=ends_at)


def _end(granted: Granted, now: datetime) -> datetime | None:
    lasts = granted.permission_lasts_seconds
    # Some providers say 0 for "without end".
    return now + timedelta(seconds=min(lasts, 1e9)) if lasts else None
