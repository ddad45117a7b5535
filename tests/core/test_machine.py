"""Random facts in any state: decide never raises, and what must hold holds after every one."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.facts import CycleOpened
from mailbot.core.model.sop import Step
from tests.core.machine import Wanderer, wander
from tests.core.play import Play
from tests.offices.small import OFFICE, YEAR


@pytest.mark.parametrize("seed", range(60))
def test_a_wandering_cycle_never_breaks_a_rule(seed: int) -> None:
    """Closed never moves; accepted has what counts; one letter a key, to the roster; approved by the right word."""
    wander(seed)


def test_the_wandering_cycles_get_everywhere() -> None:
    """Else the test above would say little."""
    plays = [wander(seed) for seed in range(40)]
    entered = {step for play in plays for step, *_ in play.cycle.rows_done}
    assert entered == set(Step)
    assert any(play.cycle.closed for play in plays)
    early = [wander(seed, 30) for seed in range(40)]
    assert {form.state for play in early for form in play.cycle.units} == set(UnitState)
    assert max(play.cycle.draft.version for play in plays if play.cycle.draft) > 3


@pytest.mark.parametrize("seed", range(30))
def test_no_fact_breaks_an_office_with_other_policies_whose_people_leave(seed: int) -> None:
    """Posts fall vacant in the middle of a cycle, proof is not asked, nothing may be snoozed: decide never raises."""
    dice = random.Random(seed)  # noqa: S311 - chance with a seed, to wander by
    people = tuple(
        replace(person, until=date(2026, 1, dice.randrange(6, 31))) if dice.random() < 0.4 else person
        for person in OFFICE.roster.people
    )
    policy = replace(
        OFFICE.policy,
        proof_required=dice.random() < 0.5,
        help_after_returns=dice.choice([1, 3]),
        late_every_days=dice.choice([1, 3]),
        most_per_debt=dice.choice([2, 8]),
        superior_after_days=dice.choice([1, 2]),
        reminder_weekday=dice.randrange(5),
        snooze_max_days=dice.choice([0, 3]),
        correction_days=dice.choice([0, 2]),
        evidence_attached=dice.random() < 0.5,
    )
    office = replace(OFFICE, roster=replace(OFFICE.roster, people=people), policy=policy)
    wanderer = Wanderer(dice=dice, play=Play(office=office))
    for _ in range(100):
        before = wanderer.play.now
        outcome = wanderer.play.happens(wanderer.fact())
        assert before is None or not before.closed or outcome.cycle is before
        assert len({letter.key for letter in outcome.letters}) == len(outcome.letters)


class CycleMachine(RuleBasedStateMachine):
    """The same facts, drawn by hypothesis, so that a failure shrinks to its shortest story."""

    def __init__(self) -> None:
        """Open the cycle."""
        super().__init__()
        self.wanderer = Wanderer(dice=random.Random(0))  # noqa: S311 - chance with a seed, to wander by
        self.wanderer.play.happens(CycleOpened(at=self.wanderer.play.at, cycle=YEAR))
        self.wanderer.keys = {letter.key: letter.kind for letter in self.wanderer.play.letters}

    @rule(seed=st.integers(0, 2**16))
    def something_happens(self, seed: int) -> None:
        """Any fact at all."""
        self.wanderer.dice.seed(seed)
        self.wanderer.step()

    @rule(seed=st.integers(0, 2**10), kind=st.sampled_from(["form", "fitting", "compiled", "time"]))
    def the_cycle_goes_on(self, seed: int, kind: str) -> None:
        """A fact that the present row waits for."""
        self.wanderer.dice.seed(seed)
        draw = {
            "form": self.wanderer.form,
            "fitting": self.wanderer.fitting,
            "compiled": self.wanderer.compiled,
            "time": self.wanderer.time,
        }[kind]
        self.wanderer.happens(draw())

    @invariant()
    def rows_are_left_in_order_of_their_beginning(self) -> None:
        """Every row left is written down."""
        cycle = self.wanderer.play.cycle
        assert len(cycle.rows_done) == 0 or cycle.rows_done[0][0] is Step.INFORM


TestCycleMachine = CycleMachine.TestCase
TestCycleMachine.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
