"""The record of a cycle (every field of it) beside the journal, the files, and what was written out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailbot.writing.archive.checking.agreement import DECIDED, LAID_OUT
from mailbot.writing.archive.checking.chain import CLOSED
from mailbot.writing.archive.checking.holding import DIGEST, in_words
from mailbot.writing.archive.checking.spelling import Finding, finding, spread, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.writing.archive.checking.chain import Told
    from mailbot.writing.archive.checking.holding import Holding

_WRITTEN_OUT = 500
"""So many signs of a remark are written out at least."""


def read_record(raw: bytes) -> tuple[dict[str, Any], list[Finding]]:
    """Return what a record says, and what is odd in how it is spelled.

    Raises:
        UNREADABLE: it is none.
    """
    told = unpacked(raw)
    if not isinstance(told, dict):
        raise TypeError("no record")
    return told, [] if spread(told) == raw else [finding("record_respelled")]


def is_closed(record: dict[str, Any]) -> bool:
    """Say whether the cycle is closed."""
    return bool(record.get("closed_at"))


def record_findings(record: dict[str, Any], lines: list[Told], held: Holding, cycle: str) -> Iterator[Finding]:
    """Compare the record with the journal and the files, decision by decision and form by form.

    Raises:
        UNREADABLE: it holds something else than it should.
    """
    if record["key"] != cycle:
        yield finding("record_of_another", told=record["key"])
    if is_closed(record) != any(line.event == CLOSED for line in lines):
        yield finding("record_closes_otherwise")
    yield from _decided(record, lines)
    yield from _written_out(record, held)
    yield from _remarks(record, held)
    yield from _counted(record, lines, held)
    yield from _evidence(record, held)
    known = set(_texts(record)) | held.enclosed | held.held
    for path in held.of("asked", "cover", "signed"):
        if held.digests[path] not in known:
            yield finding("borne_by_nothing", path=path)


def _written_out(record: dict[str, Any], held: Holding) -> Iterator[Finding]:
    """Look in the decisions as they are written out for all that the record says of each."""
    for path in held.of("decisions"):
        text = in_words([held.content[path].decode("utf-8", "replace")])[0]
        for one in record.get("verdicts", ()):
            said = (one["word"], one["address"], one["message_id"], one["mail_sha256"], *one.get("remarks", ()))
            if any(words not in text for words in in_words(said)):
                yield finding("decision_recorded_otherwise", word=one["word"], person=one["person"])


def quoted_in(record: dict[str, Any]) -> set[str]:
    """Return the digests that stand in the remarks of decisions.

    Raises:
        UNREADABLE: the record holds something else than it should.
    """
    given = (*record.get("verdicts", ()), *record.get("recalled", ()))
    return {sha256 for one in given for text in one.get("remarks", ()) for sha256 in DIGEST.findall(text)}


def _remarks(record: dict[str, Any], held: Holding) -> Iterator[Finding]:
    """Look in the remarks as they are written out for each that is recorded: its mail, and what was answered."""
    for path in held.of("remarks"):
        (text,) = in_words([held.content[path].decode("utf-8", "replace")])
        for one in record.get("remarks", ()):
            remark = one["remark"]
            # Of what stands in a file only so much is written out, with signs for what is none.
            own = () if remark.get("file_sha256") else (remark.get("text", "")[:_WRITTEN_OUT],)
            answered = (answer["text"] for answer in one.get("answers", ()))
            if any(words not in text for words in in_words((*own, one["mail_sha256"], *answered))):
                yield finding("remark_recorded_otherwise", number=remark.get("number", 0))


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inside in value.values():
            yield from _texts(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _texts(inside)


def _decided(record: dict[str, Any], lines: list[Told]) -> Iterator[Finding]:
    """Compare the decisions: who, which word, of which row, on which file, in which mail."""
    told = [line for line in lines if line.event == DECIDED]
    given = [*record.get("verdicts", ()), *record.get("recalled", ())]
    given.sort(key=lambda one: str(one["given_at"]))
    fields = (("word", "word"), ("docx", "docx_sha256"), ("mail", "mail_sha256"), ("step", "step"), ("proof", "proof"))
    of_record = sorted(_row(one["person"], [one.get(name, "") for _, name in fields]) for one in given)
    of_journal = sorted(_row(line.actor, [line.detail.get(name, "") for name, _ in fields]) for line in told)
    for row in of_record:
        if row in of_journal:
            of_journal.remove(row)
        else:
            yield finding("verdict_untold", word=row[1], person=row[0])
    for row in of_journal:
        yield finding("verdict_unrecorded", word=row[1], person=row[0])


def _row(person: object, values: list[Any]) -> tuple[str, ...]:
    """Return a decision as texts."""
    return (str(person), *(str(value) for value in values))


def _counted(record: dict[str, Any], lines: list[Told], held: Holding) -> Iterator[Finding]:
    """Compare the forms: each is told of with its bytes, unit and number, and lies there."""
    told = {
        (line.unit, line.detail.get("number", ""), line.detail.get("file", ""))
        for line in lines
        if line.event in LAID_OUT
    }
    for unit in record.get("units", ()):
        for sent in unit.get("submissions", ()):
            if not held.has(sent["file_sha256"], "form"):
                yield finding("recorded_form_missing", unit=unit["unit"], number=sent["number"])
            elif (unit["unit"], str(sent["number"]), sent["file_sha256"]) not in told:
                yield finding("recorded_form_untold", unit=unit["unit"], number=sent["number"])


def _evidence(record: dict[str, Any], held: Holding) -> Iterator[Finding]:
    """Compare the evidence: what is recorded lies there, and nothing else does."""
    known = {file.get("file_sha256", "") for unit in record.get("units", ()) for file in unit.get("evidence", ())}
    for sha256 in sorted(known - {""}):
        if not held.has(sha256, "evidence"):
            yield finding("evidence_missing", sha256=sha256)
    for path in held.of("evidence"):
        if held.digests[path] not in known:
            yield finding("evidence_unrecorded", path=path)
