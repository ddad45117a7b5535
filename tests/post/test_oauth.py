"""Access tokens: fetched before they end, kept in memory, refresh tokens kept whole, and a refusal never hammered."""

from __future__ import annotations

import logging
import os
import stat
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.errors import PostUnavailable
from mailbot.post.oauth import FIRST_BACK_OFF_SECONDS, PAUSE_SECONDS, AccessTokens
from mailbot.post.permission import PermissionFile
from mailbot.settings.oauth import OAuth
from tests.post.oauth_clients import BEGUN, MAILBOX, Hands, client_of, consented, tokens_for
from tests.servers.tokens import CLIENT_SECRET, Reply, TokenOffice


@pytest.fixture
def office() -> Iterator[TokenOffice]:
    """A provider at which nobody has consented yet."""
    with TokenOffice() as running:
        yield running


@pytest.fixture
def oauth(office: TokenOffice, tmp_path: Path) -> OAuth:
    """Our settings for it."""
    return client_of(office, tmp_path)


@pytest.fixture
def hands() -> Hands:
    """The clock."""
    return Hands()


@pytest.fixture
def tokens(office: TokenOffice, oauth: OAuth, hands: Hands) -> AccessTokens:
    """The access tokens of a mailbox whose owner has consented."""
    consented(office, oauth)
    return tokens_for(oauth, hands)


def refusal(tokens: AccessTokens) -> PostUnavailable:
    """Return why there is no token."""
    with pytest.raises(PostUnavailable) as caught:
        tokens()
    return caught.value


def failing(status: int, told: object) -> object:
    """Make a reply that is given instead of the right one."""
    return lambda: (status, told)


def test_a_token_is_fetched_once_and_renewed_before_it_ends(
    office: TokenOffice, tokens: AccessTokens, hands: Hands
) -> None:
    """An hour's token serves for 55 minutes."""
    first = tokens()
    assert office.owners[first] == MAILBOX
    hands.wait(3299)
    assert tokens() == first
    hands.wait(2)
    assert tokens() != first
    assert office.refreshes() == 2


def test_a_short_lived_token_serves_three_quarters_of_its_life(
    office: TokenOffice, tokens: AccessTokens, hands: Hands
) -> None:
    """Else each login would fetch one; a life written as text counts, and one left out means ten minutes."""
    for told, serves in ((40, 30), ("40", 30), (None, 450)):
        office.lasts_seconds = told
        hands.wait(4000)
        token = tokens()
        hands.wait(serves - 1)
        assert tokens() == token
        hands.wait(2)
        assert tokens() != token


def test_a_new_refresh_token_is_kept_for_us_alone_before_anything_is_done_with_it(
    office: TokenOffice, oauth: OAuth, tokens: AccessTokens, hands: Hands
) -> None:
    """The provider has forgotten the old one; a new process goes on with the new one."""
    before = tokens.permission()
    hands.wait(60)
    tokens()
    kept = PermissionFile(oauth, MAILBOX).read()
    assert kept is not None
    assert [kept.refresh_token] == list(office.refresh_tokens)
    assert kept == replace(before, refresh_token=kept.refresh_token, issued_at=BEGUN + timedelta(seconds=60))
    assert stat.S_IMODE(tokens.file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(oauth.token_folder.stat().st_mode) == 0o700
    assert sorted(path.name for path in oauth.token_folder.iterdir()) == [f"{MAILBOX}.json", f"{MAILBOX}.lock"]
    assert office.owners[tokens_for(oauth, hands)()] == MAILBOX


def test_a_refresh_token_that_stays_is_not_written_again(office: TokenOffice, tokens: AccessTokens) -> None:
    """Google's stays for months."""
    office.rotates = False
    written = tokens.file.path.stat().st_mtime_ns
    tokens()
    assert tokens.file.path.stat().st_mtime_ns == written


def test_processes_that_ask_at_once_do_not_use_a_refresh_token_twice(office: TokenOffice, oauth: OAuth) -> None:
    """A token shown twice counts as stolen at a provider that rotates them."""
    consented(office, oauth)
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: AccessTokens(oauth, MAILBOX)(), range(8)))
    assert [office.owners[token] for token in got] == [MAILBOX] * 8
    assert office.refreshes() == 8


