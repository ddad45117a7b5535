"""The office of a run, drawn from the settings: which units are asked, who is there, how strict it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.people import Role
from mailbot.core.papers.checked import Ratification, Ratified

if TYPE_CHECKING:
    from mailbot.core.model.office import Office
    from mailbot.settings.files.mailbox import Folders
    from mailbot.settings.settings import Settings
    from tests.simulation.dice import Dice


def drawn_office(settings: Settings, dice: Dice) -> tuple[Office, str]:
    """Draw an office: one to three of the units of its first cycle; return it with the cycle's key.

    Operator, section heads and who gets copies, who decide nothing, are there in two of five runs each.
    """
    office = settings.office()
    plan = office.cycles[0]
    every = plan.units or tuple(unit.key for unit in office.roster.units)
    asked = min(len(every), dice.one_of((1, 1, 2, 3)))
    first = dice.number(0, len(every) - asked)
    policy = replace(
        office.policy,
        proof_required=True,
        recall_minutes=dice.one_of((0, 30)),
        late_every_days=dice.one_of((1, 3)),
        most_per_debt=dice.one_of((5, 8)),
        superior_after_days=dice.one_of((1, 2)),
        help_after_returns=dice.one_of((1, 3)),
        morning=dice.one_of(("weekly", "daily", "trouble")),
    )
    numbers = replace(office.letter_numbers, awaited=True, reserved=dice.one_of(((), (), ("0121",))))
    by_mail, signed, scan = Ratified.BY_MAIL, Ratified.SIGNED_PDF, Ratified.SCAN
    ratification = Ratification(
        report=dice.one_of((by_mail, by_mail, signed, scan)), cover_letter=dice.one_of((by_mail, by_mail, scan))
    )
    away = {role for role in (Role.OPERATOR, Role.SECTION_HEAD, Role.COPIED) if dice.chance(0.6)}
    people = tuple(person for person in office.roster.people if person.role not in away)
    return replace(
        office,
        cycles=(replace(plan, units=every[first : first + asked]),),
        policy=policy,
        letter_numbers=numbers,
        ratification=ratification,
        roster=replace(office.roster, people=people),
    ), plan.key


def drawn_folders(settings: Settings, dice: Dice) -> Folders:
    """Draw what the office's mailbox looks like: kept mail moved or left, copies of letters filed or not."""
    done, sent = dice.one_of(("", "Selesai")), "Sent" if dice.chance(0.7) else ""
    return settings.folders.but(extra=("Junk",), done=done, sent=sent)
