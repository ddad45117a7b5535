"""Everything a cycle has made and left in a folder, read back as text: mails, their enclosures, and the archive."""

from __future__ import annotations

import email
import email.policy
import html
import io
import re
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

_ZIPPED = b"PK\x03\x04"
_PLAIN = {".xml", ".rels", ".json", ".txt", ".md", ".csv", ".html", ".eml", ".yaml", ".vml", ".jsonl", ".sha256", ""}
_ENDS = re.compile(r"</(?:w:p|si|c|row|a:p|c:pt|author|text|p|td|th|li|h\d|div|title)>|<w:br/>|<w:tab/>|<br ?/?>")
_TAG = re.compile(r"<[^>]+>")


def texts_below(folder: Path, *, but: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of everything below a folder, enclosures and their parts each by themselves."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in but:
            yield from texts_of(str(path.relative_to(folder)), path.read_bytes())


def texts_of(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the texts of one file: of a mail its heads, parts and enclosures, of a container its members."""
    yield name, name
    suffix = Path(name).suffix.lower()
    if suffix == ".eml":
        yield from _mail(name, content)
    elif content.startswith(_ZIPPED):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.namelist():
                yield from texts_of(f"{name}!{member}", packed.read(member))
    elif suffix in _PLAIN:
        yield name, _read(content.decode("utf-8", "replace"))


def _mail(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the heads of a mail as its reader sees them, and every part."""
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    for head, value in mail.items():
        yield f"{name}:{head}", str(value)
    for part in mail.walk():
        if part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        yield from texts_of(f"{name}:{part.get_filename() or part.get_content_subtype() + '.txt'}", payload)


def _read(text: str) -> str:
    """Return a text as it is read, with what stands in its tags behind it: a word may be cut in runs, or be a hint."""
    if "<" not in text:
        return text
    return html.unescape(_TAG.sub("", _ENDS.sub("\n", text)) + "\n" + " ".join(_TAG.findall(text)))