def test_threads_of_one_process_share_one_token(office: TokenOffice, tokens: AccessTokens) -> None:
    """The watch and the pass log in at the same moment; one question is enough."""
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: tokens(), range(8)))) == 1
    assert office.refreshes() == 1


@pytest.mark.parametrize("error", ["invalid_grant", "interaction_required"])
def test_a_permission_taken_back_pauses_the_account_until_somebody_consents_again(
    office: TokenOffice, oauth: OAuth, tokens: AccessTokens, hands: Hands, error: str
) -> None:
    """The provider is asked once; neither time nor a restart makes us ask again, only a new login does."""
    office.instead.append(lambda: (400, {"error": error, "error_description": "AADSTS70008: expired\r\nTrace"}))
    told = refusal(tokens)
    assert told.credentials
    assert str(told) == (
        f"The provider has taken the permission back ({error}: AADSTS70008: expired Trace): mailbox {MAILBOX}. "
        f"Run: mailbot login --account {MAILBOX}"
    )
    hands.wait(1_000_000)
    assert (refusal(tokens).credentials, refusal(tokens_for(oauth, hands)).credentials) == (True, True)
    assert office.refreshes() == 1
    consented(office, oauth, at=BEGUN + timedelta(days=1))
    assert office.owners[tokens()] == MAILBOX


def test_without_a_permission_nobody_is_asked(oauth: OAuth, hands: Hands, office: TokenOffice) -> None:
    """The way out is named."""
    told = refusal(tokens_for(oauth, hands))
    assert (told.credentials, office.asked) == (True, [])
    assert str(told).endswith(f"Run: mailbot login --account {MAILBOX}")


@pytest.mark.parametrize("change", [{"client_id": "lain"}, {"token_endpoint": "http://127.0.0.1:9/lain"}])
def test_a_refresh_token_is_never_sent_to_another_provider(
    office: TokenOffice, tokens: AccessTokens, oauth: OAuth, hands: Hands, change: dict[str, str]
) -> None:
    """A changed setting wants a new consent."""
    told = refusal(tokens_for(replace(oauth, **change), hands))  # type: ignore[arg-type]  # two texts
    assert (told.credentials, office.asked) == (True, [])
    assert "another provider or client id" in str(told)


def test_a_wrong_client_secret_is_told_and_asked_again_a_quarter_of_an_hour_later(
    office: TokenOffice, tokens: AccessTokens, hands: Hands
) -> None:
    """It is not the permission that failed: it stays as it is."""
    office.secret = "diganti"
    assert "MAILBOT_OAUTH_CLIENT_SECRET" in str(refusal(tokens))
    hands.wait(PAUSE_SECONDS - 1)
    assert refusal(tokens).credentials
    assert office.refreshes() == 1
    office.secret = CLIENT_SECRET
    hands.wait(2)
    assert office.owners[tokens()] == MAILBOX


