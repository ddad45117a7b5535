"""A paper that comes back without a word (rows 7 and 8): it is kept, and whoever sent it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.facts import MailUnplaced
from mailbot.core.orders.hearing import replied

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import Outcome
    from mailbot.core.papers.paper_facts import PaperArrived


def paper_arrived(cycle: Cycle, fact: PaperArrived, office: Office) -> Outcome:
    """Keep a paper that came without a word, and answer that nothing can be done with it so."""
    return replied(cycle, MailUnplaced(at=fact.at, source=fact.source, remarks=fact.remarks), office)
