"""What the files must be together: one ordered list of small questions, each yielding every problem it sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailbot.settings.checks import (
    calendar,
    cycles,
    mail,
    oauth,
    object_store,
    office,
    people,
    promises,
    recurring,
    report,
    rows,
    worths,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mailbot.settings.sayings.said import Mistake
    from mailbot.settings.sections import Section

CHECKS: tuple[tuple[Callable[..., Iterator[Mistake]], tuple[str, ...]], ...] = (
    # office.yaml
    (mail.no_password_in_the_clear, ("office.imap", "office.smtp")),
    (oauth.provider_is_described, ("office.oauth",)),
    (oauth.endpoints_are_safe, ("office.oauth",)),
    (oauth.webhook_of_the_file_is_safe, ("office.watchdog",)),
    (mail.mailboxes_are_apart, ("office.mailbox", "office.imap", "office.mailboxes")),
    (mail.mail_is_moved_elsewhere, ("office.imap", "office.mailboxes")),
    (calendar.hours_in_order, ("office.calendar",)),
    (calendar.days_stand_once, ("office.calendar",)),
    (calendar.ramadan_in_order, ("office.calendar",)),
    (office.numbers_stand_once, ("office.letter_numbers",)),
    (office.signatures_have_authorities, ("office.ratified",)),
    (office.pattern_is_whole, ("office.letter_numbers",)),
    (office.thresholds_in_order, ("office.forms",)),
    (office.column_names_are_distinct, ("office.forms",)),
    (office.column_names_can_be_read, ("office.forms",)),
    (office.ratings_descend, ("office.ratings*",)),
    (office.words_are_distinct, ("office.words",)),
    (report.posts_hang_together, ("office.profile",)),
    (report.aims_and_actions_are_known, ("office.profile", "indicators.objectives*")),
    (report.criteria_add_up, ("office.evaluation",)),
    (mail.database_is_known, ("office.database",)),
    (object_store.store_is_described, ("office.object_store",)),
    # recipients.yaml
    (people.keys_stand_once, ("recipients.units", "recipients.people")),
    (people.units_are_known, ("recipients.units*", "recipients.people")),
    (people.heads_have_a_unit, ("recipients.people",)),
    (people.terms_are_in_order, ("recipients.people",)),
    (people.same_person_is_known, ("recipients.people*",)),
    (people.addresses_are_own, ("recipients.people",)),
    (people.nobody_is_mailbot, ("office.mailbox", "office.mailboxes", "recipients.people")),
    (people.posts_have_one_holder, ("recipients.people",)),
    (people.roles_are_held, ("recipients.people*",)),
    (people.units_have_a_head, ("recipients.units", "recipients.people*")),
    (people.posts_are_held_when_cycles_open, ("recipients.units", "recipients.people*", "cycles.cycles")),
    # indicators.yaml
    (
        promises.codes_stand_once,
        ("indicators.objectives", "indicators.indicators", "indicators.programs", "indicators.budget"),
    ),
    (promises.objectives_are_known, ("indicators.objectives*", "indicators.indicators")),
    (promises.owners_are_units, ("recipients.units*", "indicators.indicators", "indicators.budget")),
    (promises.lines_have_a_program, ("indicators.programs*", "indicators.budget")),
    (
        promises.indicators_have_known_programs,
        ("indicators.programs*", "indicators.indicators", "indicators.budget*"),
    ),
    (promises.lines_have_whole_outputs, ("indicators.budget",)),
    (worths.words_are_grades, ("indicators.indicators",)),
    (worths.grades_descend, ("indicators.indicators",)),
    (worths.values_lie_in_range, ("indicators.indicators",)),
    (promises.ratios_have_both_sides, ("indicators.indicators",)),
    (promises.totals_have_parts, ("indicators.indicators",)),
    # sop.yaml
    (rows.every_step_once_in_order, ("sop.rows*",)),
    (rows.one_kind_of_time, ("sop.rows",)),
    (rows.what_ends_a_row_fits_it, ("sop.rows",)),
    (rows.refusals_lead_back, ("sop.rows",)),
    (rows.printed_numbers_stand_once, ("sop.rows",)),
    # cycles.yaml
    (cycles.keys_stand_once, ("cycles.cycles",)),
    (cycles.units_are_known, ("recipients.units*", "cycles.cycles")),
    (cycles.opens_after_its_period_begins, ("cycles.cycles",)),
    (cycles.rows_in_hours_keep_their_time, ("sop.rows", "cycles.cycles")),
    (cycles.something_is_promised, ("recipients.units*", "indicators.indicators*", "cycles.cycles")),
    (cycles.every_indicator_names_the_year, ("indicators.indicators", "cycles.cycles")),
    (cycles.every_line_names_the_year, ("indicators.budget", "cycles.cycles")),
    (recurring.something_is_planned, ("cycles.recurring*", "cycles.cycles*")),
    (recurring.keys_stand_once, ("cycles.recurring",)),
    (recurring.years_are_in_order, ("cycles.recurring",)),
    (recurring.units_are_known, ("recipients.units*", "cycles.recurring")),
    (recurring.rows_in_hours_keep_their_time, ("sop.rows", "cycles.recurring")),
    (recurring.every_indicator_names_the_year, ("indicators.indicators", "cycles.recurring")),
    (recurring.every_line_names_the_year, ("indicators.budget", "cycles.recurring")),
)
"""Each question and the fields it looks at. A star: asked only if every item of that list could be read."""


def cross_checked(sections: Mapping[str, Section]) -> Iterator[Mistake]:
    """Ask every question whose fields could be read."""
    for check, fields in CHECKS:
        looked_at = _readable(sections, fields)
        if looked_at is not None:
            yield from check(*looked_at)


def _readable(sections: Mapping[str, Section], fields: tuple[str, ...]) -> tuple[Any, ...] | None:
    """Return the fields a question looks at, or None if one of them could not be read as it needs it."""
    found = []
    for field in fields:
        section = sections.get(field.rstrip("*"))
        if section is None or (field.endswith("*") and not section.whole):
            return None
        found.append(section)
    return tuple(found)
