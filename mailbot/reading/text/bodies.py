"""Which parts of a mail are its words and which are files; the words as a text rendering and an HTML rendering."""

from __future__ import annotations

from dataclasses import dataclass, field

from mailbot.core.model.mail import Gesture, OwnText
from mailbot.reading.defects import Defect
from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.decoding import clean_text
from mailbot.reading.mime.parts import Part
from mailbot.reading.text.html_text import DOUBT_MARK, UNSEEN_MARK, read_page
from mailbot.reading.text.own_words import rendering_of, unflow

_WORDS = frozenset({"text/plain", "text/html"})
_ANSWERED = frozenset({"reply", "counter"})
"""The methods by which a calendar answers an invitation; the invitation itself is somebody's mail."""
_HTML_FACTOR = 2
_MOST_LINES = 10_000
# Parts that speak to machines: they are neither words nor files of the sender's.
_MACHINERY = frozenset(
    {
        "message/delivery-status",
        "message/global-delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "message/external-body",
        "text/rfc822-headers",
        "message/global-headers",
        "application/pgp-signature",
        "application/pgp-encrypted",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "text/x-amp-html",
    }
)


@dataclass(slots=True)
class Body:
    """What one mail says, each rendering for itself, and the parts that are files."""

    text: str = ""
    """Every text part, cleaned; quotation included."""
    page_text: str = ""
    """Every HTML part as text; quotation included."""
    text_words: str = ""
    html_words: str = ""
    own_texts: tuple[OwnText, ...] = ()
    """Each rendering whole: the text's, then the HTML's; one without any text stands for nothing said."""
    quotes: bool = False
    """Of some rendering not all is certainly the sender's own."""
    has_html: bool = False
    links: list[str] = field(default_factory=list)
    """Targets of links in the HTML's own words."""
    pictures: set[str] = field(default_factory=set)
    """Content-IDs shown inside the HTML."""
    files: list[Part] = field(default_factory=list)
    attached_mails: list[Part] = field(default_factory=list)
    gesture: Gesture | None = None
    """A program says of it that it is a reaction (a thumb) or an answer to an invitation, and nobody typed it."""

    @property
    def own_words(self) -> str:
        """Return the sender's own words: of the text part, or of the HTML part where there is no text (T27)."""
        return self.text_words if self.text.strip() else self.html_words

    @property
    def visible(self) -> str:
        """Return all text of both renderings, quotation included."""
        return f"{self.text}\n{self.page_text}"

    @property
    def has_files(self) -> bool:
        """Say whether anything but words came with it."""
        return bool(self.files or self.attached_mails)

    @property
    def has_two_renderings(self) -> bool:
        """Say whether there are two renderings to compare."""
        return self.has_html and bool(self.text.strip()) and bool(self.page_text.strip())


@dataclass(slots=True)
class _Found:
    """The word parts of a mail in their order, each with the alternative it belongs to, and the rest."""

    words: list[tuple[int, Part]] = field(default_factory=list)
    gesture: Gesture | None = None
    files: list[Part] = field(default_factory=list)
    attached_mails: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class Room:
    """How much may still be read for words: of all parts of a mail together, whatever their number."""

    text_bytes: int
    page_bytes: int

    @staticmethod
    def of(limits: MailLimits) -> Room:
        """Return what one mail is given."""
        return Room(limits.words_bytes, _HTML_FACTOR * limits.words_bytes)


