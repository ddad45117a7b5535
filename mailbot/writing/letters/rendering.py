"""Fills a letter's template twice from the same source: as plain text, and as HTML with every value escaped."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import (
    BytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from mailbot.core.codes.languages import Language
from mailbot.errors import TemplateProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import CodeType

    from jinja2.bccache import Bucket

    from mailbot.writing.letters.reply_link import Reply

_WIDTH = 76
_PREVIEW = 140
"""So many signs of a letter are shown beside its subject, on the widest screen."""
_VALUES = "values of the letter"
"""Under this key, which no template can name, a context holds the values that are made when they are asked for."""
UNOPENED = "_unopened.j2"
"""What stands below the answer to a mail of which some files were not opened."""
BRIEF = "_brief.j2"
"""What the letters of rows 6b and 7 have in common; they include it."""
RECALL = "_recall.j2"
"""What answers to orders have in common; they include it."""
OWED = "_owed.j2"
"""What reminders have in common; they include it."""
BLOCK_WORDS = "_words.j2"
"""What the building blocks say themselves; both faces import it."""
_SAID_ONCE = ("witness", "sender", "contact")
"""What a page sets of its own accord; an office's own page may leave any of it out."""
BLOCKS = (
    "page",
    "opening",
    "p",
    "b",
    "numbered",
    "remarked",
    "facts",
    "faults",
    "figures",
    "money",
    "moved",
    "standing",
    "answer",
    "visit",
    "copy",
    "enclosed",
    "thanks",
)
"""The building blocks every letter is made of; `_text.j2` and `_html.j2` define each."""


class Face(StrEnum):
    """The two faces of one letter; the value names the file of its building blocks."""

    TEXT = "_text.j2"
    HTML = "_html.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One letter's words, finished."""

    matter: str
    """The subject without its token."""
    text: str
    html: str


