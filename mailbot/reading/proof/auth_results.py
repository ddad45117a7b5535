"""One Authentication-Results field taken apart (RFC 8601): who wrote it and what it found."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s;"()=]+|[;=]')
_METHOD = re.compile(r"[a-z][a-z0-9-]{0,40}(?:/\d+)?")
_AUTHSERV_ID = re.compile(r"[A-Za-z0-9._-]{1,253}")
_LONGEST = 8_192


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One method's result, e.g. dmarc pass with header.from; names and domains in small letters."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...]

    def value(self, name: str) -> str:
        """Return a property such as `header.from`; empty if it is not there exactly once."""
        values = [value for key, value in self.properties if key == name]
        return values[0] if len(values) == 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthResults:
    """One field: its authserv-id in small letters (empty: Microsoft 365 writes none), and what it found."""

    authserv_id: str
    findings: tuple[Finding, ...]


def parse_auth_results(field: bytes) -> AuthResults | None:
    """Take one raw field value apart; None if it is not written as RFC 8601 (or Microsoft) has it."""
    # Encoded words are left as they are: decoding them would let a sender's text become results.
    text = field[:_LONGEST].decode("utf-8", errors="replace")
    bare = _without_comments(text)
    if bare is None:
        return None
    groups = _groups(bare)
    if not groups:
        return None
    authserv_id = ""
    if "=" not in groups[0]:
        if not _AUTHSERV_ID.fullmatch(groups[0][0]) or groups[0][1:] not in ([], ["1"]):
            return None
        authserv_id = groups.pop(0)[0].casefold()
    findings = [_finding(group) for group in groups if group != ["none"]]
    return AuthResults(authserv_id=authserv_id, findings=tuple(finding for finding in findings if finding is not None))


def _without_comments(text: str) -> str | None:
    """Return the text with comments (nested too) taken out, quoted strings untouched; None if either never ends."""
    kept: list[str] = []
    depth, quoted, escaped = 0, False, False
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
            kept.append(" ")
            continue
        elif sign == '"' and not depth:
            quoted = True
        if not depth:
            kept.append(sign)
    return None if depth or quoted else "".join(kept)


def _groups(text: str) -> list[list[str]]:
    """Return the pieces between semicolons; a quoted string is one piece."""
    groups: list[list[str]] = [[]]
    for piece in _PIECE.findall(text):
        if piece == ";":
            groups.append([])
        else:
            groups[-1].append(piece[1:-1] if piece.startswith('"') else piece)
    return [group for group in groups if group]


def _finding(group: list[str]) -> Finding | None:
    """Return what `method = result property = value ...` says; None if it is written otherwise."""
    pairs: list[tuple[str, str]] = []
    position = 0
    while position + 2 < len(group) and group[position + 1] == "=":
        pairs.append((group[position].casefold(), group[position + 2].casefold()))
        position += 3
    if not pairs or not _METHOD.fullmatch(pairs[0][0]):
        return None
    method, result = pairs[0]
    return Finding(method=method.partition("/")[0], result=result, properties=tuple(pairs[1:]))
