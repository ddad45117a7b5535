"""Fills an office's own Word file: sandboxed, escaped, linted before and read back after, the same bytes always."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from html import unescape
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate, RichText
from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from mailbot.errors import TemplateProblem
from mailbot.writing.edited.template_file import without_its_editors
from mailbot.writing.packing import steady_package
from mailbot.writing.word.body import BODY, root_of, serialised
from mailbot.writing.word.read_back import assert_no_tag_dropped, assert_nothing_lost, listening, noted
from mailbot.writing.word.tags import STORIES, misspelt, wrong_tags

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from lxml.etree import _Element

ANCHOR = "mb:"
"""How the tags of our anchors begin; an office's own content controls are not ours to read."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{_W}br": " ", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-", f"{_W}t": None}
"""What a text is made of; Word's own hyphens are elements."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""What Word cannot hold, or what docxtpl would take for a page break (\\f) or a new paragraph (\\a)."""
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Signs without a shape that come along with what is pasted; one that turns the direction would turn the report's."""
_SHOWN = 80
_BROKEN = (
    OpcError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    etree.XMLSyntaxError,
    EOFError,
    RuntimeError,
    LookupError,
    ValueError,
    AttributeError,
)
"""What docxtpl and what it stands on raise of a file that is not whole."""
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_LONGEST_PROPERTY = 255
"""So many signs python-docx lets a property have, as Word does."""
_LONGEST_TAG = 34
"""So many signs a tag may have, for Word takes names of bookmarks up to 40, and the number follows."""
_UNNUMBERED = (
    '<w:sdt><w:sdtPr><w:tag w:val={tag}/><w:id w:val="0"/></w:sdtPr><w:sdtContent>'
    '<w:bookmarkStart w:id="0" w:name={name}/>{run}<w:bookmarkEnd w:id="0"/></w:sdtContent></w:sdt>'
)
"""An anchor before the whole file is filled; no number of its kind is 0."""
_ANCHORED = re.compile(
    r'(<w:tag w:val="mb:[^>]*/><w:id w:val=")0("/></w:sdtPr><w:sdtContent>'
    r'<w:bookmarkStart w:id=")0(" w:name="mb:[^>]*:)0("/>.*?<w:bookmarkEnd w:id=")0("/>)',
    re.DOTALL,
)
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_BREAKS = re.compile("[\t\n\a\f]")
"""What docxtpl turns into elements of Word."""
_NUMBERS = re.compile(r'<w:(?:id w:val|bookmarkStart w:id)="(-?\d+)"')
_KEPT = 32
"""So many texts are kept made ready; a Word file has one to five (body, headers, footers, properties)."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Escapes every value and compiles each text once, for a Word file's tags are the same from letter to letter."""

    def __init__(self) -> None:
        """Be strict: nothing unsafe is called, nothing unknown is left out."""
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=noted)
        self._compiled = lru_cache(maxsize=_KEPT)(super().from_string)

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's own name
        template_class: type[Template] | None = None,
    ) -> Template:
        """Return the template of a text."""
        if globals is None and template_class is None:
            return self._compiled(source)
        return super().from_string(source, globals, template_class)


_SANDBOX = _Sandbox()
_made_ready: Callable[[str], str] = lru_cache(maxsize=_KEPT)(DocxTemplate("").patch_xml)
"""docxtpl's forty patterns over a story's XML, which ask for nothing but that XML."""


class _WordTemplate(DocxTemplate):  # type: ignore[misc] # docxtpl ships no types
    """A Word file whose tags are made ready once for all letters."""

    def patch_xml(self, src_xml: str) -> str:
        """Return a story's XML as Jinja understands it."""
        return _made_ready(src_xml)

    def resolve_listing(self, xml: str) -> str:
        """Return a story whose breaks and tabs are Word's; most paragraphs have none, and are not searched for them."""
        whole = super().resolve_listing
        return _PARAGRAPH.sub(lambda found: whole(found[0]) if _BREAKS.search(found[0]) else found[0], xml)

    def render_properties(self, context: dict[str, Any], jinja_env: _Sandbox) -> None:
        """Fill the file's own properties, such as its title: plain text, and no longer than they may be."""
        kept = self.docx.core_properties
        with listening(None):
            texts = {name: jinja_env.from_string(getattr(kept, name)).render(context) for name in _PROPERTIES}
        for name, text in ((name, unescape(text)) for name, text in texts.items()):
            setattr(kept, name, text if len(text) <= _LONGEST_PROPERTY else f"{text[: _LONGEST_PROPERTY - 1]}…")


class Marked(RichText):  # type: ignore[misc] # docxtpl ships no types
    """A text in a character style of the Word file (`{{r name }}`), which remembers what it says."""

    def __init__(self, text: str, style: str) -> None:
        """Keep the words and make the styled run."""
        self.plain = clean(text)
        super().__init__(self.plain, style=style)


class Figure(RichText):  # type: ignore[misc] # docxtpl ships no types
    """A figure in an anchor of its own (`{{r name }}`): a content control that bears the figure's address as its tag.

    The address is `mb:CODE:FIELD`, e.g. `mb:IKU-05:actual`. It has no lock, so hands may change what it says, and that
    is then found by its tag. LibreOffice 7.4 drops the tags when it saves, so a bookmark of that name stands inside.
    Word gives an empty control a text of its own, so an empty figure has no anchor.
    """

    def __init__(self, text: str, tag: str, style: str = "") -> None:
        """Keep the words and put the run, in a character style if one is named, into its anchor."""
        self.plain, self.tag = clean(text), tag
        super().__init__(self.plain, style=style or None)
        if self.plain and len(tag) <= _LONGEST_TAG:
            self.xml: str = _UNNUMBERED.format(tag=quoteattr(tag), name=quoteattr(f"{tag}:0"), run=self.xml)


