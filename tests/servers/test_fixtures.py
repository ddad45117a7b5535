"""A missing server skips a test on a developer's machine and fails it in the build."""

from __future__ import annotations

import pytest

from tests.servers.fixtures import insist

REASON = "Postfix starts only as root"


def test_with_servers_a_test_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """No reason, no skip, in the build or not."""
    for value in ("true", ""):
        monkeypatch.setenv("CI", value)
        insist(None)


def test_without_servers_a_test_is_skipped_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine without root or packages the others still run."""
    monkeypatch.delenv("CI", raising=False)

    with pytest.raises(pytest.skip.Exception, match=REASON):
        insist(REASON)


def test_in_the_build_a_missing_server_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that skips its server tests would prove nothing."""
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match=REASON):
        insist(REASON)