AWAY: dict[str, tuple[object, str]] = {
    "500": (failing(500, {"error": "invalid_grant"}), "cannot answer now (invalid_grant)"),
    "503 without words": (failing(503, b"<html>busy</html>"), "makes no sense (HTTP status 503)"),
    "429": (failing(429, {"error": "slow_down"}), "cannot answer now (slow_down)"),
    "temporarily": (failing(400, {"error": "temporarily_unavailable"}), "cannot answer now"),
    "no JSON": (failing(200, b"\xff\xfe\x00"), "makes no sense (HTTP status 200)"),
    "deep JSON": (failing(200, b"[" * 60_000), "makes no sense (HTTP status 200)"),
    "a list": (failing(200, ["access_token"]), "makes no sense"),
    "no token": (failing(200, {"token_type": "Bearer"}), "makes no sense"),
    "token that breaks a line": (failing(200, {"access_token": "a\x01auth=x\x01"}), "makes no sense"),
    "token of another kind": (failing(200, {"access_token": "a", "token_type": "mac"}), "makes no sense"),
    "refresh token that is none": (failing(200, {"access_token": "a", "refresh_token": ["b"]}), "makes no sense"),
    "moved": (failing(302, "http://127.0.0.1:9/"), "makes no sense (HTTP status 302)"),
    "endless": (failing(200, b" " * 100_000), "without end"),
    "hung up": ("close", "broke the connection"),
}


@pytest.mark.parametrize("case", AWAY)
def test_a_provider_in_trouble_is_left_alone_a_while_and_then_tried_again(
    office: TokenOffice, tokens: AccessTokens, hands: Hands, case: str
) -> None:
    """Nothing is taken for the end of the permission, whatever the answer says."""
    instead, words = AWAY[case]
    office.instead.append(instead)  # type: ignore[arg-type]  # a reply or a word, as the table says
    told = refusal(tokens)
    assert (told.credentials, words in str(told)) == (False, True), str(told)
    hands.wait(FIRST_BACK_OFF_SECONDS - 1)
    assert str(refusal(tokens)) == str(told)
    assert office.refreshes() == 1
    hands.wait(2)
    assert office.owners[tokens()] == MAILBOX


def test_the_pause_grows_with_each_failure_up_to_a_quarter_of_an_hour(
    office: TokenOffice, tokens: AccessTokens, hands: Hands
) -> None:
    """30 s, 1, 2, 4, 8, 15, 15 minutes; a success begins anew."""
    office.instead.extend(["close"] * 7)
    pauses = []
    for _ in range(7):
        refusal(tokens)
        asked, began = office.refreshes(), hands.seconds
        while office.refreshes() == asked and len(office.instead):
            hands.wait(15)
            refusal(tokens)
        pauses.append(hands.seconds - began)
    assert pauses[:6] == [30, 60, 120, 240, 480, 900]
    hands.wait(PAUSE_SECONDS)
    tokens()
    office.instead.append("close")
    hands.wait(4000)
    refusal(tokens)
    hands.wait(31)
    assert office.owners[tokens()] == MAILBOX


def test_a_token_that_is_still_good_is_used_on_while_the_provider_is_away(
    office: TokenOffice, tokens: AccessTokens, hands: Hands, caplog: pytest.LogCaptureFixture
) -> None:
    """That is what renewing early is for."""
    token = tokens()
    office.instead.append("close")
    hands.wait(3400)
    with caplog.at_level(logging.WARNING):
        assert tokens() == token
    assert "The access token at hand is used on." in caplog.text
    hands.wait(FIRST_BACK_OFF_SECONDS + 1)
    assert tokens() != token


def test_a_wrong_date_does_no_harm(office: TokenOffice, oauth: OAuth) -> None:
    """The clock on the wall jumps years; a token's life is counted in seconds that only go forward."""
    consented(office, oauth)
    hands = Hands()
    dates = iter([BEGUN, BEGUN - timedelta(days=5000), BEGUN + timedelta(days=5000)])
    tokens = AccessTokens(oauth, MAILBOX, now=lambda: next(dates), monotonic=hands.monotonic)
    first = tokens()
    assert tokens() == first
    hands.wait(3500)
    assert tokens() != first
    assert office.refreshes() == 2


def test_a_refused_token_is_replaced_once_in_a_quarter_of_an_hour(tokens: AccessTokens, hands: Hands) -> None:
    """A mailbox that refuses new tokens as well has another trouble; asking for more of them would mend nothing."""
    first = tokens()
    assert tokens.renew(first)
    second = tokens()
    assert second != first
    assert tokens.renew(first), "somebody else has renewed it meanwhile: the new one may be tried"
    assert not tokens.renew(second)
    assert tokens() == second
    hands.wait(PAUSE_SECONDS)
    assert tokens.renew(second)


