"""What a board's template may read: the short way to words and values answers as jinja2's own sandbox does."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from jinja2 import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.core.codes.languages import Language
from mailbot.web.printing import board_words, sandbox
from mailbot.writing.words.templates import shipped_templates
from tests.offices.long_names import long_named_office

WORDS = board_words((shipped_templates(),), Language.INDONESIAN)


@dataclass(frozen=True)
class Mark:
    """A value of a page."""

    word: str = "terlambat"
    nothing: None = None

    def said(self) -> str:
        """Return the word."""
        return self.word


@pytest.mark.parametrize(
    "name",
    ["word", "nothing", "said", "missing", "units", "items", "update", "__class__", "__dataclass_fields__", "_secret"],
)
def test_a_name_leads_where_it_leads_in_any_sandbox(name: str) -> None:
    """Of a dataclass, of a table of words, of one that holds such names itself, of an office, of a text."""
    usual = ImmutableSandboxedEnvironment()
    swift = sandbox((shipped_templates(),))
    for thing in (Mark(), WORDS, {"items": 1, "_secret": 2, "__class__": 3}, long_named_office(), "text"):
        one, other = swift.getattr(thing, name), usual.getattr(thing, name)
        assert isinstance(one, Undefined) is isinstance(other, Undefined)
        assert isinstance(one, Undefined) or one == other
