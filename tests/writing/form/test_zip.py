"""The zip a workbook is written into: what the standard library would write, and packed members taken over."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.writing.form.xlsx_package import Packed, packed, unpacked, zip_bytes

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/\\"), min_size=1, max_size=20)
MEMBERS = st.dictionaries(NAMES, st.binary(max_size=2_000) | st.text(st.characters(exclude_categories=["Cs"])))


def plainly_zipped(members: dict[str, bytes | str]) -> bytes:
    """Return what `zipfile` makes of the members, at the earliest day a zip can hold."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content, compresslevel=6)
    return target.getvalue()


@given(MEMBERS)
def test_the_bytes_are_those_of_the_standard_library(members: dict[str, bytes | str]) -> None:
    """Written by hand for speed alone: not one byte differs."""
    assert zip_bytes(members) == plainly_zipped(members)


@given(MEMBERS)
def test_a_packed_member_is_taken_over_as_it_stands(members: dict[str, bytes | str]) -> None:
    """What came packed leaves packed the same way, whatever stood around it."""
    came = b"something before it" + plainly_zipped(members)
    kept = {member.filename: packed(came, member) for member in zipfile.ZipFile(io.BytesIO(came)).infolist()}
    assert zip_bytes(kept) == plainly_zipped(members)


def test_a_stored_member_stays_stored() -> None:
    """The way a member was packed is told with it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.xml"), b"as it is")
    [member] = zipfile.ZipFile(target).infolist()
    kept = packed(target.getvalue(), member)
    assert kept == Packed(content=b"as it is", crc=member.CRC, size=8, method=zipfile.ZIP_STORED)
    assert zipfile.ZipFile(io.BytesIO(zip_bytes({"a.xml": kept}))).read("a.xml") == b"as it is"


@given(MEMBERS)
def test_a_packed_member_gives_back_what_it_was_made_of(members: dict[str, bytes | str]) -> None:
    """Without the standard library's reader."""
    archive = plainly_zipped(members)
    for member in zipfile.ZipFile(io.BytesIO(archive)).infolist():
        content = members[member.filename]
        assert unpacked(packed(archive, member)) == (content.encode() if isinstance(content, str) else content)


def test_a_member_that_is_not_what_it_says_is_damage() -> None:
    """Another checksum, other bytes than those of the directory, a place where no member begins."""
    archive = plainly_zipped({"a.xml": b"some text"})
    [member] = zipfile.ZipFile(io.BytesIO(archive)).infolist()
    kept = packed(archive, member)
    for wrong in (replace(kept, crc=1), replace(kept, size=3), replace(kept, method=zipfile.ZIP_STORED)):
        with pytest.raises(zipfile.BadZipFile):
            unpacked(wrong)
    with pytest.raises(zipfile.BadZipFile):
        packed(b"x" + archive, member)
