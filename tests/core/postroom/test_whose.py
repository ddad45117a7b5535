"""A mail in a shared mailbox belongs to the one office that it points to; in doubt to none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.postroom.traces import Hand, Traces
from mailbot.core.postroom.whose import Doubt, Whose, whose

A, B, C = frozenset({"a"}), frozenset({"b"}), frozenset({"c"})
NONE: frozenset[str] = frozenset()
OFFICES = st.frozensets(st.sampled_from(["a", "b", "c", "d"]), max_size=3)
TRACES = st.builds(
    Traces,
    hand=st.sampled_from(Hand),
    letters=OFFICES,
    gone_letter=st.booleans(),
    forms=OFFICES,
    listed=OFFICES,
    plus=OFFICES,
)

OF_ONE = {
    "somebody listed in one office alone": (Traces(listed=A), "a"),
    "the one of thirty offices answers a letter": (Traces(letters=A, listed=A | B | C), "a"),
    "he fills in a form and writes anew": (Traces(forms=B, listed=A | B), "b"),
    "a Kasi on nobody's list sends the form on": (Traces(forms=A), "a"),
    "a Plh. on nobody's list answers": (Traces(letters=A), "a"),
    "letter and form of one office": (Traces(letters=A, forms=A, listed=A), "a"),
    "the tag says the same": (Traces(letters=A, listed=A | B, plus=A), "a"),
    "beside the letter stands one that is gone": (Traces(letters=A, gone_letter=True, listed=A), "a"),
    "a report about a letter": (Traces(hand=Hand.REPORT, letters=A, listed=B, plus=C), "a"),
    "an automatic reply to a letter": (Traces(hand=Hand.MACHINE, letters=A, listed=A | B), "a"),
    "an automatic reply of somebody listed in one office": (Traces(hand=Hand.MACHINE, listed=A), "a"),
    "our own letter come back": (Traces(hand=Hand.MACHINE, letters=A), "a"),
}
IN_DOUBT = {
    "the one of thirty offices writes anew": (Traces(listed=A | B | C), Doubt.LISTED_IN_SEVERAL, True),
    "and to a tag": (Traces(listed=A | B, plus=A), Doubt.LISTED_IN_SEVERAL, True),
    "letters of two offices": (Traces(letters=A | B, listed=A | B), Doubt.TWO_LETTERS, True),
    "a form in answer to another office's letter": (Traces(letters=A, forms=B, listed=A), Doubt.LETTER_AND_FORM, True),
    "forms of two offices": (Traces(forms=A | B, listed=A), Doubt.TWO_FORMS, True),
    "the tag says another than the letter": (Traces(letters=A, listed=A, plus=C), Doubt.ANOTHER_ADDRESS, True),
    "the tag says another than the list": (Traces(listed=A, plus=B), Doubt.ANOTHER_ADDRESS, True),
    "the tags say two": (Traces(letters=A, listed=A, plus=A | B), Doubt.ANOTHER_ADDRESS, True),
    "who is at home in another office names a letter": (Traces(letters=A, listed=B), Doubt.LISTED_ELSEWHERE, True),
    "who is at home in another office sends a form": (Traces(forms=A, listed=B | C), Doubt.LISTED_ELSEWHERE, True),
    "an answer to an office that is here no more": (Traces(gone_letter=True, listed=A), Doubt.GONE_LETTER, True),
    "a stranger": (Traces(), Doubt.NOBODY, False),
    "a stranger to a tag": (Traces(plus=A), Doubt.NOBODY, False),
    "a stranger who names a letter that is gone": (Traces(gone_letter=True), Doubt.NOBODY, False),
    "a stranger with letters of two": (Traces(letters=A | B), Doubt.TWO_LETTERS, False),
    "an automatic reply of the one of thirty": (
        Traces(hand=Hand.MACHINE, listed=A | B),
        Doubt.LISTED_IN_SEVERAL,
        False,
    ),
    "an automatic reply against the lists": (
        Traces(hand=Hand.MACHINE, letters=A, listed=B),
        Doubt.LISTED_ELSEWHERE,
        False,
    ),
    "a report about nothing of ours": (Traces(hand=Hand.REPORT, listed=A), Doubt.NOBODY, False),
    "a report about letters of two": (Traces(hand=Hand.REPORT, letters=A | B), Doubt.TWO_LETTERS, False),
}


@pytest.mark.parametrize("name", OF_ONE)
def test_what_points_to_one_office_is_that_offices(name: str) -> None:
    """By letter or form; without either by a sender who is listed there alone."""
    traces, office = OF_ONE[name]
    assert whose(traces) == Whose(office=office)


@pytest.mark.parametrize("name", IN_DOUBT)
def test_in_doubt_no_office_is_shown_it(name: str) -> None:
    """A person whom some office knows is asked; a robot and a stranger never are."""
    traces, doubt, asked = IN_DOUBT[name]
    assert whose(traces) == Whose(doubt=doubt, ask=asked)


@given(TRACES, OFFICES)
def test_a_tag_behind_our_address_only_makes_doubt(traces: Traces, tags: frozenset[str]) -> None:
    """Whatever it names, the office is the one without it, or none."""
    without, more = whose(replace(traces, plus=NONE)), whose(replace(traces, plus=tags))
    assert more.office in {without.office, ""}


@given(TRACES)
def test_an_office_is_shown_nothing_that_points_to_another(traces: Traces) -> None:
    """What it is shown points to it, and every letter and form in it is its own."""
    found = whose(traces)
    assert (found.office == "") == (found.doubt is not None)
    if found.office:
        assert found.office in traces.offices
        assert traces.signs <= {found.office}
        assert traces.hand is Hand.REPORT or not traces.listed or found.office in traces.listed


@given(TRACES, st.permutations(["a", "b", "c", "d"]))
def test_offices_are_all_treated_alike(traces: Traces, others: list[str]) -> None:
    """Under other names the same is decided of the same."""
    named = dict(zip("abcd", others, strict=True))

    def renamed(keys: frozenset[str]) -> frozenset[str]:
        return frozenset(named[key] for key in keys)

    other = replace(
        traces,
        letters=renamed(traces.letters),
        forms=renamed(traces.forms),
        listed=renamed(traces.listed),
        plus=renamed(traces.plus),
    )
    found, under_other_names = whose(traces), whose(other)
    assert under_other_names == replace(found, office=named.get(found.office, ""))
