"""The header fields of one part: found by bytes within limits, decoded one at a time on demand (T1, T4, T7).

From is read strictly, with every trick ending in nobody (T9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailbot.reading.defects import Defect
from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.decoding import clean_line, decode
from mailbot.reading.mime.field_values import decode_words, parameters_of

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")
_KNOWN_NAME = (
    rb"(?:From|To|Cc|Subject|Date|Message-ID|In-Reply-To|References|Reply-To|Sender|MIME-Version|Received|Return-Path|"
    rb"Delivered-To|Authentication-Results|DKIM-Signature|(?:Content|ARC|List)-[a-z-]{1,40})[ \t]*:"
)
_KNOWN_FIELD = re.compile(rb"\n" + _KNOWN_NAME, re.IGNORECASE)
_HEADER_BEGINS = re.compile(_KNOWN_NAME, re.IGNORECASE)
_BEFORE_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]{0,80}\r?\n){0,100}")
_MBOX_LINE = re.compile(rb">?From ")
_BLANK_LINE = re.compile(rb"\n\r?\n")
_BODY_BEGINS = re.compile(rb"\n(?:\r?\n|--)")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
_BARE_ID = re.compile(r"[^<>\s,;]{1,120}@[^<>\s,;]{1,120}")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_IN_ADDRESSES = re.compile(r"[<>@:;]")
_LONGEST_LOCAL = 64
_LONGEST_DOMAIN = 253
_FEWEST_LABELS = 2


@dataclass(frozen=True, slots=True)
class Headers:
    """The fields of one part in their order, names in small letters, values raw."""

    fields: tuple[tuple[str, bytes], ...]
    value_bytes: int = 4_096

    def raw(self, name: str) -> tuple[bytes, ...]:
        """Return the raw values of every field of that name, top to bottom."""
        return tuple(value for field, value in self.fields if field == name)

    def has(self, name: str) -> bool:
        """Say whether there is a field of that name."""
        return any(field == name for field, _ in self.fields)

    def text(self, name: str) -> str:
        """Return the first field of that name, decoded, on one line, cut; empty if there is none."""
        for field, value in self.fields:
            if field == name:
                return clean_line(decode_words(value[: self.value_bytes]))
        return ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return every field of that name, decoded, each on one line and cut."""
        return tuple(clean_line(decode_words(value[: self.value_bytes])) for value in self.raw(name))

    def message_ids(self, name: str) -> tuple[str, ...]:
        """Return the Message-IDs in the last `value_bytes` of all fields of that name, in order, with brackets."""
        joined = b" ".join(self.raw(name))[-self.value_bytes :]
        text = clean_line(_CONTROLS.sub("", decode_words(joined)))
        found = _MESSAGE_ID.findall(text) or [f"<{bare}>" for bare in _BARE_ID.findall(text)]
        return tuple(dict.fromkeys(found))

    def value(self, name: str) -> str:
        """Return the first field of that name without its parameters, in small letters: `multipart/mixed`."""
        return self.text(name).partition(";")[0].strip().casefold()

    def parameter(self, name: str, parameter: str) -> str:
        """Return one parameter of a structured field, RFC 2231 and RFC 2047 undone; empty if there is none."""
        charset, content = self._parameter(name, parameter)
        return decode_words(content) if charset is None else decode(content, charset)

    def raw_parameter(self, name: str, parameter: str) -> bytes:
        """Return one parameter of a structured field byte for byte, as a boundary is compared; empty if none."""
        return self._parameter(name, parameter)[1]

    def _parameter(self, name: str, parameter: str) -> tuple[str | None, bytes]:
        """Return the charset an RFC 2231 parameter names (None: it is none), and the parameter's bytes."""
        value = next((value for field, value in self.fields if field == name), b"")
        return parameters_of(value[: self.value_bytes]).get(parameter, (None, b""))


