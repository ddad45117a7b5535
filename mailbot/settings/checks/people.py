"""Questions about people: does everybody belong somewhere, is every post held, is nobody taken for another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mailbot.core.model.people import Acting, Role
from mailbot.settings.checks.unique_fields import stands_once
from mailbot.settings.sayings.said import Mistake, said
from mailbot.settings.slips.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.files.cycles import CycleBlock
    from mailbot.settings.files.mailbox import FurtherMailbox, MailboxBlock
    from mailbot.settings.files.recipients import PersonBlock, UnitBlock
    from mailbot.settings.sections import Items, Part

_IN_A_UNIT = frozenset({Role.DIVISION_HEAD, Role.SECTION_HEAD})
_HELD_BY_ONE = frozenset({Role.SECRETARY, Role.AGENCY_HEAD, Role.DIVISION_HEAD, Role.PLANNING_BOARD})
_OF_THE_OFFICE = (Role.PLANNING, Role.SECRETARY, Role.AGENCY_HEAD, Role.PLANNING_BOARD, Role.OPERATOR)


def keys_stand_once(units: Items[UnitBlock], people: Items[PersonBlock]) -> Iterator[Mistake]:
    """A key means one unit, or one person's post."""
    yield from stands_once(units, field="key")
    yield from stands_once(people, field="key")


def units_are_known(units: Items[UnitBlock], people: Items[PersonBlock]) -> Iterator[Mistake]:
    """A person's unit is one of the units."""
    keys = [unit.key for unit in units.blocks]
    for place, person in people:
        if person.unit is not None and person.unit not in keys:
            what = said("person_of_no_unit", key=person.key, unit=person.unit)
            yield people.problem(place, "unit", what=what, hint=did_you_mean(person.unit, keys))


def heads_have_a_unit(people: Items[PersonBlock]) -> Iterator[Mistake]:
    """Who heads a unit or a section says which unit."""
    for place, person in people:
        if person.role in _IN_A_UNIT and person.unit is None:
            yield people.problem(place, what=said("head_without_unit", key=person.key, role=person.role))


def terms_are_in_order(people: Items[PersonBlock]) -> Iterator[Mistake]:
    """Nobody's last day lies before his first."""
    for place, person in people:
        if person.since is not None and person.until is not None and person.since > person.until:
            what = said("term_reversed", key=person.key, since=person.since, until=person.until)
            yield people.problem(place, "until", what=what)


def same_person_is_known(people: Items[PersonBlock]) -> Iterator[Mistake]:
    """`same_person_as` names another entry."""
    keys = [person.key for person in people.blocks]
    for place, person in people:
        if person.same_person_as is None:
            continue
        others = [key for key in keys if key != person.key]
        if person.same_person_as not in others:
            what = said("same_person_unknown", key=person.key, same_person_as=person.same_person_as)
            yield people.problem(place, "same_person_as", what=what, hint=did_you_mean(person.same_person_as, others))


def addresses_are_own(people: Items[PersonBlock]) -> Iterator[Mistake]:
    """One address means one person, unless both entries are that person, or one came after the other."""
    seen: list[tuple[str, PersonBlock, int]] = []
    for place, person in people:
        for field, address in _addresses(person):
            for known, other, line in seen:
                if address.casefold() == known and _clash(person, other):
                    what = said("address_of_two", key=person.key, address=address, other_key=other.key, line=line)
                    hint = said("same_person_way")
                    yield people.problem(place, field, what=what, hint=hint)
            seen.append((address.casefold(), person, people.line(place, field)))


def nobody_is_mailbot(
    mailbox: Part[MailboxBlock], mailboxes: Items[FurtherMailbox], people: Items[PersonBlock]
) -> Iterator[Mistake]:
    """Nobody's address is mailbot's own: it would write to itself."""
    first = (mailbox.value.address, *mailbox.value.aliases)
    further = (address for _, box in mailboxes for address in (box.address, *box.aliases))
    own = {address.casefold() for address in (*first, *further)}
    for place, person in people:
        for field, address in _addresses(person):
            if address.casefold() in own:
                what = said("address_of_mailbot", key=person.key, address=address)
                yield people.problem(place, field, what=what, hint=said("own_address"))


