"""A DKIM check of our own: whether a mail carries a valid signature of its From domain; anything in doubt is none.

RFC 6376 leaves much to the verifier. Ours is asked before a deciding word counts, so it refuses what would let somebody
reuse a signature: a part of the body (`l=`), a short key, an old date, a From, Date or Message-ID that is not signed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import dkim

from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.headers import Headers, read_senders, scan_headers

TxtLookup = Callable[[str], str]
"""Gives the TXT record of a name in the DNS as one text, empty if there is no answer; the caller's: sockets are not
ours."""

SHORTEST_KEY_BITS = 1_024
"""Shorter ones can be broken (RFC 8301, 3.2)."""
MUST_BE_SIGNED = frozenset({"from", "date", "message-id"})
"""Fields without which a signature says nothing about whose mail this is, when it was written, and which one it is."""
FRESH_FOR = timedelta(days=5)
"""A mail waits no longer than this on its way (Postfix's maximal_queue_lifetime); an older one is sent again."""

_CLOCKS_DIFFER = timedelta(hours=10)
_MOST_SIGNATURES = 5
_LONGEST_FIELD = 8_192
_ALGORITHMS = frozenset({"rsa-sha256", "ed25519-sha256"})
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*")
# Suffixes under which strangers register; a signature by one of them signs for nobody.
_PUBLIC_SUFFIX = re.compile(r"(?:[a-z]{2,}|(?:go|co|or|ac|sch|net|web|mil|desa|my|biz|com|org|gov|edu)\.[a-z]{2})")


def aligned(signer: str, domain: str) -> bool:
    """Say whether a signing domain speaks for a From domain: it is the same, or above it and nobody's public suffix."""
    if _PUBLIC_SUFFIX.fullmatch(signer):
        return False
    return bool(signer) and (domain == signer or domain.endswith(f".{signer}"))


def signing_domain(raw: bytes, *, received_at: datetime, limits: MailLimits, dns: TxtLookup) -> str:
    """Return the domain whose valid signature speaks for the one From address; empty if there is none.

    Args:
        raw: the mail as it came, byte for byte.
        received_at: when our server took it; what has expired by then, or is older than `FRESH_FOR`, proves nothing.
        limits: how much of the header is looked at.
        dns: looks up keys; asked only for domains that speak for the From address.
    """
    headers, _ = scan_headers(raw, 0, len(raw), limits, set())
    senders = read_senders(headers, set())
    if len(senders) != 1 or "@" not in senders[0] or len(raw) > limits.message_bytes:
        return ""
    domain = senders[0].rpartition("@")[2].casefold()
    for index, tags in enumerate(map(_tags, headers.raw("dkim-signature")[:_MOST_SIGNATURES])):
        if _worth_checking(tags, domain, headers, received_at) and _verifies(raw, index, dns):
            return tags["d"]
    return ""


def signature_tags(headers: Headers) -> tuple[dict[str, str], ...]:
    """Return the tags of every signature in a header; whether one holds is not asked."""
    return tuple({"d": ""} | tags for tags in map(_tags, headers.raw("dkim-signature")))


def _worth_checking(tags: dict[str, str], domain: str, headers: Headers, received_at: datetime) -> bool:
    """Say whether a signature, should it hold, would prove anything; nothing is looked up for one that would not."""
    signed = frozenset(tags.get("h", "").split(":"))
    return (
        "l" not in tags
        and tags.get("a", "") in _ALGORITHMS
        and aligned(tags.get("d", ""), domain)
        and all(_HOST.fullmatch(tags.get(name, "")) for name in ("s", "d"))
        and signed >= MUST_BE_SIGNED
        and all(len(headers.raw(name)) == 1 for name in MUST_BE_SIGNED)
        and _is_fresh(tags, headers, received_at)
    )


def _is_fresh(tags: dict[str, str], headers: Headers, received_at: datetime) -> bool:
    """Say whether the signed moments fit the moment of arrival: not expired, not old, not in the future."""
    expires = list(_moments(tags, "x"))
    if None in expires or any(moment is not None and moment < received_at for moment in expires):
        return False
    moments = [*_moments(tags, "t"), _written_at(headers)]
    return all(
        moment is not None and received_at - FRESH_FOR <= moment <= received_at + _CLOCKS_DIFFER for moment in moments
    )


def _moments(tags: dict[str, str], name: str) -> Iterator[datetime | None]:
    """Yield the moment of a tag that is there; None if it is none."""
    if name in tags:
        digits = tags[name]
        yield datetime.fromtimestamp(int(digits), UTC) if re.fullmatch(r"[0-9]{1,11}", digits) else None


def _written_at(headers: Headers) -> datetime | None:
    """Return the Date field's moment; None if it has no zone or cannot be read."""
    try:
        moment = parsedate_to_datetime(headers.text("date"))
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else None


def _tags(field: bytes) -> dict[str, str]:
    """Return the tags of a DKIM signature, names and values in small letters without blanks."""
    text = re.sub(r"\s+", "", field.decode("latin-1"))[:_LONGEST_FIELD].casefold()
    return {name: value for name, _, value in (tag.partition("=") for tag in text.split(";")) if name}


def _verifies(raw: bytes, index: int, dns: TxtLookup) -> bool:
    """Say whether one signature holds for the bytes as they came."""

    def look_up(name: bytes | str, **_: object) -> bytes:
        """Give a key's record as dkimpy wants it; the caller's look-up keeps its own time limit."""
        text = name.decode("ascii", errors="replace") if isinstance(name, bytes) else name
        return dns(text.rstrip(".")).encode()

    try:
        return bool(dkim.DKIM(raw, minkey=SHORTEST_KEY_BITS).verify(index, dnsfunc=look_up))
    except Exception:  # noqa: BLE001 - a foreign parser fails on hostile bytes in every way there is; unproved is the answer
        return False
