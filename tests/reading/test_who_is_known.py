"""Whose name stands in From: commas of degrees make no second sender, a second address makes nobody's mail."""

from __future__ import annotations

import pytest

from mailbot.reading.mail import read_mail
from tests.failed_before import content, that_must
from tests.reading.mails import RECEIVED_AT


def _senders(name: str) -> tuple[str, ...]:
    """Give who wrote one of the inputs that once failed."""
    return read_mail(content(name), received_at=RECEIVED_AT, own_addresses=()).senders


@pytest.mark.parametrize("name", [name for name in that_must("known", kind="mails") if "from" in name])
def test_a_name_with_commas_is_a_name(name: str) -> None:
    """Degrees behind a name, unquoted, as phones and webmail of offices write them."""
    assert _senders(name) == ("kabid.piak@example.go.id",)


@pytest.mark.parametrize("name", that_must("unknown"))
def test_a_second_address_makes_it_nobody_s(name: str) -> None:
    """Wherever it stands."""
    assert len(_senders(name)) != 1