def posts_have_one_holder(people: Items[PersonBlock]) -> Iterator[Mistake]:
    """Two people do not hold one post in their own right at one time; a Plt. or Plh. may stand beside the holder."""
    seen: list[tuple[int, PersonBlock]] = []
    for place, person in people:
        if person.role not in _HELD_BY_ONE or person.acting is not Acting.FULL:
            continue
        for other_place, other in seen:
            same_post = (person.role, person.unit) == (other.role, other.unit)
            if same_post and _overlap(person, other):
                line = people.line(other_place)
                what = said("two_holders", key=person.key, other=other.key, line=line, role=person.role)
                yield people.problem(place, "role", what=what, hint=said("give_terms"))
        seen.append((place, person))


def roles_are_held(people: Items[PersonBlock]) -> Iterator[Mistake]:
    """Every role that the SOP and the operator's letters need is somebody's."""
    held = {person.role for person in people.blocks}
    for role in _OF_THE_OFFICE:
        if role not in held:
            yield people.problem(what=said("role_not_held", role=role), hint=said("add_person"))


def units_have_a_head(units: Items[UnitBlock], people: Items[PersonBlock]) -> Iterator[Mistake]:
    """Every unit has somebody who submits for it."""
    headed = {person.unit for person in people.blocks if person.role is Role.DIVISION_HEAD}
    if headed - {unit.key for unit in units.blocks}:
        return  # A head of no unit, or of an unknown one, is told above; whose he ought to be is a guess.
    for place, unit in units:
        if unit.key not in headed:
            hint = said("add_head", key=unit.key)
            yield units.problem(place, what=said("unit_without_head", key=unit.key), hint=hint)


def posts_are_held_when_cycles_open(
    units: Items[UnitBlock], people: Items[PersonBlock], cycles: Items[CycleBlock]
) -> Iterator[Mistake]:
    """On the day a cycle opens, somebody is in each post.

    There is no clock here to tell past cycles from coming ones. So a post that somebody takes up only after that day is
    let pass, except for the last cycle: the others may be over, and their people gone.
    """
    latest = max((cycle.starts_on for cycle in cycles.blocks), default=None)
    posts: list[tuple[Role, str | None]] = [(role, None) for role in _OF_THE_OFFICE]
    posts += [(Role.DIVISION_HEAD, unit.key) for unit in units.blocks]
    for place, cycle in cycles:
        for role, unit in posts:
            holders = [person for person in people.blocks if person.role is role and unit in {None, person.unit}]
            later = any(holder.since is not None and holder.since > cycle.starts_on for holder in holders)
            sound = all((holder.since or date.min) <= (holder.until or date.max) for holder in holders)
            vacant = holders and sound and not any(_in_office(holder, cycle.starts_on) for holder in holders)
            if vacant and (cycle.starts_on == latest or not later):
                what = said("post_vacant", key=cycle.key, starts_on=cycle.starts_on, role=role)
                yield cycles.problem(
                    place,
                    "starts_on",
                    what=said("post_vacant_in_unit", what=what, unit=unit) if unit else what,
                    hint=said("look_at_terms"),
                )


def _addresses(person: PersonBlock) -> Iterator[tuple[str, str]]:
    """Give every address of an entry, each once, with the field it stands in."""
    yield "address", person.address
    for alias in person.aliases:
        yield "aliases", alias
    if person.second_address is not None:
        yield "second_address", person.second_address


def _clash(person: PersonBlock, other: PersonBlock) -> bool:
    """Say whether two entries with one address would be confused."""
    same = person.same_person_as == other.key or other.same_person_as == person.key
    return not same and person.key != other.key and _overlap(person, other)


def _overlap(person: PersonBlock, other: PersonBlock) -> bool:
    """Say whether two entries are in office on a common day."""
    begins = max(person.since or date.min, other.since or date.min)
    return begins <= min(person.until or date.max, other.until or date.max)


def _in_office(person: PersonBlock, on: date) -> bool:
    """Say whether an entry is in office on that day."""
    return (person.since or date.min) <= on <= (person.until or date.max)
