"""Traces of whoever edited a document, taken out before it goes on: names, employers, paths, editing sessions.

What a document of ours says of itself (the agency, `mailbot`) stays; where somebody else saved it last, its title alone
does. Comments and open changes bear the names of those who made them, and are what they wanted to say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

OURS = "mailbot"
"""Who saved a document of ours last, as its properties say."""
CORE, APP = "docProps/core.xml", "docProps/app.xml"
OF_A_PERSON = ("creator", "lastModifiedBy", "keywords", "description", "category", "identifier", "contentStatus")
"""Properties that a program fills with who wrote a file, or what he noted on it."""
_OF_A_MACHINE = ("Template", "Manager", "Company", "HyperlinkBase")
_PATH = re.compile(r"[\\/:]")
_SESSION = re.compile(rb"\brsid")
_SESSIONS = etree.XPath("descendant-or-self::*[@*[starts-with(local-name(), 'rsid')]]")


def without_traces(
    parts: dict[str, bytes], tree: Callable[[bytes, str], _Element], written: Callable[[_Element], bytes]
) -> bool:
    """Take the traces out of a document's parts; return whether there were any.

    Args:
        parts: its members, some of which are put anew.
        tree: reads a part's XML.
        written: writes one.
    """
    changed = emptied(parts, APP, of_a_machine, tree, written)
    if CORE not in parts or _saved_by(tree(parts[CORE], CORE)) == OURS:
        return changed
    changed = emptied(parts, CORE, lambda name, text: name in OF_A_PERSON and bool(text), tree, written) or changed
    return _without_sessions(parts, tree, written) or changed


def without_traces_in_template(
    parts: dict[str, bytes], tree: Callable[[bytes, str], _Element], written: Callable[[_Element], bytes]
) -> bool:
    """Do the same to a template, which mailbot then saves: what a tag says of the agency stays in its properties.

    Args:
        parts: its members, some of which are put anew.
        tree: reads a part's XML.
        written: writes one.
    """
    changed = emptied(parts, APP, of_a_machine, tree, written)
    core = tree(parts[CORE], CORE) if CORE in parts else None
    if core is None or _saved_by(core) == OURS:
        return changed
    for element in core:
        name, text = etree.QName(element).localname, element.text or ""
        if name in OF_A_PERSON and "{{" not in text:
            element.text = OURS if name == "lastModifiedBy" else ""
    parts[CORE] = written(core)
    _without_sessions(parts, tree, written)
    return True


def _without_sessions(
    parts: dict[str, bytes], tree: Callable[[bytes, str], _Element], written: Callable[[_Element], bytes]
) -> bool:
    """Take out the numbers of the sessions in which a document was edited; return whether there were any."""
    changed = False
    for name in [name for name in parts if name.endswith(".xml") and _SESSION.search(parts[name])]:
        root = tree(parts[name], name)
        for element in cast("list[_Element]", _SESSIONS(root)):
            for key in [key for key in map(str, element.attrib) if key.rpartition("}")[2].startswith("rsid")]:
                del element.attrib[key]
        for listed in list(root.iter("{*}rsids")):
            parent = listed.getparent()
            if parent is not None:
                parent.remove(listed)
        fresh = written(root)
        changed = changed or fresh != parts[name]
        parts[name] = fresh
    return changed


def emptied(
    parts: dict[str, bytes],
    name: str,
    is_trace: Callable[[str, str], bool],
    tree: Callable[[bytes, str], _Element],
    written: Callable[[_Element], bytes],
) -> bool:
    """Empty the elements of a part that are traces; return whether there were any.

    Args:
        parts: members of a document or a workbook.
        name: of the part, which may be missing.
        is_trace: asked with the name and the text of each element.
        tree: reads a part's XML.
        written: writes one.
    """
    if name not in parts:
        return False
    root = tree(parts[name], name)
    found = [one for one in root if is_trace(etree.QName(one).localname, one.text or "")]
    for element in found:
        element.text = ""
    if found:
        parts[name] = written(root)
    return bool(found)


def of_a_machine(name: str, text: str) -> bool:
    """Say whether a property of the program tells of a person's machine or employer."""
    return name in _OF_A_MACHINE and bool(text) and (name != "Template" or bool(_PATH.search(text)))


def _saved_by(core: _Element) -> str:
    """Return who saved a document last, as it says."""
    return next((one.text or "" for one in core if etree.QName(one).localname == "lastModifiedBy"), "")
