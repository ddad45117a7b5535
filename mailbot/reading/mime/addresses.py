"""The From field read strictly: who a mail says it is from, with every trick ending in nobody (T9)."""

from __future__ import annotations

import re

from mailbot.reading.defects import Defect
from mailbot.reading.mime.headers import Headers

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_LONGEST_LOCAL = 64
_LONGEST_DOMAIN = 253
_FEWEST_LABELS = 2


def read_senders(headers: Headers, defects: set[Defect]) -> tuple[str, ...]:
    """Return the addresses in From; anything but exactly one entry means nobody we know.

    Two From fields give the addresses of both; a field that does not parse to the last character gives none. Reply-To
    and Sender are never looked at.
    """
    fields = headers.raw("from")
    if len(fields) > 1:
        defects.add(Defect.SEVERAL_FROM)
    found: list[str] = []
    for field in fields:
        addresses = read_addresses(field[: headers.value_bytes]) if len(field) <= headers.value_bytes else ()
        # A second From that holds nothing still makes the mail nobody's: an empty entry keeps the count above one.
        found += addresses or ([""] if len(fields) > 1 else [])
    if len(found) != 1:
        defects.add(Defect.FROM_UNUSABLE)
    return tuple(found)


def read_addresses(field: bytes) -> tuple[str, ...]:
    """Return every address in a raw address field, domain in small ASCII letters; empty if any of it is malformed."""
    text = re.sub(r"\r*\n(?=[ \t])", "", field.decode("utf-8", errors="surrogateescape"))
    if _CONTROLS.search(text):
        return ()
    mailboxes = _split_mailboxes(text)
    addresses = [_address_of(mailbox) for mailbox in mailboxes]
    return tuple(addresses) if all(addresses) else ()


def strict_address(text: str) -> str:
    """Return one bare address with its domain in small ASCII letters, or an empty string if it is not one."""
    local, at, domain = text.rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or len(local) > _LONGEST_LOCAL or "=?" in local:
        return ""
    ascii_domain = _ascii_domain(domain)
    return f"{local}@{ascii_domain}" if ascii_domain else ""


def _ascii_domain(domain: str) -> str:
    """Return a host name in ASCII; a look-alike letter gives an `xn--` name that is on nobody's list."""
    if len(domain) > _LONGEST_DOMAIN:
        return ""
    try:
        ascii_domain = domain.encode("ascii").decode() if domain.isascii() else domain.encode("idna").decode()
    except UnicodeError:
        return ""
    labels = ascii_domain.casefold().split(".")
    if len(labels) < _FEWEST_LABELS or not all(_LABEL.fullmatch(label) for label in labels):
        return ""
    return ".".join(labels)


def _split_mailboxes(text: str) -> list[str]:
    """Return the comma-separated mailboxes with comments taken out; a single empty one if quoting is broken.

    Quoted strings are replaced by `""`, so that nothing inside one can look like an address.
    """
    mailboxes, current, depth, quoted, escaped = [], [], 0, False, False
    for sign in text:
        if escaped:
            escaped = False
        elif sign == "\\" and (quoted or depth):
            escaped = True
        elif quoted:
            quoted = sign != '"'
        elif sign == "(":
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
        elif depth:
            continue
        elif sign == '"':
            quoted = True
            current.append('""')
        elif sign == ",":
            mailboxes.append("".join(current))
            current = []
        else:
            current.append(sign)
    if quoted or depth or escaped:
        return [""]
    return [*mailboxes, "".join(current)]


def _address_of(mailbox: str) -> str:
    """Return the address of one mailbox, `name <address>` or bare; empty if it is neither, to the last character."""
    text = mailbox.strip()
    before, bracket, rest = text.partition("<")
    if not bracket:
        return strict_address(text)
    inside, close, after = rest.partition(">")
    if not close or after.strip() or "<" in inside:
        return ""
    # A name that holds another address, or a group, outside quotes is made to be misread; one's own is only common.
    if set(">@:;") & set(before) and before.strip().casefold() != inside.strip().casefold():
        return ""
    return strict_address(inside.strip())
