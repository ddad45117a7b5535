"""Reading YAML: every scalar stays its text, every value knows its line, and no bytes make it fall over."""

from __future__ import annotations

import json
import shutil
import sys
import zoneinfo
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from mailbot.core.language.plain_line import plain
from mailbot.core.model.office import Office
from mailbot.errors import ConfigProblem, Problem
from mailbot.settings.files import FILES
from mailbot.settings.files.fields import Address, Clock, Key, Line, Nip
from mailbot.settings.loading import load
from mailbot.settings.slips.nearest import nearest
from mailbot.settings.source import read_source
from tests.settings.folders import SMALL, change, small_office

TEXTS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=40)


@pytest.mark.parametrize("written", ["no", "010", "1e3", "2026-01-05", "12:30", "0x1F", "1_000", "99.10", "true", ".5"])
def test_a_scalar_stays_the_text_that_is_written(written: str) -> None:
    """YAML's own guesses (no is false, 010 is eight, 12:30 is 750) are not ours."""
    source, problems = read_source("a.yaml", f"key: {written}\nlist: [{written}]\n".encode())
    assert (source.data, problems) == ({"key": written, "list": [written]}, ())


@pytest.mark.parametrize("written", ["", "~", "null", "# a comment"])
def test_nothing_is_none(written: str) -> None:
    """An empty value, and the words YAML has for it; in quotes they are words."""
    assert read_source("a.yaml", f"key: {written}\n".encode())[0].data == {"key": None}
    assert read_source("a.yaml", b"key: 'null'\n")[0].data == {"key": "null"}


def test_everything_knows_its_line() -> None:
    """Also inside lists and behind comments; what is not there is looked for around it."""
    text = "# first\na:\n  - b: 1\n\n    c:\n      - 2\n      - 3\nd: {e: 4}\n"
    source, _ = read_source("a.yaml", text.encode())
    places = {("a",): 2, ("a", 0): 3, ("a", 0, "b"): 3, ("a", 0, "c"): 5, ("a", 0, "c", 1): 7, ("d", "e"): 8}
    assert {place: source.line(place) for place in places} == places
    assert (source.line(("a", 0, "nowhere", 7)), source.line(("nowhere",))) == (3, 1)


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_files_saved_by_notepad_are_files(prefix: bytes, end: bytes) -> None:
    """A byte order mark and carriage returns are no mistake, and lines are counted all the same."""
    source, problems = read_source("a.yaml", prefix + end.join([b"a: satu", b"b:", b"  - dua", b""]))
    assert (source.data, source.line(("b", 0)), problems) == ({"a": "satu", "b": ["dua"]}, 3, ())


@given(TEXTS, TEXTS)
def test_any_text_in_quotes_comes_back(one: str, other: str) -> None:
    """Whatever people write between double quotes (JSON's quotes are YAML's)."""
    written = f"a: {json.dumps(one, ensure_ascii=False)}\nb:\n  - {json.dumps(other, ensure_ascii=False)}\n"
    source, problems = read_source("a.yaml", written.encode())
    assert (source.data, problems) == ({"a": one, "b": [other]}, ())


@settings(deadline=None)  # the same
@given(st.binary(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>'\"#%@ \n\t,?", max_size=80).map(str.encode))
def test_no_bytes_make_the_reader_fall_over(content: bytes) -> None:
    """Either data, or a problem with a line inside the file; never an exception."""
    source, problems = read_source("a.yaml", content)
    assert source.data is not None or problems
    assert all(1 <= problem.line <= content.count(b"\n") + content.count(b"\r") + 2 for problem in problems)


def test_a_file_nested_without_end_is_refused() -> None:
    """A page of brackets is no configuration, and no reason to stop."""
    _, problems = read_source("a.yaml", b"a: " + b"[" * 20_000)
    assert len(problems) == 1


def outcome(folder: Path) -> tuple[tuple[Problem, ...], Office | None]:
    """Load a folder: the problems, or the office."""
    try:
        return (), load(folder, {}).office()
    except ConfigProblem as refused:
        return refused.problems, None


@settings(deadline=None)  # the disk and the machine's other work decide how long this takes
@given(st.data())
def test_no_edit_makes_loading_fall_over(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """A small valid office with a piece cut out, doubled or replaced loads, or is refused with problems."""
    folder = tmp_path_factory.mktemp("edit") / "config"
    shutil.copytree(SMALL, folder)
    path = folder / f"{data.draw(st.sampled_from(list(FILES)))}.yaml"
    text = path.read_text(encoding="utf-8")
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, min(len(text), begin + 40)))
    piece = data.draw(st.sampled_from(["", text[begin:end] * 2, "\n", "  ", "- ", "null", "[]", "{}", "-1", "é", '"']))
    path.write_text(text[:begin] + piece + text[end:], encoding="utf-8")
    told, office = outcome(folder)
    assert (told == ()) is (office is not None)
    assert all(problem.line >= 1 and problem.what for problem in told)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_a_number_is_exactly_what_is_written(number: Decimal) -> None:
    """No float ever stands between the file and the value."""
    source, _ = read_source("a.yaml", f"a: {number}\n".encode())
    assert isinstance(source.data, dict)
    read = TypeAdapter(Decimal).validate_python(source.data["a"])
    assert (read, str(read)) == (number, str(number))


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(".:"))
def test_an_hour_is_read_as_it_is_written_here(hour: int, minute: int, mark: str) -> None:
    """With a full stop or a colon, with or without a leading zero."""
    adapter = TypeAdapter(Clock)
    for written in (f"{hour}{mark}{minute:02}", f"{hour:02}{mark}{minute:02}"):
        read = adapter.validate_python(written)
        assert (read.hour, read.minute, read.second) == (hour, minute, 0)


