"""The kinds of value a setting can have, each with plain words for what is wrong with it.

Every scalar of the YAML arrives here as the very text that stands in the file, so that `99.12` stays exact, `010` is no
eight and `no` is no False; the kind of the field alone decides what the text means.
"""

from __future__ import annotations

import ipaddress
import re
from datetime import time
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from mailbot.settings.sayings.said import Said, said
from mailbot.settings.slips.numbers import number_way_out

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_KEY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9]))*")
_OFFICE_KEY = re.compile(r"[a-z0-9-]{0,40}")
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
)
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)*\.?")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")
_CLOCK_SCHEMA = {"type": "string", "pattern": r"^([01]?\d|2[0-3])[.:][0-5]\d$"}
_DIGITS_OF_NIP = 18
_THOUSANDS = re.compile(r"\d{1,3}\.\d{3}")
_QUARTERS = 4
_BOUNDS = 2
_NO_WORD = re.compile(r"[\W\d_]*")
"""What holds no letter at all is a number gone wrong, `98,50`, and never a word."""


def wrong(what: Said, hint: Said | str = "") -> PydanticCustomError:
    """Make the error that carries what we say of it (and a hint) through pydantic."""
    return PydanticCustomError("plain", "{what}", {"what": what, "hint": hint})


def _one_line(text: str) -> str:
    """Refuse line breaks and control characters: what is printed in a letter's head must never end a mail header."""
    text = text.strip()
    if _CONTROL.search(text):
        raise wrong(said("not_one_line"), said("write_one_line"))
    return text


def _filled(text: str) -> str:
    """Refuse an empty text."""
    if not text:
        raise wrong(said("is_blank"))
    return text


def _key(text: str) -> str:
    """Refuse what could not stand in a file name and in a letter's key."""
    if not _KEY.fullmatch(text):
        raise wrong(
            said("bad_key", text=text),
            said("key_begins_with"),
        )
    return text


def _office_key(text: str) -> str:
    """Refuse what could not be the key of an office in a ledger that many share."""
    if not _OFFICE_KEY.fullmatch(text):
        raise wrong(said("bad_office_key", text=text), said("office_key_looks_so"))
    return text


def _recurring_key(text: str) -> str:
    """Refuse a key in which the year has no place of its own, or that could not be a key once it is filled in."""
    if text.count("{year}") != 1 or text.count("{quarter}") > 1 or text != text.lower():
        raise wrong(said("bad_recurring_key", text=text), said("recurring_key_looks_so"))
    _key(text.replace("{year}", "2026").replace("{quarter}", "1"))
    return text


def _address(text: str) -> str:
    """Refuse what is no plain mail address."""
    if not _ADDRESS.fullmatch(text):
        raise wrong(said("bad_address", text=text), said("address_looks_so"))
    return text


def _host(text: str) -> str:
    """Refuse what no server can be called: an address of the web, a name with its port, several words."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        if not _HOST.fullmatch(text):
            raise wrong(
                said("bad_host", text=text),
                said("host_looks_so"),
            ) from None
    return text


def _clock(value: object) -> object:
    """Read an hour of the day as it is written here, `07:30` or `07.30`."""
    if not isinstance(value, str):
        return value
    found = _CLOCK.fullmatch(value.strip())
    if found is None:
        raise wrong(said("bad_clock", value=value))
    return time(int(found[1]), int(found[2]))


def _zone(text: str) -> str:
    """Refuse a time zone that this machine does not know."""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        if not available_timezones():
            raise wrong(said("no_zone_database", text=text), said("no_zone_database_way")) from None
        raise wrong(said("bad_zone", text=text), said("known_zones")) from None
    return text


def _nip(text: str) -> str:
    """Print a NIP in its groups: birth date, appointment, sex, serial number (8, 6, 1, 3 digits)."""
    digits = re.sub(r"[\s.]", "", text)
    if not digits:
        return ""
    if len(digits) != _DIGITS_OF_NIP or not digits.isascii() or not digits.isdigit():
        raise wrong(said("bad_nip", digits_of_nip=_DIGITS_OF_NIP, text=text), said("nip_looks_so"))
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def _number(text: object) -> object:
    """Return the number that a text is; whatever else it is stays, to be told of by its kind."""
    if not isinstance(text, str):
        return text
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return text
    return number if number.is_finite() else text


def _worth(value: object) -> object:
    """Read a number, or one of the indicator's own words; which words it has is asked when the whole file is read."""
    value = _number(value)
    if isinstance(value, Decimal):
        return value
    if value is None:
        raise wrong(said("number_empty"))
    if not isinstance(value, str) or _NO_WORD.fullmatch(value):
        shown = (
            f"'{value}'" if isinstance(value, str) else said("a_list" if isinstance(value, list | tuple) else "a_block")
        )
        way_out = number_way_out(value) if isinstance(value, str) else said("write_digits")
        raise wrong(said("number_wanted", shown=shown), way_out)
    return _filled(_one_line(value))


