"""A mail's own words -> its lines that answer (`IKU-02: 99,12`, `IKU-05 kendala: ...`), by code and column (row 3).

A line is an answer where it begins with a code the office has, then names a column or none, then holds `:` or `=`; a
bare figure or NIHIL needs no sign between. Bullets, numbering, bold marks, blanks and case do not matter. What begins
with a code and is none of this is named, never guessed: a dash could be a minus, a word could belong to a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mailbot.core.model.form import Fault, FaultCode, ReadLines
from mailbot.core.model.form_layout import (
    COLUMNS,
    FIELDS_BY_HEADER,
    NARRATIVE_NAMES,
    NARRATIVE_ROWS,
    SheetName,
    code_key,
    header_key,
)
from mailbot.reading.lines.line_answers import FIGURES, Line, form_of_lines

if TYPE_CHECKING:
    from mailbot.core.model.office import Office

Codes = tuple[tuple[str, str, SheetName], ...]
"""Every code of the office, with the name of its row and the sheet it stands on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What a mail's lines are: answers, findings, and `ignored`: perhaps meant as an answer, but without a code."""

    answers: tuple[Line, ...]
    faults: tuple[Fault, ...] = ()
    ignored: tuple[str, ...] = ()


_FIRST_FIELD = {SheetName.INDICATORS: "actual", SheetName.BUDGET: "spent_idr", SheetName.NARRATIVE: "answer"}
"""The column that is meant where a line names none."""
_NAMES = {header_key(name): code for code, names in NARRATIVE_NAMES.items() for name in names}
_MOST_LINES = 2_000
_MOST_CHARACTERS = 4_000
_MOST_IGNORED = 10
_SHOWN_CHARACTERS = 160
_WORDS_OF_A_COLUMN = 3
_ROWS_OF_A_TABLE = 2
"""From so many lines on, codes followed by words and a figure are a table that was pasted, and no sentence."""

_INVISIBLE = dict.fromkeys(
    (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
)
_SAME = {
    0xFF1A: ":",
    0xFF1D: "=",
    0x2236: ":",
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0xFE63, 0xFF0D), "-"),
    **dict.fromkeys((0xA0, 0x2007, 0x2009, 0x202F, 0x09), " "),
}
_AS_TYPED = _INVISIBLE | _SAME
"""Signs a phone puts in by itself -> what was meant."""
_BULLET = re.compile(r"^(?:(?:[-•·▪◦‣✓✔\u2013\u2014]|\(?\d{1,2}[.)])\s+)+")
_MARK = re.compile(r"(?<!\w)[*_~`]+|[*_~`]+(?!\w)")
"""Bold, italic and struck out as phones send them; within a word the sign is the sender's own."""
_LABEL = re.compile(r"^(?:kode|indikator|sub\s?kegiatan)\s+(?=\S)", re.IGNORECASE)
"""A word that may stand before the code and says nothing of its own."""
_SIGN = re.compile(r"[:=]+")
_EDGES = " -.,/()[]\u2013\u2014"
_BARE = re.compile(r"(?:(?:rp|idr)\b\.?)?\s*\d[\d.,]*\s*(?:%|persen)?|nihil", re.IGNORECASE)
_ENDS_IN_FIGURE = re.compile(r"(?:\d[\d.,]*\s*%?|\bnihil)$", re.IGNORECASE)
_BETWEEN = r"[\s.\-_/\u2013]"
_END = r"(?!\w)(?!\.\d)"
_COURTESY = re.compile(
    r"\W*(?:yth|kepada|dengan hormat|assalam|selamat|salam|terima ?kasih|demikian|mohon|berikut|hormat|wassalam"
    r"|dear|hello|thank|please|(?:best |kind )?regards|sincerely)",
    re.IGNORECASE,
)


def read_lines(own_words: str, office: Office) -> ReadLines | None:
    """Return what a mail's own lines answer, None where no line is an answer; never raises, whatever was written.

    Args:
        own_words: the newly typed text, quotation and signature removed.
        office: its codes are looked for, and its indicators give the units of measure.
    """
    lines = find_lines(own_words, _codes(office))
    if lines is None:
        return None
    form = form_of_lines(lines.answers, lines.faults, own_words, office)
    return ReadLines(form=form, written=own_words, ignored=lines.ignored)