def scan_headers(buffer: bytes, start: int, end: int, limits: MailLimits, defects: set[Defect]) -> tuple[Headers, int]:
    """Find the header fields in `buffer[start:end]`; return them and where the body begins.

    Sizes are checked before anything is decoded. Beyond a limit the rest of the header is skipped, and a defect noted.
    """
    fields: list[tuple[str, bytes]] = []
    position, last = start, min(end, start + limits.header_bytes)
    field_start, name, goes_on_to = -1, "", -1
    while position < end:
        line_end = buffer.find(b"\n", position, end)
        line_end = end if line_end < 0 else line_end + 1
        if position >= last or len(fields) >= limits.fields:
            defects.add(Defect.HEADER_TOO_LARGE if position >= last else Defect.TOO_MANY_FIELDS)
            position = _after_blank_line(buffer, position - 1, end)
            break
        if buffer[position] in b" \t" and (name or position == start):
            position = line_end
            continue
        _keep(fields, name, buffer[field_start : min(position, field_start + limits.field_bytes + 1)], limits, defects)
        name = ""
        if buffer[position:line_end].strip(b"\r\n") == b"":
            position = line_end
            break
        match = _FIELD.match(buffer, position, line_end)
        if match is None and not (position == start and _MBOX_LINE.match(buffer, position, line_end)):
            goes_on_to = _last_known_field(buffer, position, last) if fields and goes_on_to < 0 else goes_on_to
            # A line that is no field, with fields we know below it: some gateway's, and not the end of the header.
            if position > goes_on_to:
                break
        if match is not None:
            name, field_start = match[1].decode("ascii").casefold(), position
        position = line_end
    _keep(fields, name, buffer[field_start : min(position, field_start + limits.field_bytes + 1)], limits, defects)
    return Headers(tuple(fields), limits.value_bytes), position


def _keep(fields: list[tuple[str, bytes]], name: str, field: bytes, limits: MailLimits, defects: set[Defect]) -> None:
    """Add one whole field to the list, cut at its limit; without a name there is none."""
    if not name:
        return
    if len(field) > limits.field_bytes:
        defects.add(Defect.FIELD_TOO_LONG)
        field = field[: limits.field_bytes]
    fields.append((name, field.partition(b":")[2].strip()))


def _last_known_field(buffer: bytes, position: int, end: int) -> int:
    """Return where the last field of a known name begins before the next blank line or delimiter; 0 if none does."""
    body = _BODY_BEGINS.search(buffer, position, end)
    if body is None:
        return 0
    return max((found.start() for found in _KNOWN_FIELD.finditer(buffer, position, body.start())), default=0)


def header_start(raw: bytes) -> int:
    """Return where a mail's header begins: after a byte order mark and blank lines, if a header follows at all."""
    before = _BEFORE_HEADER.match(raw)
    begins = before.end() if before is not None else 0
    return begins if begins and _HEADER_BEGINS.match(raw, begins) else 0


def _after_blank_line(buffer: bytes, position: int, end: int) -> int:
    """Return where the body begins when the header is skipped from `position` on."""
    found = _BLANK_LINE.search(buffer, max(position, 0), end)
    return found.end() if found else end


def read_head(raw: bytes) -> Headers:
    """Return the header of a whole mail, read within the usual limits; never raises, whatever the bytes."""
    limits = MailLimits()
    return scan_headers(raw, 0, min(len(raw), limits.header_bytes), limits, set())[0]


def read_message_id(raw: bytes) -> str:
    """Return the first Message-ID with its brackets, empty if the mail has none; never raises, whatever the bytes."""
    return read_envelope(raw)[0]


def read_envelope(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the first Message-ID as `read_message_id` does, and the addresses in From as `read_senders` does."""
    ignored: set[Defect] = set()
    limits = MailLimits()
    headers, _ = scan_headers(raw, header_start(raw), min(len(raw), limits.header_bytes), limits, ignored)
    return next(iter(headers.message_ids("message-id")), ""), read_senders(headers, ignored)


def read_senders(headers: Headers, defects: set[Defect]) -> tuple[str, ...]:
    """Return the addresses in From; anything but exactly one entry means nobody we know.

    Two From fields give the addresses of both; a field that does not parse to the last character gives none. Reply-To
    is never looked at, nor is Sender here.
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


def read_sent_by(headers: Headers, senders: tuple[str, ...]) -> str:
    """Return the address in Sender where it is not the one in From: somebody else has sent it in his name."""
    addresses = [address for field in headers.raw("sender") for address in read_addresses(field)]
    own = {address.casefold() for address in senders}
    return next((address for address in addresses if address.casefold() not in own), "")


def read_addresses(field: bytes) -> tuple[str, ...]:
    """Return every address in a raw address field, domain in small ASCII letters; empty if any of it is malformed."""
    text = re.sub(r"\r*\n(?=[ \t])", "", field.decode("utf-8", errors="surrogateescape"))
    if _NOT_IN_ADDRESSES.search(text):
        return ()
    mailboxes = _one_name(_split_mailboxes(text))
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


def _one_name(mailboxes: list[str]) -> list[str]:
    """Return a single mailbox where the commas are those of a name that should be quoted: `Nama, S.Sos. <address>`.

    Only where the one address stands in brackets at the very end, and nothing before it looks like one.
    """
    *names, last = mailboxes
    plain = all(name.strip() and not _IN_ADDRESSES.search(name) for name in names)
    return ["".join(names) + last] if names and plain and "<" in last else mailboxes


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
