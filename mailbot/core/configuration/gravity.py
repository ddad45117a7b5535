"""Which place of which file means what, and whether an edit there may act at once: one ordered list, first fit counts.

`*` stands for one key, `**` at the end for all that is below. What no line fits is never small: a setting that somebody
adds to the files waits until it has a line here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.core.configuration.change import Changed

if TYPE_CHECKING:
    from mailbot.core.configuration.difference import Path


class Waits(StrEnum):
    """When an edit waits for the operator's word."""

    NEVER = "never"
    """It is small: what comes of it may still wait, such as a deadline that comes earlier."""
    UNDER_WAY = "under_way"
    """While any cycle is under way."""
    ITS_YEAR = "its_year"
    """While a cycle about the year that it names is under way."""
    ITS_CYCLE = "its_cycle"
    """While the cycle that it names is under way."""
    WHO_DECIDES = "who_decides"
    """Once a first cycle was opened, and the person decides; of the operator always."""
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list."""

    place: str
    what: Changed
    waits: Waits


_C, _W = Changed, Waits
# fmt: off
LINES: tuple[Line, ...] = (
    # who is believed, what waits, what is run
    Line("office.trust.**",                                 _C.TRUST,              _W.ALWAYS),
    Line("office.mailboxes.*.authserv_ids",                 _C.TRUST,              _W.ALWAYS),
    Line("office.changes.**",                               _C.WAITING,            _W.ALWAYS),
    Line("office.watchdog.command",                         _C.PROGRAM,            _W.ALWAYS),
    Line("office.watchdog.webhook",                         _C.PROGRAM,            _W.ALWAYS),
    Line("office.mailboxes.[]",                             _C.ORDER,              _W.NEVER),
    Line("office.mailboxes.*",                              _C.SERVER,             _W.ALWAYS),
    # what lies beside the five files: by content, or by a fingerprint
    Line("files.anchors.*",                                 _C.ANCHOR,             _W.ALWAYS),
    Line("files.certificates.*",                            _C.CERTIFICATE,        _W.ALWAYS),
    Line("files.templates.*",                               _C.TEMPLATE,           _W.ALWAYS),
    Line("files.logo.*",                                    _C.PRINTED_FILE,       _W.NEVER),
    Line("files.agreement.*",                               _C.PRINTED_FILE,       _W.NEVER),
    Line("variables.*",                                     _C.VARIABLE,           _W.ALWAYS),
    Line("passwords.*",                                     _C.PASSWORD,           _W.NEVER),
    # people
    Line("recipients.people.*.address",                     _C.ADDRESS,            _W.WHO_DECIDES),
    Line("recipients.people.*.aliases",                     _C.ALIASES,            _W.WHO_DECIDES),
    Line("recipients.people.*.second_address",              _C.SECOND_ADDRESS,     _W.WHO_DECIDES),
    Line("recipients.people.*.name",                        _C.HOLDER,             _W.WHO_DECIDES),
    Line("recipients.people.*.role",                        _C.ROLE,               _W.WHO_DECIDES),
    Line("recipients.people.*.unit",                        _C.UNIT_OF,            _W.WHO_DECIDES),
    Line("recipients.people.*.acting",                      _C.ACTING,             _W.WHO_DECIDES),
    Line("recipients.people.*.since",                       _C.SINCE,              _W.WHO_DECIDES),
    Line("recipients.people.*.until",                       _C.UNTIL,              _W.WHO_DECIDES),
    Line("recipients.people.*.same_person_as",              _C.SAME_PERSON,        _W.WHO_DECIDES),
    Line("recipients.people.*.signs_as",                    _C.SIGNS_AS,           _W.WHO_DECIDES),
    Line("recipients.people.*.title",                       _C.PERSON_PRINTED,     _W.NEVER),
    Line("recipients.people.*.rank",                        _C.PERSON_PRINTED,     _W.NEVER),
    Line("recipients.people.*.nip",                         _C.PERSON_PRINTED,     _W.NEVER),
    Line("recipients.people.*.phone",                       _C.PERSON_PRINTED,     _W.NEVER),
    Line("recipients.people.*.language",                    _C.PERSON_LANGUAGE,    _W.NEVER),
    Line("recipients.people.[]",                            _C.ORDER,              _W.UNDER_WAY),
    Line("recipients.people.*",                             _C.PERSON_ADDED,       _W.WHO_DECIDES),
    # units and what they are asked
    Line("recipients.units.*.name",                         _C.UNIT_NAME,          _W.NEVER),
    Line("recipients.units.[]",                             _C.ORDER,              _W.NEVER),
    Line("recipients.units.*",                              _C.UNIT_ADDED,         _W.UNDER_WAY),
    Line("indicators.indicators.*.name",                    _C.INDICATOR_NAME,     _W.NEVER),
    Line("indicators.indicators.*.owner",                   _C.DUTY_OWNER,         _W.UNDER_WAY),
    Line("indicators.indicators.*.targets.*",               _C.TARGET,             _W.ITS_YEAR),
    Line("indicators.indicators.*.polarity",                _C.FORMULA,            _W.UNDER_WAY),
    Line("indicators.indicators.*.aggregation",             _C.FORMULA,            _W.UNDER_WAY),
    Line("indicators.indicators.*.negative",                _C.FORMULA,            _W.UNDER_WAY),
    Line("indicators.indicators.*.grades.**",               _C.FORMULA,            _W.UNDER_WAY),
    Line("indicators.indicators.*.unit_of_measure",         _C.FORMULA,            _W.UNDER_WAY),
    Line("indicators.indicators.*.numerator",               _C.FORMULA,            _W.UNDER_WAY),
    Line("indicators.indicators.*.denominator",             _C.FORMULA,            _W.UNDER_WAY),
    Line("indicators.indicators.*.objective",               _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.decimals",                _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.history.*",               _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.plan_end_target",         _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.plan_end_total",          _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.national",                _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.benchmarks",              _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.definition",              _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.formula",                 _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.programs",                _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.data_source",             _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.minimum",                 _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.maximum",                 _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.explain_below_pct",       _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.explain_above_pct",       _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.ratio_tolerance",         _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.total_of",                _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.*.jump_limit_pct",          _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.indicators.[]",                        _C.ORDER,              _W.NEVER),
    Line("indicators.indicators.*",                         _C.DUTY_ADDED,         _W.ITS_YEAR),
    Line("indicators.budget.*.name",                        _C.INDICATOR_NAME,     _W.NEVER),
    Line("indicators.budget.*.owner",                       _C.DUTY_OWNER,         _W.UNDER_WAY),
    Line("indicators.budget.*.budget_idr.*",                _C.BUDGET,             _W.ITS_YEAR),
    Line("indicators.budget.*.original_idr.*",              _C.BUDGET,             _W.ITS_YEAR),
    Line("indicators.budget.*.output_targets.*",            _C.TARGET,             _W.ITS_YEAR),
    Line("indicators.budget.*.output",                      _C.FORMULA,            _W.UNDER_WAY),
    Line("indicators.budget.*.output_unit",                 _C.INDICATOR_PRINTED,  _W.NEVER),
    Line("indicators.budget.[]",                            _C.ORDER,              _W.NEVER),
    Line("indicators.budget.*",                             _C.DUTY_ADDED,         _W.ITS_YEAR),
    Line("indicators.plan_end_year",                        _C.OTHER,              _W.NEVER),
    Line("indicators.objectives.**",                        _C.OTHER,              _W.NEVER),
    Line("indicators.strategic_issues",                     _C.OTHER,              _W.NEVER),
    Line("indicators.programs",                             _C.OTHER,              _W.NEVER),
    # time and procedure
    Line("office.calendar.closed.[]",                       _C.ORDER,              _W.NEVER),
    Line("office.calendar.open.[]",                         _C.ORDER,              _W.NEVER),
    Line("office.calendar.closed.*.reason",                 _C.OTHER,              _W.NEVER),
    Line("office.calendar.open.*.reason",                   _C.OTHER,              _W.NEVER),
    Line("office.calendar.closed.*",                        _C.DAY_CLOSED,         _W.NEVER),
    Line("office.calendar.open.*",                          _C.DAY_OPEN,           _W.NEVER),
    Line("office.calendar.**",                              _C.HOURS,              _W.NEVER),
    Line("sop.rows.*.days",                                 _C.ROW_TIME,           _W.NEVER),
    Line("sop.rows.*.hours",                                _C.ROW_TIME,           _W.NEVER),
    Line("sop.rows.*.title",                                _C.OTHER,              _W.NEVER),
    Line("sop.rows.*.sop",                                  _C.OTHER,              _W.NEVER),
    Line("sop.**",                                          _C.PROCEDURE,          _W.UNDER_WAY),
    Line("cycles.cycles.*.row_days.*",                      _C.ROW_OF_CYCLE,       _W.NEVER),
    Line("cycles.cycles.*.starts_on",                       _C.CYCLE_START,        _W.NEVER),
    Line("cycles.cycles.*.units",                           _C.CYCLE_UNITS,        _W.ITS_CYCLE),
    Line("cycles.cycles.*.year",                            _C.CYCLE_OTHER,        _W.ITS_CYCLE),
    Line("cycles.cycles.*.quarter",                         _C.CYCLE_OTHER,        _W.ITS_CYCLE),
    Line("cycles.cycles.[]",                                _C.ORDER,              _W.NEVER),
    Line("cycles.cycles.*",                                 _C.CYCLE_ADDED,        _W.NEVER),
    Line("cycles.reminders.**",                             _C.OTHER,              _W.NEVER),
    Line("cycles.recurring",                           _C.OTHER,               _W.UNDER_WAY),
    Line("cycles.openings_announced",                  _C.OTHER,               _W.NEVER),
    Line("cycles.opening_put_off_days",                _C.OTHER,               _W.NEVER),
    Line("cycles.opens_within_days",                        _C.OTHER,              _W.NEVER),
    # words that decide, formulas, signatures
    Line("office.words.**",                                 _C.WORDS,              _W.ALWAYS),
    Line("office.formulas.**",                              _C.FORMULA,            _W.UNDER_WAY),
    Line("office.ratings",                                  _C.FORMULA,            _W.UNDER_WAY),
    Line("office.ratified.**",                              _C.SIGNING,            _W.UNDER_WAY),
    # the machine
    Line("office.mailbox.**",                               _C.SERVER,             _W.ALWAYS),
    Line("office.imap.poll_seconds",                        _C.OTHER,              _W.NEVER),
    Line("office.imap.timeout_seconds",                     _C.OTHER,              _W.NEVER),
    Line("office.imap.folders.**",                          _C.OTHER,              _W.NEVER),
    Line("office.imap.**",                                  _C.SERVER,             _W.ALWAYS),
    Line("office.smtp.timeout_seconds",                     _C.OTHER,              _W.NEVER),
    Line("office.smtp.**",                                  _C.SERVER,             _W.ALWAYS),
    Line("office.oauth.**",                                 _C.SERVER,             _W.ALWAYS),
    Line("office.mailboxes.*.folders.**",                   _C.OTHER,              _W.NEVER),
    Line("office.mailboxes.*.timeout_seconds",              _C.OTHER,              _W.NEVER),
    Line("office.mailboxes.**",                             _C.SERVER,             _W.ALWAYS),
    Line("office.key",                                      _C.OFFICE_KEY,         _W.ALWAYS),
    Line("office.database",                                 _C.LEDGER,             _W.ALWAYS),
    Line("office.object_store.timeout_seconds",             _C.OTHER,              _W.NEVER),
    Line("office.object_store.from_kb",                     _C.OTHER,              _W.NEVER),
    Line("office.object_store.after_days",                  _C.OTHER,              _W.NEVER),
    Line("office.object_store.**",                          _C.OTHER,              _W.ALWAYS),
    Line("office.backup.**",                                _C.OTHER,              _W.NEVER),
    Line("office.archive_folder",                           _C.OTHER,              _W.NEVER),
    Line("office.board.link_minutes",                       _C.OTHER,              _W.NEVER),
    Line("office.board.idle_minutes",                       _C.OTHER,              _W.NEVER),
    Line("office.board.session_hours",                      _C.OTHER,              _W.NEVER),
    Line("office.board.**",                                 _C.OTHER,              _W.ALWAYS),
    Line("office.letterhead.**",                            _C.OTHER,              _W.NEVER),
    Line("office.language",                            _C.OTHER,               _W.NEVER),
    Line("office.letters.**",                         _C.OTHER,               _W.NEVER),
    Line("office.letter_numbers.**",                        _C.OTHER,              _W.NEVER),
    Line("office.delivery.**",                              _C.OTHER,              _W.NEVER),
    Line("office.decisions.**",                             _C.OTHER,              _W.NEVER),
    Line("office.pacing.**",                                _C.OTHER,              _W.NEVER),
    Line("office.watchdog.**",                              _C.OTHER,              _W.NEVER),
    Line("office.log.**",                                   _C.OTHER,              _W.NEVER),
    Line("office.filing.**",                                _C.OTHER,              _W.NEVER),
    Line("office.retention.**",                             _C.OTHER,              _W.NEVER),
    Line("office.forms.**",                                 _C.OTHER,              _W.NEVER),
    Line("office.profile.**",                               _C.OTHER,              _W.NEVER),
    Line("office.evaluation.**",                            _C.OTHER,              _W.NEVER),
    Line("office.limits.**",                                _C.OTHER,              _W.NEVER),
)
# fmt: on
UNKNOWN = Line("**", Changed.OTHER, Waits.ALWAYS)
"""For what the list does not know."""


def line_of(path: Path) -> Line:
    """Return the first line that fits a place."""
    return next((line for line in LINES if _fits(line.place.split("."), path)), UNKNOWN)


def _fits(pattern: list[str], path: Path) -> bool:
    """Say whether a pattern stands for a place."""
    if pattern[-1] == "**":
        pattern = pattern[:-1]
        path = path[: len(pattern)] if len(path) >= len(pattern) else ()
    return len(pattern) == len(path) and all(key in {"*", part} for key, part in zip(pattern, path, strict=True))