@given(st.from_regex(r"[0-9]{18}", fullmatch=True), st.lists(st.integers(0, 17), max_size=6))
def test_a_nip_is_printed_in_its_groups(digits: str, gaps: list[int]) -> None:
    """However it was typed: 8, 6, 1 and 3 digits."""
    typed = "".join(f" {digit}" if place in gaps else digit for place, digit in enumerate(digits))
    groups = TypeAdapter(Nip).validate_python(typed).split(" ")
    assert ([len(group) for group in groups], "".join(groups)) == ([8, 6, 1, 3], digits)


@given(st.text(max_size=30))
def test_a_key_can_always_be_part_of_a_path(text: str) -> None:
    """What is taken as a key never leaves its folder and never hides."""
    try:
        key = TypeAdapter(Key).validate_python(text)
    except ValueError:
        assert text == "" or not text.isalnum() or not text.isascii()
    else:
        assert Path(key).name == key
        assert not key.startswith(".")


@given(st.text(alphabet="ab.@-_ \n,;<>\"'é", max_size=30))
def test_an_address_holds_nothing_that_a_header_could_trip_over(text: str) -> None:
    """One @, no blanks, no line breaks, no commas, no brackets."""
    try:
        address = TypeAdapter(Address).validate_python(text)
    except ValueError:
        return
    assert address.count("@") == 1
    assert not set(address) & set(' \n\r\t,;<>"')
    assert address.isascii()


@given(st.text(max_size=30))
def test_a_line_is_one_line(text: str) -> None:
    """Nothing that ends a mail header gets into a letterhead."""
    try:
        line = TypeAdapter(Line).validate_python(text)
    except ValueError:
        return
    assert len(line.splitlines()) <= 1


def test_half_a_character_is_no_text() -> None:
    """YAML can name one by its number, but no letter and no database can hold it."""
    with pytest.raises(ValueError, match="not_one_line"):
        TypeAdapter(Line).validate_python("\ud800")


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("hst", ["host", "port"], "host"),
        ("HOST", ["host", "port"], "host"),
        ("satuan", ["unit_of_measure", "owner"], "unit_of_measure"),
        ("satuan", ["owner"], None),
        ("xyz", ["host", "port"], None),
        ("", [], None),
    ],
)
def test_the_nearest_word_is_offered(typed: str, known: list[str], meant: str | None) -> None:
    """By letters, by case, and by the Indonesian word for it."""
    assert nearest(typed, known) == meant


def test_synonyms_are_compared_as_replies_are(tmp_path: Path) -> None:
    """A spelling in the file and a line in a mail are reduced by the same rule."""
    folder = small_office(tmp_path)
    change(folder, "office.yaml", "mailbox:", "words:\n  synonyms:\n    SETUJU: ['  Saya  Setuju. ']\nmailbox:")
    office = load(folder, {}).office()
    assert plain("> SAYA SETUJU!") in office.synonyms


def test_a_machine_without_zones_is_told_so(tmp_path: Path) -> None:
    """And not that Asia/Jakarta is no zone."""
    folder, known = small_office(tmp_path), zoneinfo.TZPATH
    change(folder, "office.yaml", "mailbox:", "calendar: {zone: Asia/Jakarta}\nmailbox:")
    packaged = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "tzdata"}
    gone = ("tzdata", *packaged)
    sys.modules.update(dict.fromkeys(gone))  # type: ignore[arg-type]  # None: a package that cannot be found
    zoneinfo.reset_tzpath(to=[str(tmp_path)])
    zoneinfo.ZoneInfo.clear_cache()
    try:
        told, _ = outcome(folder)
    finally:
        for name in gone:
            sys.modules.pop(name, None)
        sys.modules.update(packaged)
        zoneinfo.reset_tzpath(to=known)
        zoneinfo.ZoneInfo.clear_cache()
    assert [(problem.line, problem.hint) for problem in told] == [(12, "Debian: apt-get install tzdata")]
