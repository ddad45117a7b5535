"""Pages as HTML: the templates of `templates/web`, the words beside them, and the parts that are kept alive."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from mailbot.errors import TemplateProblem
from mailbot.web.pages.page import Here
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import in_language, read_laid_over

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailbot.core.codes.languages import Language
    from mailbot.web.board import Board
    from mailbot.web.pages.page import Page
    from mailbot.web.viewer import Viewer

_HASH_DIGITS = 12
_OUT_OF_BAND = Markup(' hx-swap-oob="true"')


@dataclass(slots=True)
class Live:
    """The parts of one page that are fetched anew: each is sent again only where it differs from what is shown."""

    shown: frozenset[str] = frozenset()
    """The parts that the browser shows, as `name=digest`; empty: it shows none yet."""
    parts: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)

    def part(self, name: str, caller: Callable[[], str]) -> Markup:
        """Return one part of a page, and remember it."""
        inside = caller()
        self.parts[name] = hashlib.sha256(inside.encode()).hexdigest()[:_HASH_DIGITS]
        new = f"{name}={self.parts[name]}" not in self.shown
        if new and self.shown:
            self.changed.append(f'<section id="{escape(name)}"{_OUT_OF_BAND}>{inside}</section>')
        return Markup('<section id="{}">{}</section>').format(name, Markup(inside))  # noqa: S704 - escaped in the template

    @property
    def mark(self) -> str:
        """Return what the browser sends back to say what it shows."""
        return " ".join(f"{name}={digest}" for name, digest in self.parts.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """Puts pages into HTML by the templates of an office."""

    folders: tuple[Path, ...]
    """Where templates are looked for, the office's own first."""
    to: Callable[[str], str] = str
    """Turns the address of a page into a link; as files, pages link to files."""
    static: Callable[[str], str] = str
    """Turns the name of a file in `templates/web/static` into a link."""
    alone: bool = False
    """The pages are files: nothing is fetched anew, sent or searched."""

    def html(self, page: Page, here: Here, address: str, live: Live | None = None) -> str:
        """Return a whole page.

        Raises:
            TemplateProblem: its template, or a word in it, is missing or broken.
        """
        values = {
            **page.values,
            "page": page,
            "here": here,
            "viewer": here.viewer,
            "w": here.words,
            "office": here.office,
            "address": address,
            "live": live if live is not None else Live(),
            "to": self.to,
            "static": self.static,
            "alone": self.alone,
        }
        try:
            return sandbox(self.folders).get_template(page.template).render(values)
        except TemplateError as problem:
            raise TemplateProblem(f"web/{page.template}: {problem}") from problem


def here_of(board: Board, viewer: Viewer, asked: dict[str, str] | None = None) -> Here:
    """Return what a page is made with, for one viewer and this moment."""
    office = board.office()
    folders = in_language(board.template_folders, viewer.language)
    phrases, words = read_phrases(folders, office.calendar), board_words(board.template_folders, viewer.language)
    # Letters share these words with the report, which is Indonesian in any language.
    own = replace(phrases, words={**phrases.words, "clock": {**phrases.words["clock"], **words["clock"]}})
    return Here(
        board=board,
        viewer=viewer,
        office=office,
        at=board.clock(),
        phrases=own,
        words=words,
        asked=asked or {},
    )


def board_words(folders: tuple[Path, ...], language: Language) -> Mapping[str, Any]:
    """Return what the pages say in a language: the office's own laid over what mailbot came with.

    Raises:
        TemplateProblem: no folder has them, or they are no table.
    """
    return read_laid_over(folders, f"web/{language.value}.yaml")


def static_file(folders: tuple[Path, ...], name: str) -> Path | None:
    """Return a file of `templates/web/static`, the office's own first; None: there is none of that name."""
    if name != Path(name).name:
        return None
    return next((path for folder in folders if (path := folder / "web" / "static" / name).is_file()), None)


def static_link(folders: tuple[Path, ...]) -> Callable[[str], str]:
    """Return what gives a static file's address on the server, with its content's mark in it."""

    def link(name: str) -> str:
        file = static_file(folders, name)
        return f"/static/{digest_of(file) if file is not None else '-'}/{name}"

    return link


def digest_of(file: Path) -> str:
    """Return by what the content of a static file is told from what it was before: its address holds this."""
    return _digest(file, file.stat().st_mtime_ns)


@cache
def _digest(file: Path, _changed_ns: int) -> str:
    """Read a file once for every state of it."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:_HASH_DIGITS]


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox of letters' templates, without its long questions about what holds nothing but values.

    A page asks for thousands. What is no method of a dataclass, and what stands in a table of words under a name that
    no table has by itself, leads nowhere; all else is asked about as ever.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - jinja2's signature
        """Return what `obj.attribute` means in a template."""
        if type(obj) is dict:
            if attribute in obj and attribute not in _OF_EVERY_TABLE:
                return obj[attribute]
        elif hasattr(type(obj), _DATACLASS) and not attribute.startswith("_"):
            value = getattr(obj, attribute, None)
            if value is not None and not callable(value):
                return value
        return super().getattr(obj, attribute)


_OF_EVERY_TABLE = frozenset(dir(dict))
_DATACLASS = "__dataclass_fields__"
"""By this dataclasses themselves tell whether a kind of object is one."""


@cache
def sandbox(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    """Return what knows the templates of these folders; one that is edited is read again."""
    return _Sandbox(
        loader=FileSystemLoader([folder / "web" for folder in folders]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
