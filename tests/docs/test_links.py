"""No document leads nowhere: each file and each heading that is linked is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.docs.page import DOCS, TOP

DOCUMENTS = (TOP / "README.md", TOP / "CHANGELOG.md", *sorted(DOCS.rglob("*.md")))
FENCED = re.compile(r"(?ms)^```.*?^```$|`[^`\n]*`")
LINK = re.compile(r"!?\[[^\]\n]*\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
ELSEWHERE = re.compile(r"^(https?:|mailto:)")


@cache
def anchors(document: Path) -> frozenset[str]:
    """Return what a link may name in a document: its headings, as they are turned into anchors."""
    found: set[str] = set()
    for heading in re.findall(r"(?m)^#{1,6} (.+)$", document.read_text(encoding="utf-8")):
        plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        repeated = sum(one == anchor or re.fullmatch(rf"{re.escape(anchor)}-\d+", one) is not None for one in found)
        found.add(f"{anchor}-{repeated}" if repeated else anchor)
    return frozenset(found)


def dead(document: Path) -> list[str]:
    """Return the links of a document that lead nowhere within the checkout."""
    wrong = []
    for link in map("".join, LINK.findall(FENCED.sub("", document.read_text(encoding="utf-8")))):
        if ELSEWHERE.match(link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            wrong.append(link)
    return wrong


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.relative_to(TOP).as_posix())
def test_no_link_is_dead(document: Path) -> None:
    """Each file and each heading that is linked is there."""
    assert dead(document) == []


def test_a_dead_link_would_be_seen(tmp_path: Path) -> None:
    """A file that is not there, a heading that is not there; one that is there twice has a number."""
    page = tmp_path / "page.md"
    page.write_text(
        '# A `b` c\n\n## A b c\n\n[1](no.md) [2](#no) [3](#a-b-c) [4](page.md#a-b-c-1) <img src="no.png">\n',
        encoding="utf-8",
    )
    assert dead(page) == ["no.md", "#no", "no.png"]
