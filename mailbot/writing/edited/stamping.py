"""What is ours in every version of the report, whoever edited it: its number, its date, who signs it.

What LibreOffice does to our bookmarks and to the numbers of captions is undone, or it would go on with each saving.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailbot.core.draft.document import STAMPED, name_of, tag_in
from mailbot.writing.edited.word_parts import attribute, local, making_in, with_stories_changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

_COUNTS = re.compile(r"\s*SEQ\s+(\w+)(.*)", re.DOTALL)
_ANEW = "\\r"
"""In a field that counts: it does not count on from the one before. LibreOffice drops it."""


def stamped(docx: bytes, texts: Mapping[str, str]) -> bytes:
    """Return a Word file whose anchors of that kind say these texts; the very same bytes where they do already.

    Args:
        docx: the file.
        texts: what each of the anchors says, by its tag; others are left alone.
    """
    wanted = {tag: text for tag, text in texts.items() if tag in STAMPED}
    return with_stories_changed(docx, lambda root: _stamp(root, wanted))


def _stamp(root: etree._Element, wanted: Mapping[str, str]) -> bool:
    """Stamp one part; say whether anything is otherwise now."""
    changed = False
    for control in list(root.iter("{*}sdt")):
        text = wanted.get(_tag_of(control))
        content = next((child for child in control if local(child) == "sdtContent"), None)
        if text is not None and content is not None:
            changed |= _say(list(content.iter("{*}t")), text, content)
    for mark in list(root.iter("{*}bookmarkStart")):
        text = wanted.get(tag_in(attribute(mark, "name")))
        if text is not None:
            changed |= _say(_texts_up_to_end(mark), text, None)
        changed |= _named_as_ours(mark)
    return _begins_anew(root) or changed


def _named_as_ours(mark: etree._Element) -> bool:
    """Give a bookmark of ours the name it had; say whether it had another."""
    key = next((key for key in mark.attrib if str(key).endswith("}name")), None)
    name = "" if key is None else str(mark.attrib[key])
    if key is None or not tag_in(name) or name_of(name) == name:
        return False
    mark.attrib[key] = name_of(name)
    return True


def _begins_anew(root: etree._Element) -> bool:
    """Let the numbers of captions begin anew where they show that they do; say whether any did not."""
    last: dict[str, int] = {}
    changed = False
    for told, shown in _fields(root):
        counts = _COUNTS.match("".join(one.text or "" for one in told))
        number = "".join(one.text or "" for one in shown)
        if counts is None or not number.isdecimal():
            continue
        if int(number) != last.get(counts[1], 0) + 1 and _ANEW not in counts[2]:
            changed |= _say(told, f" SEQ {counts[1]} \\* ARABIC {_ANEW} {number} ", None)
        last[counts[1]] = int(number)
    return changed


def _fields(root: etree._Element) -> Iterator[tuple[list[etree._Element], list[etree._Element]]]:
    """Yield the fields of one paragraph, in order: what each is told to do, and what it shows."""
    for paragraph in root.iter("{*}p"):
        told: list[etree._Element] = []
        shown: list[etree._Element] = []
        for one in paragraph.iter("{*}fldChar", "{*}instrText", "{*}t"):
            match local(one), attribute(one, "fldCharType"):
                case "fldChar", "begin":
                    told, shown = [], []
                case "fldChar", "end":
                    if told:
                        yield told, shown
                    told, shown = [], []
                case "instrText", _:
                    told.append(one)
                case "t", _ if told:
                    shown.append(one)


def _say(texts: list[etree._Element], words: str, content: etree._Element | None) -> bool:
    """Put words into the first of some texts and empty the others; an empty control gets a run of its own."""
    if "".join(one.text or "" for one in texts) == words:
        return False
    if not texts:
        if content is None:
            return False
        made = making_in(content)
        run = made.element("r")
        run.append(made.text("t", words))
        content.append(run)
        return True
    for place, one in enumerate(texts):
        one.text = words if place == 0 else ""
    return True


def _texts_up_to_end(mark: etree._Element) -> list[etree._Element]:
    """Return the texts between a bookmark and its end, as far as they are in the same line."""
    number = attribute(mark, "id")
    found: list[etree._Element] = []
    for following in mark.itersiblings():
        if local(following) == "bookmarkEnd" and attribute(following, "id") == number:
            return found
        found.extend(following.iter("{*}t"))
    return []


def _tag_of(control: etree._Element) -> str:
    """Return the tag of a content control."""
    properties = next((child for child in control if local(child) == "sdtPr"), None)
    if properties is None:
        return ""
    return next((attribute(child, "val") for child in properties if local(child) == "tag"), "")