def _rupiah(amount: Decimal) -> Decimal:
    """Refuse one point before three digits: among rupiah it parts thousands, and `950.000` would be read as 950."""
    if _THOUSANDS.fullmatch(str(amount)):
        raise wrong(said("number_wanted", shown=f"'{amount}'"), number_way_out(str(amount)))
    return amount


def _promised(value: object) -> object:
    """Read one quarter's target: a number, a range of two, or a word."""
    if value is None or not isinstance(value, list | tuple):
        return None if value is None else _worth(value)
    bounds = tuple(_number(bound) for bound in value)
    if len(bounds) != _BOUNDS or not all(isinstance(bound, Decimal) for bound in bounds):
        raise wrong(said("range_wanted"), said("range_looks_so"))
    if bounds[0] > bounds[1]:  # type: ignore[operator]  # both are numbers
        raise wrong(said("range_turned", bounds=bounds[0], bounds_2=bounds[1]))
    return bounds


def _four(value: object) -> object:
    """Refuse a list of targets that has not exactly one value per quarter."""
    if not isinstance(value, list | tuple):
        raise wrong(said("four_wanted"), said("four_looks_so"))
    if len(value) != _QUARTERS:
        way_out = "write_null_and_full_stop" if len(value) > _QUARTERS else "write_null"
        if any(isinstance(item, str) and ";" in item for item in value):
            way_out = "commas_between"
        raise wrong(said("not_four", value=len(value)), said(way_out))
    return value


Line = Annotated[str, AfterValidator(_one_line)]
"""Text on one line, possibly empty."""
Words = Annotated[str, AfterValidator(_one_line), AfterValidator(_filled)]
"""Text on one line, never empty."""
Key = Annotated[str, AfterValidator(_key)]
"""A short name of our own for a unit, a person or a cycle; it stands in file names and in keys of letters."""
OfficeKey = Annotated[
    str,
    AfterValidator(_one_line),
    AfterValidator(_office_key),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9-]{0,40}$"}),
]
"""The key of a whole office, empty where it is alone."""
RecurringKey = Annotated[str, AfterValidator(_recurring_key)]
"""The same of cycles that come back, with places for year and quarter."""
Address = Annotated[str, AfterValidator(_one_line), AfterValidator(_address)]
Host = Annotated[str, AfterValidator(_one_line), AfterValidator(_filled), AfterValidator(_host)]
"""The name or the number of a server."""
Clock = Annotated[time, BeforeValidator(_clock, json_schema_input_type=str), WithJsonSchema(_CLOCK_SCHEMA)]
Zone = Annotated[str, AfterValidator(_zone)]
Nip = Annotated[str, AfterValidator(_one_line), AfterValidator(_nip)]
Year = Annotated[int, Field(ge=2000, le=2100)]
Pct = Annotated[Decimal, Field(ge=0)]
Rupiah = Annotated[Decimal, Field(ge=0), AfterValidator(_rupiah)]
Amount = Annotated[Decimal, Field(ge=0)]
_NUMBER = {"type": "number"}
_WORD = {"type": "string", "pattern": "[A-Za-z]"}
_RANGE = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
Worth = Annotated[Decimal | str, BeforeValidator(_worth), WithJsonSchema({"anyOf": [_NUMBER, _WORD]})]
"""A number in the indicator's unit, or one of its own words."""
Promised = Annotated[
    Decimal | tuple[Decimal, Decimal] | str | None,
    BeforeValidator(_promised),
    WithJsonSchema({"anyOf": [_NUMBER, _WORD, _RANGE, {"type": "null"}]}),
]
"""One quarter's target: a number, a range, a word, or nothing."""
Quarters = Annotated[tuple[Promised, Promised, Promised, Promised], BeforeValidator(_four)]
"""Four targets, one for each quarter."""
Security = Literal["tls", "starttls", "plain"]
"""TLS from the first byte; TLS asked for and required; none (on this machine only)."""
