"""What can go wrong between us and the mail servers, each with its chance; and the count of what did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.simulation.dice import Dice
    from tests.simulation.swarm import Swarm

CHANCES: dict[str, float] = {
    "imap_away": 0.04,
    "imap_login_refused": 0.01,
    "imap_cut_at_list": 0.02,
    "imap_cut_at_second_folder": 0.02,
    "imap_cut_at_fetch": 0.06,
    "imap_mail_withheld": 0.03,
    "imap_expunged_before_fetch": 0.03,
    "imap_settle_failed": 0.10,
    "imap_append_failed": 0.10,
    "smtp_away": 0.04,
    "smtp_login_refused": 0.01,
    "smtp_refused_for_now": 0.05,
    "smtp_refused_for_good": 0.01,
    "smtp_cut_before_data": 0.02,
    "smtp_cut_after_data_taken": 0.02,
    "smtp_cut_after_data_lost": 0.02,
    "bounced_later": 0.01,
    "delayed_later": 0.01,
}
"""Fault -> chance, each time there is an occasion for it."""


@dataclass(slots=True)
class Weather:
    """Rolls the dice at every occasion, as long as the bad weather lasts."""

    dice: Dice
    swarm: Swarm
    severity: float = 1.0
    """0: nothing goes wrong in this run's post; 2: twice as much as usual."""
    bad: bool = True
    befell: Counter[str] = field(default_factory=Counter)

    def strikes(self, fault: str) -> bool:
        """Say whether this fault happens now; if so, it is counted."""
        if not self.bad or not self.dice.chance(self.swarm.chance(fault, CHANCES[fault]) * self.severity):
            return False
        self.befell[fault] += 1
        return True