def _codes(office: Office) -> Codes:
    """Return every code a line may begin with."""
    return (
        *((row.code, row.name, SheetName.INDICATORS) for row in office.indicators),
        *((row.code, row.name, SheetName.BUDGET) for row in office.budget),
        *((code, "", SheetName.NARRATIVE) for code in NARRATIVE_ROWS),
    )


def find_lines(own_words: str, codes: Codes) -> Lines | None:
    """Return what a mail's own lines answer; None where no line is shaped like an answer.

    Args:
        own_words: the newly typed text, quotation and signature removed.
        codes: every code of the office, whosever it is.
    """
    answers: list[Line] = []
    faults: list[Fault] = []
    ignored: list[str] = []
    shaped, table_rows, after_text = False, 0, False
    for line in own_words.splitlines()[:_MOST_LINES]:
        plain = _plain(line)
        found = None if plain.startswith((">", "|")) else _read(plain, codes)
        if isinstance(found, Line):
            shaped |= found.code not in _NAMES.values() or code_key(plain).startswith(code_key(found.code))
            answers.append(found)
        elif found is not None:
            faults.append(found)
            shaped |= _is_shaped(plain)
            table_rows += not _SIGN.search(plain) and _ENDS_IN_FIGURE.search(plain) is not None
        elif _says_something(plain, after_text=after_text):
            ignored.append(plain[:_SHOWN_CHARACTERS])
        after_text = isinstance(found, Line) and found.field not in FIGURES
    if not shaped and table_rows < _ROWS_OF_A_TABLE:
        return None
    once, twice = _once(answers)
    return Lines(answers=once, faults=(*faults, *twice), ignored=tuple(ignored[:_MOST_IGNORED]))


def _plain(line: str) -> str:
    """Return a line without what mail programs add to it: bullets, bold marks, doubled and invisible blanks."""
    text = " ".join(line.translate(_AS_TYPED).split())
    return _BULLET.sub("", _MARK.sub("", text).strip()).strip()


def _is_shaped(plain: str) -> bool:
    """Say whether a line that could not be read has the shape of an answer all the same: few words, then a sign."""
    sign = _SIGN.search(plain)
    bare = sign is None and len(plain.split()) <= _WORDS_OF_A_COLUMN and _ENDS_IN_FIGURE.search(plain) is not None
    return bare or (sign is not None and len(plain[: sign.start()].split()) <= _WORDS_OF_A_COLUMN + 1)


def _says_something(plain: str, *, after_text: bool) -> bool:
    """Say whether a line without a code may have been meant as an answer: it holds a figure, or follows a text."""
    return (after_text or any(sign.isdigit() for sign in plain)) and bool(plain) and not _COURTESY.match(plain)


def _read(plain: str, codes: Codes) -> Line | Fault | None:
    """Return what one line is; None where it begins with no code, or is an answer left blank."""
    text = _LABEL.sub("", plain)
    known, strange = _patterns(codes)
    found = known.match(text)
    if found is not None:
        return _answer(found[0], text[found.end() :], plain, codes)
    inside = known.search(text)
    if inside is not None:
        return _column_first(text, inside, plain, codes)
    unknown = strange.match(text) if strange is not None else None
    if unknown is not None:
        rest = text[unknown.end() :]
        given = plain[:_SHOWN_CHARACTERS]
        meant = _SIGN.search(rest) or _BARE.fullmatch(rest.strip())
        return Fault(code=FaultCode.LINE_UNKNOWN_CODE, row=unknown[0], given=given) if meant else None
    return _by_name(text)


def _answer(written: str, rest: str, plain: str, codes: Codes) -> Line | Fault | None:
    """Return the answer behind a code, or what is wrong with it; None where nothing was filled in."""
    code, name, sheet = _row(written, codes)
    unread = Fault(code=FaultCode.LINE_UNREAD, row=code, given=plain[:_SHOWN_CHARACTERS])
    sign = _SIGN.search(rest)
    if sign is None:
        bare = rest.strip()
        return _line(sheet, code, _FIRST_FIELD[sheet], bare) if _BARE.fullmatch(bare) else unread
    before, after = rest[: sign.start()].strip(_EDGES), rest[sign.end() :].strip()
    field: str | None = _FIRST_FIELD[sheet]
    if before and header_key(before) != header_key(name):
        field = FIELDS_BY_HEADER[sheet].get(header_key(before))
    else:
        second = _SIGN.search(after)
        named = FIELDS_BY_HEADER[sheet].get(header_key(after[: second.start()])) if second is not None else None
        if second is not None and named is not None:
            field, after = named, after[second.end() :].strip()
    return unread if field is None or len(after) > _MOST_CHARACTERS else _line(sheet, code, field, after)