def clean(text: str) -> str:
    """Return a text without the characters a Word file cannot hold or nobody sees; line breaks and tabs stay."""
    return _UNPRINTABLE.sub(" ", _UNSEEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n"))


def fill_word_file(
    path: Path,
    values: Mapping[str, object],
    *,
    prepare: Callable[[Any], Mapping[str, object]] | None = None,
    finish: Callable[[_Element], None] | None = None,
) -> bytes:
    """Return the Word file at `path` with its tags filled.

    Args:
        path: the office's Word file, with docxtpl tags.
        values: name of a tag -> text, number, list of tables' rows; texts are cleaned and escaped, never rendered.
        prepare: makes further values that need the opened file, such as charts.
        finish: sets the filled body, once everything printed was found in it.

    Raises:
        TemplateProblem: the file is broken, uses a tag that has no value, or lost a value while it was filled.
    """
    given = {name: _cleaned(value) for name, value in values.items()}
    printed: list[str] = []
    try:
        with blaming(path):
            content = _without_editors(path, path.stat().st_mtime_ns)
            template = _WordTemplate(io.BytesIO(content))
            template.init_docx()
            used = _tags_of(path.name, content)
        if prepare is not None:
            given |= prepare(template)
        if wrong := wrong_tags(path, used, given):
            raise TemplateProblem(wrong)
        with listening(printed):
            template.render(dict(given), jinja_env=_SANDBOX)
        filled = io.BytesIO()
        template.save(filled)
    except TemplateError as problem:
        where = _near(problem) or misspelt(path, problem, given)
        raise TemplateProblem(f"{path.name}{where}: {problem}") from problem
    return _finished(path.name, filled.getvalue(), printed, finish)


def _finished(name: str, filled: bytes, printed: list[str], finish: Callable[[_Element], None] | None) -> bytes:
    """Return a filled file, the same bytes always, its anchors numbered, held against what was printed, and set.

    Raises:
        TemplateProblem: a value was lost, or stands where no program opens it.
    """
    with zipfile.ZipFile(io.BytesIO(filled)) as package:
        stories = {part: package.read(part).decode() for part in package.namelist() if STORIES.fullmatch(part)}
    numbered = {part: story.encode() for part, story in _numbered(stories).items()}
    roots = {part: root_of(numbered[part]) for part in sorted(numbered)}
    assert_nothing_lost(name, roots.values(), _said_by(roots.values()), printed)
    if finish is not None:
        finish(roots[BODY])
        numbered[BODY] = serialised(roots[BODY])
    return steady_package(filled, numbered)


def _numbered(stories: dict[str, str]) -> dict[str, str]:
    """Return the stories of a filled file with a number of its own for every anchor, as Word wants it."""
    taken = {number for story in stories.values() for number in _NUMBERS.findall(story)}
    free = (str(number) for number in count(1) if str(number) not in taken)
    return {
        name: _ANCHORED.sub(lambda found: next(free).join(found.groups()), story) for name, story in stories.items()
    }


@contextmanager
def blaming(path: Path) -> Iterator[None]:
    """Say of a Word file that cannot be opened that it is broken: it may be in the middle of being saved.

    Raises:
        TemplateProblem: it is no Word file, or not whole.
    """
    try:
        yield
    except _BROKEN as problem:
        raise TemplateProblem(f"{path.name} is no Word file, or not whole: save it once more. ({problem})") from problem


def _near(problem: TemplateError) -> str:
    """Return the words that stand where a Word file's tags fail, as docxtpl hands them on; a Word file has no lines."""
    around: Iterable[str] = getattr(problem, "docx_context", ())
    words = " ".join(re.sub(r"<[^>]*>", " ", " ".join(map(str, around))).split())
    return f", near '{words[:_SHOWN]}'" if words else ""


@lru_cache(maxsize=8)
def _without_editors(path: Path, _changed_ns: int) -> bytes:
    """Return one state of a Word file, without what Word keeps of whoever edited it."""
    return without_its_editors(path.read_bytes())


@lru_cache(maxsize=8)
def _tags_of(name: str, content: bytes) -> frozenset[str]:
    """Return the names of the tags a Word file uses, looked for once for every state of the file.

    Raises:
        TemplateProblem: docxtpl would drop one of them.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        stories = {part: packed.read(part).decode() for part in packed.namelist() if STORIES.fullmatch(part)}
    assert_no_tag_dropped(name, stories, _made_ready)
    return frozenset(DocxTemplate(io.BytesIO(content)).get_undeclared_template_variables(_SANDBOX))


def text_of(docx: bytes) -> str:
    """Return every visible text of a Word file, headers and footers included, blanks folded."""
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        return _said_by(root_of(packed.read(name)) for name in sorted(packed.namelist()) if STORIES.fullmatch(name))


def _said_by(roots: Iterable[_Element]) -> str:
    """Return the text of every paragraph, blanks folded."""
    texts = (
        "".join(_SIGNS[one.tag] or one.text or "" for one in paragraph.iter(*_SIGNS))
        for root in roots
        for paragraph in root.iter(f"{_W}p")
    )
    return " ".join(" ".join(texts).split())


def _cleaned(value: object) -> object:
    """Return a value with every text in it cleaned."""
    match value:
        case str():
            return clean(value)
        case Mapping():
            return {key: _cleaned(item) for key, item in value.items()}
        case list() | tuple():
            return [_cleaned(item) for item in value]
        case _:
            return value
