"""A Received line: who handed the mail over, by the address that the server saw and not by the name he gave himself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_LONGEST_FIELD = 8_192
_BY = re.compile(r"(?:^|\s)by\s+(\S+)", re.IGNORECASE)
_FROM = re.compile(r"from\s+(\S+)", re.IGNORECASE)
_WITH = re.compile(r"\swith\s+([A-Za-z0-9]+)", re.IGNORECASE)
_IN_ANGLES = re.compile(r"<[^<>]*>")
# What the client called himself, as servers repeat it in a comment: `HELO x`, `helo=x`.
_HELO_COMMENT = re.compile(r"\b(?:HELO|EHLO|LHLO)\s.*", re.IGNORECASE | re.DOTALL)
_HELO_VALUE = re.compile(r"\bhelo=\S*", re.IGNORECASE)
_EXIM_COMMENT = re.compile(r"(?:helo|port)=", re.IGNORECASE)
_BETWEEN = re.compile(r"[^0-9A-Za-z:._%-]+")
_V4_WITH_PORT = re.compile(r"([0-9.]+):\d{1,5}")
_LIKE_AN_ADDRESS = re.compile(r"[0-9.]*\.[0-9.]*|[0-9A-Fa-f]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*")
_MICROSOFT_HOST = re.compile(r"[a-z0-9.-]+\.outlook\.com", re.IGNORECASE)
_LOGGED_IN = frozenset({"esmtpa", "esmtpsa", "smtpa", "http", "https", "utf8smtpa", "utf8smtpsa"})
# What Microsoft's own servers call each other from: closed nets, and 2603:10?6::, where only Exchange Online lives.
_CLOSED_NETS = tuple(
    map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fe80::/10", "fc00::/7"))
)
_EXCHANGE_ONLINE = re.compile(r"2603:10[0-9a-f]6:")

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One line as its server wrote it; what a client may have put into it is never taken for the server's own."""

    from_host: str
    """The name after `from`, which the client may have chosen; empty if there is no such clause."""
    by_host: str
    protocol: str
    """After `with`, in small letters."""
    clients: tuple[Address | None, ...]
    """Every address in the comments on the client, what he called himself left out; None: one that cannot be read."""
    local: bool
    """A program on the server itself handed it in."""

    @property
    def logged_in(self) -> bool:
        """Say whether somebody logged in to hand it over."""
        return self.protocol in _LOGGED_IN

    @property
    def by_microsoft(self) -> bool:
        """Say whether a server of Microsoft 365 wrote the line."""
        return _MICROSOFT_HOST.fullmatch(self.by_host) is not None

    def within(self, *, microsoft: bool) -> bool:
        """Say whether it is a hand-over within our own walls, which nobody outside can have caused.

        Args:
            microsoft: our border is Microsoft 365, whose servers hand over to each other by name and closed address.
        """
        if microsoft and self.by_microsoft and _MICROSOFT_HOST.fullmatch(self.from_host):
            return bool(self.clients) and all(map(_of_microsoft, self.clients))
        if self.logged_in or self.local or not self.by_host:
            return False
        if self.protocol.startswith("lmtp") or not self.from_host:
            return True
        return bool(self.clients) and all(client is not None and client.is_loopback for client in self.clients)


def read_received(value: bytes) -> Received:
    """Take one line apart; one that is not closed as it was opened says nothing."""
    text = re.sub(r"\s+", " ", value[:_LONGEST_FIELD].decode("latin-1")).strip()
    outside, comments = _apart(text)
    if outside is None:
        return Received(from_host="", by_host="", protocol="", clients=(), local=True)
    plain = _IN_ANGLES.sub(" ", outside).partition(";")[0]
    # What the client said of himself stands before the server's own words: the last `by` is the server's.
    by = next(iter(reversed(list(_BY.finditer(plain)))), None)
    came_from, protocol = _FROM.match(plain), _WITH.search(plain[by.end() :] if by is not None else "")
    on_client = [comment for place, comment in comments if by is None or place <= by.start()]
    return Received(
        from_host=came_from[1] if came_from is not None else "",
        by_host=by[1].casefold() if by is not None else "",
        protocol=protocol[1].casefold() if protocol is not None else "",
        clients=_clients(came_from[1] if came_from is not None else "", on_client),
        local="userid" in text or text.casefold().startswith("(from"),
    )


def _apart(text: str) -> tuple[str | None, list[tuple[int, str]]]:
    """Return the text without its comments, and the comments with the places where they stood; None: one never ends."""
    outside: list[str] = []
    comments: list[tuple[int, str]] = []
    depth, comment = 0, ""
    for sign in text:
        if sign == "(":
            depth += 1
            comment = "" if depth == 1 else f"{comment} "
        elif sign == ")" and depth:
            depth -= 1
            if not depth:
                comments.append((len(outside), comment))
                outside.append(" ")
        elif depth:
            comment += sign
        else:
            outside.append(sign)
    return (None if depth else "".join(outside)), comments


def _clients(named: str, comments: list[str]) -> tuple[Address | None, ...]:
    """Return the addresses that a server saw the client call from."""
    seen = [_HELO_VALUE.sub(" ", _HELO_COMMENT.sub(" ", comment)) for comment in comments]
    found = [address for comment in seen for token in _BETWEEN.split(comment) for address in _address(token)]
    if not found and any(_EXIM_COMMENT.match(comment) for comment in comments):
        # Exim writes the address itself after `from` where it found no name for it.
        found = list(_address(named.strip("[]")))
    return tuple(found)


def _address(token: str) -> tuple[Address | None, ...]:
    """Return the address that a token is; None if it is written like one and is none; nothing for any other word."""
    bare = re.sub(r"(?i)^ipv6:", "", token.strip("._-")).partition("%")[0]
    with_port = _V4_WITH_PORT.fullmatch(bare)
    try:
        address = ip_address(with_port[1] if with_port is not None else bare)
    except ValueError:
        return (None,) if _LIKE_AN_ADDRESS.fullmatch(bare) and any(sign.isalnum() for sign in bare) else ()
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address,)


def _of_microsoft(client: Address | None) -> bool:
    """Say whether an address is one that only Microsoft's own servers call from."""
    if client is None:
        return False
    closed = any(client in net for net in _CLOSED_NETS if net.version == client.version)
    return closed or client.is_loopback or _EXCHANGE_ONLINE.match(str(client)) is not None