def _column_first(text: str, inside: re.Match[str], plain: str, codes: Codes) -> Line | Fault | None:
    """Return the answer of a line that names the column before the code: `kendala IKU-05: ...`."""
    _, _, sheet = _row(inside[0], codes)
    column = text[: inside.start()].strip(_EDGES)
    rest = text[inside.end() :].strip()
    if header_key(column) not in FIELDS_BY_HEADER[sheet] or not _SIGN.match(rest):
        return None
    return _answer(inside[0], f" {column}{rest}", plain, codes)


def _by_name(text: str) -> Line | None:
    """Return the answer of a line that calls a row of the narrative by its name: `inovasi: ...`."""
    sign = _SIGN.search(text)
    code = _NAMES.get(header_key(text[: sign.start()])) if sign is not None else None
    after = text[sign.end() :].strip() if sign is not None else ""
    return Line(sheet=SheetName.NARRATIVE, code=code, field="answer", text=after) if code and after else None


def _line(sheet: SheetName, code: str, field: str, text: str) -> Line | Fault | None:
    """Return an answer if its column is one that is filled in; a blank one is no answer."""
    column = next(column for column in COLUMNS[sheet] if column.field == field)
    if not text:
        return None
    if not column.filled:
        return Fault(code=FaultCode.LINE_NOT_FILLED_IN, row=code, column=column.header, given=text[:_SHOWN_CHARACTERS])
    return Line(sheet=sheet, code=code, field=field, text=text.rstrip(" ;") if field in FIGURES else text)


def _once(answers: list[Line]) -> tuple[tuple[Line, ...], tuple[Fault, ...]]:
    """Return each answer once; where two lines say different things in one place, neither, and a finding."""
    places: dict[tuple[str, str], list[Line]] = {}
    for line in answers:
        same = places.setdefault((line.code, line.field), [])
        if all(" ".join(other.text.casefold().split()) != " ".join(line.text.casefold().split()) for other in same):
            same.append(line)
    headers = {sheet: {column.field: column.header for column in columns} for sheet, columns in COLUMNS.items()}
    twice = (
        Fault(
            code=FaultCode.LINE_TWICE,
            row=same[0].code,
            column=headers[same[0].sheet][same[0].field],
            given=same[0].text[:_SHOWN_CHARACTERS],
            other=same[1].text[:_SHOWN_CHARACTERS],
        )
        for same in places.values()
        if len(same) > 1
    )
    return tuple(same[0] for same in places.values() if len(same) == 1), tuple(twice)


def _row(written: str, codes: Codes) -> tuple[str, str, SheetName]:
    """Return the code that was written, with the name of its row and its sheet."""
    return next(row for row in codes if code_key(row[0]) == code_key(written))


@lru_cache(maxsize=16)
def _patterns(codes: Codes) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """Return the pattern of the office's codes as people write them, and that of codes it might have and has not."""
    keys = sorted({code_key(code) for code, _, _ in codes}, key=len, reverse=True)
    letters = sorted({part for key in keys for part in key.split(".")[:1] if part.isalpha()})
    shapes = []
    if letters:
        shapes.append(rf"(?:{'|'.join(map(re.escape, letters))}){_BETWEEN}{{0,3}}\d{{1,4}}")
    if any(key[0].isdigit() for key in keys):
        shapes.append(r"\d{1,3}(?:\.\d{1,6}){3,}")
    known = "|".join(_spelt(key) for key in keys)
    strange = re.compile(rf"(?:{'|'.join(shapes)}){_END}", re.IGNORECASE) if shapes else None
    return re.compile(rf"(?<![\w.])(?:{known}){_END}", re.IGNORECASE), strange


def _spelt(key: str) -> str:
    """Return the pattern of one code: leading zeros or none, any sign or blank between its parts."""
    parts = key.split(".")
    pattern = ""
    for before, part in zip(("", *parts), parts, strict=False):
        between = "" if not before else f"{_BETWEEN}{{{1 if before.isdigit() and part.isdigit() else 0},3}}"
        pattern += between + (f"0*{part}" if part.isdigit() else re.escape(part))
    return pattern
