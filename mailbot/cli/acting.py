"""Commands by which the SOP's own orders are given at the machine: return, accept and extend a unit's form (row 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, ledger_url, settings_of, spelled

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from mailbot.clerk.parts import Books
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import CommandGiven
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import Outcome

Unit = Annotated[str, typer.Argument(help="Key of the unit, e.g. DAFDUK.")]
Why = Annotated[str, typer.Option("--reason", help="Why; it is recorded, and told to the unit.")]
CycleOption = Annotated[str | None, typer.Option("--cycle", help="Key of the cycle; not needed if one is open.")]


def return_unit(unit: Unit, reason: Why, config: ConfigOption = None, cycle: CycleOption = None) -> None:
    """Send a unit's form back for a reason no check can see."""
    _order(config, "KEMBALIKAN", unit, reason, cycle)


def accept(unit: Unit, reason: Why, config: ConfigOption = None, cycle: CycleOption = None) -> None:
    """Accept a unit's newest form in spite of its faults."""
    _order(config, "TERIMA", unit, reason, cycle)


def extend(
    unit: Unit,
    date: Annotated[str, typer.Argument(help="New last day, e.g. 2026-01-15.")],
    config: ConfigOption = None,
    cycle: CycleOption = None,
) -> None:
    """Give a unit more time."""
    from mailbot.core.orders.planning_orders import read_date

    if read_date(date) is None:
        raise typer.BadParameter(f"{date} is no date; write it as 2026-01-15")
    _order(config, "PERPANJANG", unit, date, cycle)


def _order(config: Path | None, word: str, unit: str, rest: str, key: str | None) -> None:
    """Put an order into the one door every fact goes through, if it would change anything; else say why not.

    Args:
        config: the folder that was named, if any.
        word: the reply word by which the order is given by mail.
        unit: the unit as it was typed.
        rest: what stands behind word and unit.
        key: the cycle that was named, if any.
    """
    if not rest.strip():
        raise typer.BadParameter("--reason must not be empty: it is recorded, and told to the unit")
    from mailbot.clerk.deciding import Decision, write_down
    from mailbot.cli.wiring import clerk_of
    from mailbot.core.decide import decide
    from mailbot.ledger.values import Changes

    settings = settings_of(config)
    ledger_url(settings)
    with clerk_of(settings) as clerk:
        books = clerk.books
        cycle = _open_cycle(books, key)
        asked = {form.unit.casefold(): form.unit for form in cycle.units}
        if unit.casefold() not in asked:
            raise typer.BadParameter(f"cycle {cycle.key} asks no unit {unit}; it asks: {', '.join(asked.values())}")
        at = books.clock()
        fact = _fact(books.office, cycle, word, f"{asked[unit.casefold()]} {rest}", at)
        looked_at = decide(cycle, fact, books.office)
        if looked_at.cycle == cycle:
            typer.echo(f"Nothing was changed. {_why_not(looked_at)}", err=True)
            raise typer.Exit(1)
        write_down(books, clerk.maker, lambda: Decision(beside=Changes(at=at), facts=((cycle.key, fact),)))
    typer.echo(f"Done. Next: {spelled('tick', config)} (or a running daemon) sends the letters.")


def _open_cycle(books: Books, key: str | None) -> Cycle:
    """Return the cycle that is meant: the one named, or the only one open."""
    running = {cycle.key: cycle for cycle in books.ledger.cycles.open()}
    names = ", ".join(running) or "none"
    if key is None and len(running) != 1:
        raise typer.BadParameter(f"name the cycle with --cycle; open are: {names}")
    chosen = key or next(iter(running))
    if chosen not in running:
        raise typer.BadParameter(f"cycle {chosen} is not open; open are: {names}")
    return running[chosen]


def _fact(office: Office, cycle: Cycle, word: str, arguments: str, at: datetime) -> CommandGiven:
    """Make the fact: the order as Subbag Program would have mailed it, proved by whoever may use this machine."""
    import hashlib

    from mailbot.core.language.reply_words import Said, Word
    from mailbot.core.model.facts import CommandGiven
    from mailbot.core.model.letters import Answers
    from mailbot.core.model.mail import Proof, Source
    from mailbot.core.model.people import Role
    from mailbot.core.procedure.addressing import holder

    planning = holder(Role.PLANNING, office, at)
    if planning is None:
        raise typer.BadParameter("recipients.yaml has nobody in the role planning today")
    mark = hashlib.sha256(f"{cycle.key}/{cycle.version}/{word}/{arguments}".encode()).hexdigest()
    source = Source(
        mail_sha256=mark,
        answers=Answers(message_id="", proved=True),
        address=planning.addresses[0],
        person=planning,
        proof=Proof.OPERATOR,
        received_at=at,
    )
    return CommandGiven(at=at, source=source, said=Said(word=Word(word), arguments=arguments))


def _why_not(outcome: Outcome) -> str:
    """Say why an order came to nothing, from the answer it would have got by mail."""
    from mailbot.core.model.letters import Reason
    from mailbot.core.model.letters_in_answer import why

    in_words = {
        Reason.BAD_DATE: "That is no working day to come. Write the date as 2026-01-15.",
        Reason.NOTHING_TO_ACCEPT: "There is nothing to accept: no form has come from the unit, or its data are locked.",
        Reason.NOTHING_TO_RETURN: (
            "There is nothing to send back: no form has come from the unit, or its data are locked."
        ),
        Reason.NOTHING_TO_EXTEND: "There is nothing to extend: the unit's form is accepted, or its data are locked.",
    }
    given = {why(letter.about) for letter in outcome.letters}
    return next((words for reason, words in in_words.items() if reason in given), "See: mailbot status")
