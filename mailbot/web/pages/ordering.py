"""The orders that may be given of a unit's form on the board; of one that would come to nothing, why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.sop import Step
from mailbot.core.orders.why_not import WhyNot
from mailbot.settings.sayings.catalogue import in_words
from mailbot.settings.sayings.said import said
from mailbot.web.pages.page import path
from mailbot.web.viewer import Act

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.web.pages.page import Here

_FORM_ROWS = frozenset({Step.COLLECT, Step.CHECK})


def orders_of(form: UnitForm, cycle: Cycle, here: Here) -> tuple[tuple[str, str], ...]:
    """Return each order, and why it cannot be given now; none where this viewer, or this row, takes no orders."""
    if not here.may(Act.ORDER) or cycle.closed or cycle.step not in _FORM_ROWS:
        return ()
    came = "" if form.submissions else _told(WhyNot.NOTHING_CAME, here)
    accepted = _told(WhyNot.ACCEPTED, here) if form.state is UnitState.ACCEPTED else ""
    return ((Word.TERIMA.value, came), (Word.KEMBALIKAN.value, came), (Word.PERPANJANG.value, accepted))


def order_values(here: Here, cycle: str, unit: str) -> dict[str, object]:
    """Return what the page after a refused order shows: the unit, the orders that it takes, the way back.

    Raises:
        KeyError: there is no such cycle, or it asks no such unit.
    """
    found = here.ledger.cycles.get(cycle)
    form = next((one for one in found.units if one.unit.casefold() == unit.casefold()), None) if found else None
    if found is None or form is None:
        raise KeyError(unit)
    return {
        "unit": here.office.roster.unit(form.unit).name,
        "orders": orders_of(form, found, here),
        "order_to": path("acts", "order", found.key, form.unit),
        "back": (back := path("units", form.unit, found.key)),
        "way_back": back,
    }


def _told(why: WhyNot, here: Here) -> str:
    """Return a reason in the viewer's words: those of the commands."""
    return in_words(said(why), here.viewer.language)
