"""How far a mail proves its sender: by what our own border server found, or by a DKIM check of our own.

Only one answer is possible besides nothing: somebody whose word we take found the From domain itself in order. A name,
a Reply-To, SPF alone, a result some other server wrote, or one that stands where a sender could have put it, is nothing
(reliability, section 4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailbot.core.model.mail import Proof
from mailbot.reading.mime.headers import Headers
from mailbot.reading.proof.dkim_check import aligned, signature_tags
from mailbot.reading.proof.received import Received, read_received

BELOW = "below:"
"""`below:mx.example.go.id` in the configuration: this server writes its results under its own Received line (Postfix
with a milter does), always writes them, and takes out forged ones (RFC 8601, 5)."""
MICROSOFT_365 = ""
"""The authserv-id that Microsoft 365 writes: none. It is trusted by position; in the configuration `microsoft-365`."""
_SPELLINGS = {"microsoft-365": MICROSOFT_365, "microsoft365": MICROSOFT_365}
# Servers known to write under their own Received line, always, and to take out forged results.
_KNOWN_BELOW = frozenset({"mx.google.com"})
_LONGEST_FIELD = 8_192
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s;"()=]+|[;=]')
_METHOD = re.compile(r"[a-z][a-z0-9-]{0,40}(?:/\d+)?")
_AUTHSERV_ID = re.compile(r"[A-Za-z0-9._-]{1,253}")


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
    text = field[:_LONGEST_FIELD].decode("utf-8", errors="replace")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderProof:
    """How far the sender is proved, and by what."""

    proof: Proof
    signers: tuple[frozenset[str], ...] = ()
    """On whose signatures alone the proof rests: for each one that holds, the domains it may be of. None: our border
    took the mail from the domain's own server (SPF), or nothing is proved."""


def prove_sender(
    headers: Headers, senders: tuple[str, ...], authserv_ids: tuple[str, ...], signed_by: str = ""
) -> SenderProof:
    """Say whether the one sender is proved, and on whose signatures that rests.

    Args:
        headers: of the mail itself.
        senders: what From says; anything but exactly one address proves nobody.
        authserv_ids: the names our own servers write in Authentication-Results; `microsoft-365` for its nameless
            ones, `below:` before one that writes under its own Received line.
        signed_by: the domain whose signature was found to hold by our own check (`signatures.signing_domain`); empty:
            none was, or none was made.
    """
    if len(senders) != 1 or "@" not in senders[0]:
        return SenderProof(proof=Proof.NONE)
    domain = senders[0].rpartition("@")[2].casefold()
    findings = [finding for results in believed_results(headers, authserv_ids) for finding in results.findings]
    if not findings and not signed_by:
        return SenderProof(proof=Proof.NONE)
    dmarc = [finding for finding in findings if finding.method == "dmarc"]
    if any(finding.result == "fail" for finding in dmarc):
        return SenderProof(proof=Proof.FAILED)
    passed = bool(dmarc) and all(
        finding.result == "pass" and _domain_of(finding.value("header.from")) == domain for finding in dmarc
    )
    if passed and any(_sent_for(finding, domain) for finding in findings):
        return SenderProof(proof=Proof.AUTHENTICATED)
    signed = {tags["d"] for tags in signature_tags(headers) if not tags["d"] or aligned(tags["d"], domain)}
    signers = [_signers(finding, signed) for finding in findings if _signs_for(finding, domain)]
    if signed_by and aligned(signed_by, domain):
        signers.append(frozenset({signed_by}))
    if passed and signed and not signers and not any(finding.method == "spf" for finding in findings):
        # A result that names no method; where nobody signed for the domain, its own server sent the mail.
        signers.append(frozenset(signed))
    if not passed and not signers:
        return SenderProof(proof=Proof.NONE)
    # Where the border keeps no signature in the mail there is nothing to look at but its word.
    return SenderProof(proof=Proof.AUTHENTICATED, signers=tuple(signers) if headers.has("dkim-signature") else ())


def believed_results(headers: Headers, authserv_ids: tuple[str, ...]) -> tuple[AuthResults, ...]:
    """Return the Authentication-Results that only our border server can have written: the topmost, where it puts them.

    Read from the top. Lines above the border's own Received line cannot come from outside; a Received line of a
    hand-over within the office (LMTP, loopback) is passed, the first other one is the border.
    """
    names = [_SPELLINGS.get(name.casefold(), name.casefold()) for name in authserv_ids]
    above = frozenset(name for name in names if not name.startswith(BELOW)) - _KNOWN_BELOW
    below = frozenset(name.removeprefix(BELOW) for name in names) - above
    found: list[AuthResults] = []
    for position, (name, value) in enumerate(headers.fields):
        if name == "authentication-results":
            results = parse_auth_results(value)
            if results is not None and results.authserv_id in above:
                found.append(results)
        elif name == "received":
            received = read_received(value)
            if found:
                return _with_its_border(found, received)
            if not received.within(microsoft=MICROSOFT_365 in above):
                return _under_the_border(headers, position, received, below)
    # A mail without a border: nobody took it in from outside, so nobody vouches.
    return ()


def _with_its_border(found: list[AuthResults], received: Received) -> tuple[AuthResults, ...]:
    """Return results standing above a Received line; those of Microsoft 365 count only above one of its own."""
    return tuple(results for results in found if results.authserv_id != MICROSOFT_365 or received.by_microsoft)


def _under_the_border(
    headers: Headers, position: int, received: Received, below: frozenset[str]
) -> tuple[AuthResults, ...]:
    """Return the topmost result right under the border's own Received line, for servers that write there."""
    if not received.by_host or not received.from_host or received.logged_in:
        return ()
    for name, value in headers.fields[position + 1 :]:
        if name == "received":
            return ()
        if name == "authentication-results":
            results = parse_auth_results(value)
            known = results is not None and results.authserv_id in below and received.by_host == results.authserv_id
            return (results,) if results is not None and known else ()
    return ()


def _signs_for(finding: Finding, domain: str) -> bool:
    """Say whether a finding is a valid DKIM signature of the From domain."""
    return finding.method == "dkim" and finding.result == "pass" and aligned(_signer(finding), domain)


def _signer(finding: Finding) -> str:
    """Return the domain whose signature a finding is about."""
    return finding.value("header.d") or _domain_of(finding.value("header.i"))


def _signers(finding: Finding, signed: set[str]) -> frozenset[str]:
    """Return the domains whose signature a finding may be about; an identity (`header.i`) may lie below its domain."""
    named = finding.value("header.d")
    if named:
        return frozenset({named})
    return frozenset(domain for domain in signed if not domain or aligned(domain, _signer(finding)))


def _sent_for(finding: Finding, domain: str) -> bool:
    """Say whether a finding is that the mail came from a server of the From domain (SPF)."""
    if finding.method != "spf" or finding.result != "pass":
        return False
    sender = _domain_of(finding.value("smtp.mailfrom"))
    return aligned(sender, domain) or aligned(domain, sender)


def _domain_of(value: str) -> str:
    """Return the domain of `header.from` or `header.i`, which may be written with a local part."""
    return value.rpartition("@")[2].strip().rstrip(".")