def wrap(text: object, indent: int = 0) -> str:
    """Fold a paragraph to the width of a mail; lines after the first are indented by `indent` spaces.

    Blanks at the head (up to the indent) stand, so that a line can continue the item above it.
    """
    words = str(text)
    head = " " * min(len(words) - len(words.lstrip(" ")), indent)
    return textwrap.fill(
        " ".join(words.split()),
        width=_WIDTH,
        initial_indent=head,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


class _Context(Context):
    """Asks for a letter's value when the words name it; what they do not name is never made."""

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 - as Jinja has it
        """Return what a name stands for."""
        found = super().resolve_or_missing(key)
        values = self.parent.get(_VALUES, {})
        return values[key] if found is missing and key in values else found


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with values that are made when they are asked for."""

    context_class = _Context


class _Compiled(BytecodeCache):
    """What templates were compiled to, for all offices and languages: most of their folders hold the same files."""

    def __init__(self) -> None:
        """Know none yet."""
        self._known: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what a file was compiled to, if it still says the same."""
        source, code = self._known.get(bucket.key, ("", None))
        if source == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a file was compiled to."""
        self._known[bucket.key] = (bucket.checksum, bucket.code)


_COMPILED = {face: _Compiled() for face in Face}
"""By face: where values are escaped, other code is made of the same file."""


@lru_cache(maxsize=16)
def _environment(folders: tuple[Path, ...], face: Face) -> _Sandbox:
    """Return the sandbox a face is rendered in; templates are read again when their file changes."""
    environment = _Sandbox(
        loader=FileSystemLoader([folder / "letters" for folder in folders]),
        autoescape=face is Face.HTML,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED[face],
    )
    environment.filters["wrap"] = wrap
    return environment


def blocks_of(folders: tuple[Path, ...], face: Face) -> dict[str, Macro]:
    """Return the building blocks of a face by their names.

    Raises:
        TemplateProblem: the file that defines them is missing or broken, or lacks one.
    """
    name = f"letters/{face.value}"
    try:
        defined = vars(_environment(folders, face).get_template(face.value).module)
    except TemplateNotFound as problem:
        raise TemplateProblem(f"{name} is missing") from problem
    except TemplateError as problem:
        raise TemplateProblem(f"{name}: {problem}") from problem
    lacking = [block for block in BLOCKS if not isinstance(defined.get(block), Macro)]
    if lacking:
        raise TemplateProblem(f"{name} lacks {', '.join(lacking)}; the shipped file shows what each is given")
    return {block: defined[block] for block in BLOCKS}


def _face(
    folders: tuple[Path, ...], face: Face, name: str, values: Mapping[str, object], blocks: Mapping[str, object]
) -> tuple[str, str]:
    """Return a letter's matter (`subject` in the template) and its body in one face."""
    template = _environment(folders, face).get_template(name)
    letter = template.make_module({**blocks, "thanks": _thanks(blocks["thanks"], values), _VALUES: values})
    if not hasattr(letter, "subject"):
        raise TemplateProblem(f"letters/{name} sets no subject")
    return str(letter.subject), str(letter)


def _thanks(block: Any, values: Mapping[str, object]) -> object:  # noqa: ANN401 - Jinja's macros have no type
    """Return the block that thanks the addressee as befits his post; an office's own may thank everybody alike."""
    return partial(block, senior=values["senior"]) if "senior" in block.arguments else block


def _beside(folders: tuple[Path, ...], face: Face, values: Mapping[str, object]) -> str:
    """Return what stands below any answer: the files of the answered mail that were not opened, if there are any."""
    if not values.get("answers"):
        return ""
    template = _environment(folders, face).get_template(UNOPENED)
    return str(template.make_module({**blocks_of(folders, face), _VALUES: values}))


def _page(
    folders: tuple[Path, ...], face: Face, matter: str, body: str, values: Mapping[str, object], preview: str
) -> str:
    """Return the body set into its page, with the office's name, whom to call, and the reference."""
    finished = Markup(body) if face is Face.HTML else body  # noqa: S704 - every value in it was escaped as it was filled in
    page = blocks_of(folders, face)["page"]
    said = {name: values[name] for name in _SAID_ONCE if name in page.arguments}
    return str(page(matter, finished, values["office"], values["reference"], preview, **said))


def _with_links(blocks: dict[str, Macro], matter: str, reply: Reply) -> dict[str, object]:
    """Return the building blocks with a link behind each reply word."""
    plain = blocks["answer"]
    return {**blocks, "answer": lambda word, link="": plain(word, link or reply.link(matter, str(word)))}


def _preview(blocks: Mapping[str, Macro], body: str, values: Mapping[str, object]) -> str:
    """Return what a phone is to show of a letter beside its subject: its first sentences, the salutation left out.

    Empty where the letter does not begin with its salutation: then what it begins with is shown.
    """
    salutation = _tidy(str(blocks["opening"](values["to"]))).split()
    words = body.split()
    if words[: len(salutation)] != salutation:
        return ""
    return textwrap.shorten(" ".join(words[len(salutation) :]), _PREVIEW, placeholder=" …")


def render_letter(folders: tuple[Path, ...], kind: str, values: Mapping[str, object], reply: Reply) -> Rendered:
    """Return the subject's matter, the plain text and the HTML of one letter.

    Args:
        folders: template folders, the office's own first; each may hold `letters/<kind>.j2`.
        kind: the letter kind's code.
        values: everything the words may use, made when it is asked for; user text is a value here and is never rendered
            itself. The page asks for `office` and `reference`, and for what `_SAID_ONCE` names.
        reply: how the letter is answered.

    Raises:
        TemplateProblem: the template is missing or broken, or uses a value it is not given.
    """
    name = f"{kind}.j2"
    try:
        blocks = blocks_of(folders, Face.TEXT)
        subject, text_body = _face(folders, Face.TEXT, name, values, blocks)
        matter, preview = " ".join(subject.split()), _preview(blocks, text_body, values)
        linked = _with_links(blocks_of(folders, Face.HTML), matter, reply)
        _, html_body = _face(folders, Face.HTML, name, values, linked)
        text_body += _beside(folders, Face.TEXT, values)
        html_body += _beside(folders, Face.HTML, values)
        text = _page(folders, Face.TEXT, matter, text_body, values, preview)
        html = _page(folders, Face.HTML, matter, html_body, values, preview)
    except TemplateNotFound as problem:
        raise TemplateProblem(f"letters/{problem.name} is missing") from problem
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as problem:
        # A template may call and reckon: what goes wrong there is the template's fault, and told as such.
        raise TemplateProblem(f"{_place(folders, name, problem)}: {problem}") from problem
    return Rendered(matter=matter, text=_tidy(text), html=re.sub(r"\n\s*\n+", "\n", html).strip() + "\n")


def _place(folders: tuple[Path, ...], name: str, problem: BaseException) -> str:
    """Return where in a letter's words something failed, `letters/receipt.j2, line 4`; the line only if it is known.

    What fails in a building block is told at the line that called it, for there the letter can be mended.
    """
    if isinstance(problem, TemplateSyntaxError):
        return f"{_named(problem.filename, problem.name or name)}, line {problem.lineno}"
    template = _environment(folders, Face.TEXT).get_template(name)
    trace, lines = problem.__traceback__, []
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == template.filename:
            lines.append(template.get_corresponding_lineno(trace.tb_lineno))
        trace = trace.tb_next
    named = _named(template.filename, name)
    return f"{named}, line {lines[-1]}" if lines else named


def _named(file: str | None, name: str) -> str:
    """Return a template's name with the folder of its language before it, `en/letters/receipt.j2`."""
    language = Path(file or name).absolute().parents[1].name
    return f"{language}/letters/{name}" if language in set(Language) else f"letters/{name}"


def _tidy(text: str) -> str:
    """Leave one empty line between blocks and none with blanks in it."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"
