"""Holds the journal against the files beside it: every digest the one names is looked for in the other."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from mailbot.writing.archive.checking.holding import DIGEST, Holding, in_words, parts_of
from mailbot.writing.archive.checking.spelling import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.writing.archive.checking.chain import Told

LAID_OUT = frozenset({"form_accepted", "form_conflict", "form_partial", "form_returned"})
"""Events of a form that lies in the archive."""
_FORMS = LAID_OUT | {"form_late"}
"""Events that name a form in `file`; one that came after the end is kept with its mail alone."""
DECIDED = "verdict"
_WRITTEN = ("letter_written", "letter_readdressed")
_KEPT, _MADE = "mail_kept", "paper_made"
_ID = re.compile(r"<[^<>\s]+>")
"""A Message-ID, which may hold a word by chance."""
_MADE_KINDS = ("checks", "data", "decisions", "guide", "note", "paper", "record", "remarks", "tool")
"""Kinds of files that mailbot has made for the archive."""
_BORNE_KINDS = ("asked", "cover", "draft", "evidence", "form", "letter", "mail", "report", "signed")
"""Kinds of files that letters, mails or the record bear; there are no others."""


def contradictions(held: Holding, lines: list[Told], quoted: set[str]) -> Iterator[Finding]:
    """Yield everything the journal's lines about this cycle, in order, say otherwise than the files.

    Args:
        held: the files.
        lines: the lines.
        quoted: digests that somebody wrote into his remarks.
    """
    yield from _letters(held, lines)
    yield from _mails(held, lines)
    yield from _forms(held, lines)
    yield from _drafts(held, lines)
    yield from _made(held, lines)
    yield from _decisions(held, lines, quoted)
    for path, kind in held.kinds.items():
        if kind not in _MADE_KINDS + _BORNE_KINDS:
            yield finding("kind_unknown", path=path, kind=kind)


def _letters(held: Holding, lines: list[Told]) -> Iterator[Finding]:
    """Compare each letter with the line that tells how it was written, or last readdressed."""
    last = {line.detail["letter"]: line for line in lines if line.event in _WRITTEN and "sent" in line.detail}
    told = {line.detail["sent"] for line in last.values()}
    for key, line in last.items():
        if not held.has(line.detail["sent"], "letter"):
            yield finding("letter_missing", number=line.number, letter=key, sha256=line.detail["sent"])
    for path in held.of("letter"):
        keys = [key for key, line in last.items() if line.detail["sent"] == held.digests[path]]
        if held.digests[path] not in told:
            yield finding("letter_untold", path=path)
        elif not any(_is_named(path, key) for key in keys):
            yield finding("letter_exchanged", path=path, letter=keys[0])


def _mails(held: Holding, lines: list[Told]) -> Iterator[Finding]:
    """Compare each mail with the line that tells of its coming, or of the copy that was read in its place."""
    told = {
        line.detail[name]: line
        for line in lines
        if line.event == _KEPT
        for name in ("mail", "mended")
        if line.detail.get(name)
    }
    for sha256, line in told.items():
        if not held.has(sha256, "mail"):
            yield finding("mail_missing", number=line.number, sha256=sha256)
    for path in held.of("mail"):
        known = told.get(held.digests[path])
        if known is None:
            yield finding("mail_untold", path=path)
        elif not _is_named(path, known.detail.get("outcome", "")):
            yield finding("mail_exchanged", path=path, number=known.number)


def _is_named(path: str, name: str) -> bool:
    """Say whether a file of a letter or mail is named after it: behind number and day, as far as the name goes."""
    written, wanted = plain(path.rpartition("/")[2].rpartition(".")[0].split("_", 2)[-1]), plain(name)
    return written.startswith(wanted) or wanted.startswith(written)


def _forms(held: Holding, lines: list[Told]) -> Iterator[Finding]:
    """Compare each form with the line that tells of its coming: its bytes, its unit, its number."""
    named: dict[str, Told] = {}
    for line in lines:
        sha256 = line.detail.get("file", "") if line.event in _FORMS else ""
        if sha256:
            named.setdefault(sha256, line)
            if line.event in LAID_OUT and not held.has(sha256, "form"):
                yield finding("form_missing", number=line.number, sha256=sha256)
    for path in held.of("form"):
        told = named.get(held.digests[path])
        if told is None:
            yield finding("form_untold", path=path)
        elif not _is_place_of(told, path, lines):
            yield finding("form_exchanged", path=path, number=told.number, unit=told.unit)


def _is_place_of(told: Told, path: str, lines: list[Told]) -> bool:
    """Say whether a form lies in its unit's folder under a number it came with; the same bytes may come twice."""
    numbers = {
        line.detail["number"]
        for line in lines
        if line.event in _FORMS and line.detail.get("file") == told.detail["file"] and "number" in line.detail
    }
    folder, _, name = path.rpartition("/")
    written = set(re.findall(r"\d+", name))
    return plain(folder.rpartition("/")[2]) == plain(told.unit) and (not numbers or not numbers.isdisjoint(written))


