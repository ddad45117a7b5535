"""Access tokens through whatever may happen, in any order: time, revocation, consent, restarts, trouble."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mailbot.errors import PostUnavailable
from mailbot.post.consent.browser_login import Question, answered
from mailbot.post.oauth import AccessTokens
from mailbot.post.permission import Permission, PermissionFile
from mailbot.post.token_office import Denied, Granted, ask_for_tokens
from tests.post.oauth_clients import BEGUN, MAILBOX, Hands, client_of, consented, tokens_for
from tests.servers.tokens import TokenOffice

TROUBLES = st.sampled_from(
    [(500, {}), (429, {"error": "slow_down"}), (200, b"<html>"), (400, {"error": "server_error"})]
)


Outcome = TypeVar("Outcome")


def attempt(act: Callable[[], Outcome]) -> Outcome | PostUnavailable:
    """Do something; return what came of it, or why the post was unavailable."""
    try:
        return act()
    except PostUnavailable as away:
        return away


class Life(RuleBasedStateMachine):
    """One mailbox, a provider, and two processes that log in to it."""

    def __init__(self) -> None:
        """Open the provider."""
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="mailbot-oauth-"))
        self.office = TokenOffice().__enter__()
        self.oauth = client_of(self.office, self.folder)
        self.hands = Hands()
        self.processes = [tokens_for(self.oauth, self.hands) for _ in range(2)]
        self.consents = 0
        self.told_ended = False

    def teardown(self) -> None:
        """Close the provider."""
        self.office.__exit__(None, None, None)
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        """The owner has consented once."""
        self.owner_consents()

    @rule()
    def owner_consents(self) -> None:
        """Somebody runs `mailbot login`, for the first time or anew."""
        self.consents += 1
        consented(self.office, self.oauth, at=BEGUN + timedelta(days=self.consents))
        self.told_ended = False

    @rule(seconds=st.integers(1, 5000))
    def time_passes(self, seconds: int) -> None:
        """Up to more than an hour."""
        self.hands.wait(seconds)

    @rule()
    def provider_takes_back(self) -> None:
        """Refresh tokens and access tokens end at once."""
        self.office.refresh_tokens.clear()
        self.office.owners.clear()

    @rule(trouble=TROUBLES)
    def provider_in_trouble(self, trouble: tuple[int, Any]) -> None:
        """The next question gets no sensible answer."""
        self.office.instead.append(lambda: trouble)

    @rule(rotates=st.booleans(), lasts=st.sampled_from([60, 3600, "3600", None]))
    def provider_changes(self, rotates: bool, lasts: object) -> None:  # noqa: FBT001  # a knob of the provider
        """New habits."""
        self.office.rotates, self.office.lasts_seconds = rotates, lasts

    @rule(which=st.integers(0, 1))
    def restart(self, which: int) -> None:
        """A process ends; what it held in memory is gone."""
        self.processes[which] = tokens_for(self.oauth, self.hands)

    @rule(which=st.integers(0, 1))
    def log_in(self, which: int) -> None:
        """Log in as the post room does: a refused token is replaced once."""
        tokens, before = self.processes[which], self.office.refreshes()
        outcome = attempt(lambda: self._token(tokens))
        if isinstance(outcome, PostUnavailable):
            kept = tokens.file.read()
            assert kept is not None
            assert outcome.credentials == bool(kept.ended)
            assert not (self.told_ended and self.office.refreshes() > before), "asked on after the end"
            self.told_ended = bool(kept.ended)
        else:
            assert outcome.startswith("akses-kenari-")
        assert self.office.refreshes() - before <= 2

    def _token(self, tokens: AccessTokens) -> str:
        token = tokens()
        return tokens() if token not in self.office.owners and tokens.renew(token) else token

    @rule(which=st.integers(0, 1))
    def hammer(self, which: int) -> None:
        """Twenty logins in one moment come to two questions at the most."""
        before = self.office.refreshes()
        for _ in range(20):
            self.log_in(which)
        assert self.office.refreshes() - before <= 2

    @invariant()
    def no_refresh_token_is_used_after_it_was_traded(self) -> None:
        """Whichever process traded it."""
        assert self.office.reused == []

    @invariant()
    def the_newest_refresh_token_is_kept(self) -> None:
        """What the provider knows of the last consent is what the file holds."""
        kept = PermissionFile(self.oauth, MAILBOX).read()
        if kept is not None and self.office.refresh_tokens:
            assert kept.ended or kept.refresh_token in self.office.refresh_tokens


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ("access_token", "token_type", "expires_in", "refresh_token", "refresh_token_expires_in", "scope", "error")


@pytest.fixture(scope="module")
def running() -> Any:  # noqa: ANN401  # pytest's generator
    """A provider for every example."""
    with TokenOffice() as office:
        yield office


@given(
    told=st.dictionaries(st.sampled_from(FIELDS), JSON | st.sampled_from(["Bearer", "a", "3600"]), max_size=7),
    status=st.sampled_from([200, 201, 204, 301, 400, 401, 404, 429, 500, 503]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_provider_answers_is_tokens_a_refusal_or_a_trouble(
    running: TokenOffice, tmp_path: Path, told: dict[str, object], status: int
) -> None:
    """Tokens are such as can stand in a login; a refusal is one short line."""
    running.instead.append(lambda: (status, told))
    oauth, fields = client_of(running, tmp_path), {"grant_type": "refresh_token", "refresh_token": "x"}
    answer = attempt(lambda: ask_for_tokens(oauth, fields))
    if isinstance(answer, Granted):
        assert (status, answer.access_token.isascii(), answer.access_token.isprintable()) == (200, True, True)
        assert 1 <= answer.lasts_seconds <= 86_400
    elif isinstance(answer, PostUnavailable):
        assert not answer.credentials
    else:
        assert len(answer.error) <= 300
        assert str(answer).isprintable() or not str(answer).isascii()


@given(content=st.binary(max_size=300) | JSON.map(lambda value: str(value).encode()))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_the_file_is_a_permission_or_damage(
    running: TokenOffice, tmp_path: Path, content: bytes
) -> None:
    """Nothing else is raised, and nothing of it shown."""
    file = PermissionFile(client_of(running, tmp_path), MAILBOX)
    file.path.parent.mkdir(exist_ok=True)
    file.path.touch(mode=0o600)
    file.path.write_bytes(content)
    outcome = attempt(file.read)
    assert isinstance(outcome, Permission) or str(outcome).endswith("is damaged. Run: mailbot login")


@given(address=st.text(max_size=200) | st.text(max_size=50).map(lambda tail: f"http://127.0.0.1:1/?state=s{tail}"))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_pasted_is_not_traded_unless_it_is_ours(running: TokenOffice, tmp_path: Path, address: str) -> None:
    """No text raises, and none but an answer to our question reaches the provider."""
    asked = Question(url="", redirect_uri="", state="rahasia-negara", verifier="v")
    assert isinstance(answered(client_of(running, tmp_path), asked, address), Denied)


def test_the_machine_is_held_by_a_token_that_is_used_twice(tmp_path: Path) -> None:
    """Its invariant can fail: two processes without the lock would be seen."""
    with TokenOffice() as office:
        oauth = client_of(office, tmp_path)
        before = consented(office, oauth)
        AccessTokens(oauth, MAILBOX)()
        PermissionFile(oauth, MAILBOX).keep(before)
        with pytest.raises(PostUnavailable):
            AccessTokens(oauth, MAILBOX)()
        assert office.reused == [before.refresh_token]