def read_body(root: Part, limits: MailLimits, defects: set[Defect], room: Room | None = None) -> Body:
    """Return what a mail says in both renderings, and its file parts.

    A piece that has no HTML (or no text) of its own counts for both renderings, so that they are compared whole.

    Args:
        root: the mail.
        limits: how much of it is read for words.
        defects: where what is odd is noted.
        room: what is left to read, where several mails share it; a mail's own if None.
    """
    found = _Found()
    _sort(root, 0, found)
    body = Body(files=found.files, attached_mails=found.attached_mails, gesture=found.gesture)
    text_lines, html_lines = list[str](), list[str]()
    room = room or Room.of(limits)
    kinds: dict[int, set[str]] = {}
    for group, part in found.words:
        kinds.setdefault(group, set()).add(part.media_type)
    for group, part in found.words:
        is_page = part.media_type == "text/html"
        lines = _page_lines(part, body, room, defects) if is_page else _text_lines(part, room, defects)
        body.has_html |= is_page
        paired = group > 0 and len(kinds[group]) > 1
        if is_page or not paired:
            html_lines += lines
        if not is_page or not paired:
            text_lines += lines
    body.text, body.page_text = _seen(text_lines), _seen(html_lines)
    body.text_words, text = rendering_of(text_lines, wrapped=True)
    body.quotes = not _is_all(text_lines, text)
    texts = [text] if body.text.strip() or not body.has_html else []
    body.html_words = body.text_words
    if body.has_html:
        body.html_words, page = rendering_of(html_lines, wrapped=False)
        texts.append(page)
        body.quotes |= not _is_all(html_lines, page)
    body.own_texts = tuple(texts)
    return body


def _seen(lines: list[str]) -> str:
    """Return what lines show, quotation included."""
    return "\n".join(line.removeprefix(DOUBT_MARK) for line in lines if not line.startswith(UNSEEN_MARK))


def _is_all(lines: list[str], text: OwnText) -> bool:
    """Say whether the sender's own words are all that the lines of a rendering hold."""
    held = sum(len(word) for line in lines for word in line.replace(DOUBT_MARK, "").split())
    return not text.doubtful and sum(map(len, text.own.split())) >= held


def _sort(part: Part, alternative: int, found: _Found, *, rendered: bool = False) -> None:
    """Put a part and those within it where they belong.

    Args:
        part: the part.
        alternative: numbers the nearest multipart/alternative.
        found: where they belong.
        rendered: whether the part is itself one of the renderings of a multipart/alternative.
    """
    if part.is_mail:
        found.attached_mails.append(part)
    elif part.children:
        inner = id(part) if part.media_type == "multipart/alternative" else alternative
        for child in part.children:
            _sort(child, inner, found, rendered=part.media_type == "multipart/alternative")
    elif part.media_type in _WORDS and not part.attached and not part.file_name:
        found.words.append((alternative, part))
    elif rendered and not part.attached and not part.file_name:
        # The mail once more, for programs: a reaction, an answer to an invitation, a page for a watch.
        found.gesture = found.gesture or _gesture(part)
    elif part.media_type not in _MACHINERY:
        found.files.append(part)


def _gesture(part: Part) -> Gesture | None:
    """Return what a rendering for programs says that was clicked on, as Gmail, Outlook and every calendar mark it."""
    if part.media_type.endswith("reaction+json"):
        return Gesture.REACTION
    method = part.headers.parameter("content-type", "method").casefold()
    return Gesture.INVITATION if part.media_type.endswith("/calendar") and method in _ANSWERED else None


def _text_lines(part: Part, room: Room, defects: set[Defect]) -> list[str]:
    """Return the lines of a text part, soft line breaks undone."""
    raw = part.text(room.text_bytes, defects).replace("\r\n", "\n").replace("\r", "\n")
    room.text_bytes = max(room.text_bytes - len(raw), 0)
    if part.headers.parameter("content-type", "format").casefold() == "flowed":
        raw = unflow(raw, delete_space=part.headers.parameter("content-type", "delsp").casefold() == "yes")
    return _fewer(clean_text(raw).replace("\u00a0", " ").split("\n"), defects)


def _page_lines(part: Part, body: Body, room: Room, defects: set[Defect]) -> list[str]:
    """Return the lines of an HTML part, those out of sight too, and note its links and its pictures."""
    raw = part.text(room.page_bytes, defects)
    room.page_bytes = max(room.page_bytes - len(raw), 0)
    page = read_page(raw)
    body.links += page.links
    body.pictures |= page.pictures
    return _fewer(clean_text("\n".join(page.lines)).split("\n"), defects)


def _fewer(lines: list[str], defects: set[Defect]) -> list[str]:
    """Return at most as many lines as are read for words."""
    if len(lines) > _MOST_LINES:
        defects.add(Defect.WORDS_CUT)
    return lines[:_MOST_LINES]