def plain(name: str) -> str:
    """Return a unit's name without what a folder's name cannot hold."""
    return re.sub(r"[^a-z0-9]+", "", unicodedata.normalize("NFKD", name).casefold())


def _drafts(held: Holding, lines: list[Told]) -> Iterator[Finding]:
    """Look for every version of the report that the journal names, and for lines about every version that is here."""
    named = [line for line in lines if line.detail.get("docx") or line.detail.get("pdf")]
    told = {line.detail[name] for line in named for name in ("docx", "pdf") if line.detail.get(name)}
    for sha256 in sorted(told):
        if not held.has(sha256, "report", "draft"):
            number = next(line.number for line in named if sha256 in line.detail.values())
            yield finding("draft_missing", number=number, sha256=sha256)
    final = [line.detail["docx"] for line in named if line.detail.get("docx")][-1:]
    reports = {held.digests[path] for path in held.of("report")}
    if final and not held.taken_out and final[0] not in reports:
        yield finding("report_differs", number=[line.number for line in named if line.detail.get("docx")][-1])
    for path in held.of("report", "draft"):
        if held.digests[path] not in told:
            yield finding("draft_untold", path=path)


def _made(held: Holding, lines: list[Told]) -> Iterator[Finding]:
    """Compare each paper that mailbot has made with the line that tells of its making."""
    seals = [0, *(line.number for line in lines if line.event == "archived")]
    told = {line.detail["paper"]: line for line in lines if line.event == _MADE and line.number > seals[-2:][0]}
    for path, line in told.items():
        if path not in held.digests and not held.taken_out:
            yield finding("paper_missing", path=path, number=line.number)
        elif path in held.digests and held.digests[path] != line.detail.get("made"):
            yield finding("paper_differs", path=path, number=line.number)
    for path in held.of(*_MADE_KINDS):
        if path not in told and len(seals) > 1:
            yield finding("paper_untold", path=path)


def _decisions(held: Holding, lines: list[Told], quoted: set[str]) -> Iterator[Finding]:
    """Compare each decision with the mail it came in, with its written form, and with the letter that confirmed it."""
    paths = held.of("decisions")
    written = _ID.sub("", "".join(held.content[path].decode("utf-8", "replace") for path in paths))
    given = [line for line in lines if line.event == DECIDED]
    told = list(_written_out_in(written, {_last(line) for line in given}))
    for line in given:
        word, docx, mail = (line.detail.get(name, "") for name in ("word", "docx", "mail"))
        if mail and not held.has(mail, "mail"):
            yield finding("decision_mail_missing", number=line.number, sha256=mail)
        if paths and not any(all(part in one for part in (word, docx, mail)) for one in told):
            yield finding("decision_differs", number=line.number, word=word)
        for confirmed in _confirmed(held, mail):
            if word.casefold() not in confirmed.casefold():
                yield finding("decision_unconfirmed", number=line.number, word=word)
    known = {line.detail[name] for line in given for name in ("docx", "mail") if line.detail.get(name)}
    for sha256 in dict.fromkeys(DIGEST.findall(written)):
        if sha256 not in known | quoted:
            yield finding("decision_untold", sha256=sha256)


def _last(line: Told) -> str:
    """Return what stands last of a decision where it is written out."""
    return line.detail.get("mail") or line.detail.get("docx") or line.detail.get("word", "")


def _written_out_in(text: str, ends: set[str]) -> Iterator[str]:
    """Yield the decisions as they are written out, one by one: they stand in the order in which mails came."""
    before = 0
    for end in sorted({found.end() for one in ends if one for found in re.finditer(re.escape(one), text)}):
        yield text[before:end]
        before = end


def _confirmed(held: Holding, mail: str) -> list[str]:
    """Return the words of the letters that confirmed the decision in a mail."""
    ending = re.compile(r"_verdict_noted-.*-" + re.escape(mail[:16]) + r"[^/]*\.eml$")
    return in_words(parts_of(held.content[path])[0] for path in held.of("letter") if mail and ending.search(path))
