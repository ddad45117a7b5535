"""From and To hold exactly one address on valid lines, however long the name is and whatever stands in it (P9)."""

from __future__ import annotations

import email
import email.policy
from email.header import decode_header, make_header
from email.utils import getaddresses
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailbot.writing.letters.address_field import address_field

if TYPE_CHECKING:
    from email.headerregistry import AddressHeader

KEPT = Path(__file__).parents[2] / "cases" / "post" / "names.txt"
NAMES = [" ".join(line.split()) for line in KEPT.read_text("utf-8").splitlines()]
ADDRESS = "lkjip.disdukcapil@example.go.id"
LONG_ADDRESS = "a" * 64 + "@" + ".".join(["kabupaten-kepulauan"] * 9) + ".go.id"
ANY_NAME = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=400).map(
    lambda text: " ".join(text.split())
)


def read_back(field: bytes) -> list[tuple[str, str]]:
    """Return names, without their gaps, and addresses as the library's strict parser sees them.

    It keeps the gap between two encoded words, which does not belong to the name.
    """
    parsed: AddressHeader = email.message_from_bytes(field + b"\r\n", policy=email.policy.default)["from"]
    return [(one.display_name.replace(" ", ""), one.addr_spec) for one in parsed.addresses]


def read_plainly(field: bytes) -> list[tuple[str, str]]:
    """Return them as an old reader does: cut into addresses first, decoded after."""
    value = str(email.message_from_bytes(field + b"\r\n")["from"]).replace("\r\n", "")
    return [(str(make_header(decode_header(name))), address) for name, address in getaddresses([value])]


def assert_valid(field: bytes) -> None:
    """Every line is ASCII, within the length, and begins as a line of a header must; none is blank."""
    first, *rest = field.decode("ascii").removesuffix("\r\n").split("\r\n")
    assert first.startswith("From: ")
    assert all(line.startswith(" ") and line.strip() for line in rest)
    assert all(len(line) <= 78 or len(line.split()) == 1 for line in rest)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("address", [ADDRESS, LONG_ADDRESS], ids=["usual", "long"])
def test_a_kept_name_comes_back_whole_with_one_address(name: str, address: str) -> None:
    """The long names of offices and people, with commas, titles, quotation marks and letters of other scripts."""
    field = address_field("From", name, address)

    assert_valid(field)
    assert read_back(field) == [(name.replace(" ", ""), address)]
    assert read_plainly(field) == [(name, address)]


@given(name=ANY_NAME)
@example(name="a," * 150)
@example(name="Nama, " * 40 + "S.Sos.")
@example(name="é" * 120)
def test_any_name_leaves_one_address(name: str) -> None:
    """Whatever an office writes into its YAML, the address stays one and the same."""
    field = address_field("From", name, ADDRESS)

    assert_valid(field)
    assert [address for _, address in read_back(field)] == [ADDRESS]
    assert [address for _, address in read_plainly(field)] == [ADDRESS]


def test_a_short_name_stands_as_it_is() -> None:
    """Words as words, commas in quotation marks; nobody has to decode what needs no code."""
    assert address_field("To", "Kepala Bidang PIAK", ADDRESS) == b"To: Kepala Bidang PIAK <%b>\r\n" % ADDRESS.encode()
    assert address_field("To", "Nama, S.T.", ADDRESS) == b'To: "Nama, S.T." <%b>\r\n' % ADDRESS.encode()
    assert address_field("To", "", ADDRESS) == b"To: %b\r\n" % ADDRESS.encode()