def test_a_disk_that_is_full_does_not_lose_the_new_refresh_token(
    office: TokenOffice, oauth: OAuth, tokens: AccessTokens, hands: Hands, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told without showing it, held in memory, and written as soon as that works."""
    (oauth.token_folder / f".{MAILBOX}.json.{os.getpid()}").mkdir()
    with caplog.at_level(logging.ERROR):
        tokens()
    (kept,) = office.refresh_tokens
    assert "cannot be written (Is a directory); a restart would need: mailbot login" in caplog.text
    assert "kenari" not in caplog.text
    (oauth.token_folder / f".{MAILBOX}.json.{os.getpid()}").rmdir()
    hands.wait(4000)
    tokens()
    (newest,) = office.refresh_tokens
    read = PermissionFile(oauth, MAILBOX).read()
    assert read is not None
    assert (read.refresh_token, kept == newest) == (newest, False)


def test_the_end_a_provider_tells_is_kept(office: TokenOffice, oauth: OAuth, hands: Hands) -> None:
    """Of Google's test apps: seven days; the same end told again in other seconds is the same."""
    consented(office, oauth)
    office.permission_lasts_seconds, office.rotates = 7 * 86_400, False
    tokens = tokens_for(oauth, hands)
    tokens()
    end = tokens.permission().ends_at
    assert end == BEGUN + timedelta(days=7)
    office.permission_lasts_seconds = 7 * 86_400 - 3990
    hands.wait(4000)
    tokens()
    assert tokens.permission().ends_at == end


def test_what_is_known_of_the_end_counts_from_where_it_should(office: TokenOffice, oauth: OAuth) -> None:
    """The provider's word, the days since the login, the days without use: the earliest."""
    permission = replace(consented(office, oauth), issued_at=BEGUN + timedelta(days=10))
    assert permission.known_end(oauth) is None
    assert permission.known_end(replace(oauth, idle_days=90)) == BEGUN + timedelta(days=100)
    assert permission.known_end(replace(oauth, idle_days=90, ends_after_days=30)) == BEGUN + timedelta(days=30)
    told = replace(permission, ends_at=BEGUN + timedelta(days=7))
    assert told.known_end(replace(oauth, idle_days=90, ends_after_days=30)) == BEGUN + timedelta(days=7)


def canary(reply: Reply | None, office: TokenOffice, tokens: AccessTokens) -> str:
    """Let a refresh go wrong, and return everything a person could see of it."""
    if reply is not None:
        office.instead.append(lambda: reply)
    try:
        shown = repr(tokens.permission())
        tokens()
    except PostUnavailable as trouble:
        return shown + repr(tokens.__dict__) + "".join(traceback.format_exception(trouble)) + repr(trouble)
    return shown + repr(tokens.__dict__) + repr(tokens)


@pytest.mark.parametrize(
    "reply",
    [
        None,
        (400, {"error": "invalid_grant", "error_description": "segar-kenari-2 is over, rahasia-klien-kenari too"}),
        (400, {"error": "invalid_scope", "error_description": f"eyJ{'kenari' * 30}"}),
        (500, {"error": "server_error", "error_description": "segar-kenari-2"}),
        (200, {"access_token": "akses-kenari\x01"}),
        (200, b'{"access_token": "akses-kenari", '),
    ],
)
def test_no_secret_is_ever_shown(
    office: TokenOffice, tokens: AccessTokens, reply: Reply | None, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in exceptions, tracebacks, logs or reprs, even where the provider repeats it."""
    with caplog.at_level(logging.DEBUG):
        shown = canary(reply, office, tokens)
    assert "kenari" not in shown + caplog.text
