"""Commands by which the SOP's own orders are given at the machine: return, accept and extend a unit's form (row 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, ledger_url, settings_of, spelled

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.clerk.board.orders import Order
    from mailbot.clerk.parts import Books
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.people import Person
    from mailbot.settings.sayings.catalogue import Say
    from mailbot.settings.settings import Settings

Unit = Annotated[str, typer.Argument(help="Key of the unit, e.g. DAFDUK.")]
Date = Annotated[str, typer.Argument(help="New last day, e.g. 15/1/2026 or 2026-01-15.")]
Why = Annotated[str, typer.Option("--reason", help="Why; it is recorded, and told to the unit.")]
CycleOption = Annotated[str | None, typer.Option("--cycle", help="Key of the cycle; not needed if one is open.")]


def return_unit(unit: Unit, reason: Why, config: ConfigOption = None, cycle: CycleOption = None) -> None:
    """Send a unit's form back for a reason no check can see."""
    _order(config, "KEMBALIKAN", unit, reason, cycle)


def accept(unit: Unit, reason: Why, config: ConfigOption = None, cycle: CycleOption = None) -> None:
    """Accept a unit's newest form in spite of its faults."""
    _order(config, "TERIMA", unit, reason, cycle)


def extend(unit: Unit, date: Date, config: ConfigOption = None, cycle: CycleOption = None) -> None:
    """Give a unit more time."""
    from mailbot.cli.checking.speaking import spoken
    from mailbot.core.orders.planning_orders import read_date
    from mailbot.settings.sayings.catalogue import speech

    if read_date(date) is None:
        raise typer.BadParameter(speech(spoken(config))("ac_no_date", text=date))
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
    from mailbot.clerk.board.orders import Order, give
    from mailbot.cli.options import now
    from mailbot.cli.telling.office_hours import leaving_words
    from mailbot.cli.wiring import clerk_of
    from mailbot.core.language.reply_words import Word
    from mailbot.core.model.mail import Proof
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    say = speech(settings.language)
    if not rest.strip():
        raise typer.BadParameter(say("ac_reason"))
    ledger_url(settings)
    with clerk_of(settings) as clerk:
        books = clerk.books
        cycle = _open_cycle(books, key, say)
        asked = {form.unit.casefold(): form.unit for form in cycle.units}
        if unit.casefold() not in asked:
            raise typer.BadParameter(say("ac_no_unit", cycle=cycle.key, unit=unit, asked=", ".join(asked.values())))
        by = _planning(books, say)
        order = Order(word=Word(word), unit=asked[unit.casefold()], rest=rest, by=by, proof=Proof.OPERATOR)
        if (reason := give(books, clerk.maker, cycle, order)) is not None:
            typer.echo(say("or_nothing_done", why=say(reason)), err=True)
            raise typer.Exit(1)
    typer.echo(_done(order, settings, say))
    typer.echo(say("op_next", tick=spelled("tick", config)))
    for words in leaving_words(settings, now()):
        typer.echo(words)


def _done(order: Order, settings: Settings, say: Say) -> str:
    """Say what is written down; of more time, which day was understood."""
    from mailbot.core.language.reply_words import Word
    from mailbot.core.orders.planning_orders import read_date
    from mailbot.writing.words.phrases import read_phrases
    from mailbot.writing.words.templates import in_language

    day = read_date(order.rest) if order.word is Word.PERPANJANG else None
    if day is None:
        return say("ac_done", unit=order.unit)
    calendar = settings.office().calendar
    phrases = read_phrases(in_language(settings.template_folders, settings.language), calendar)
    return say("ac_extended", unit=order.unit, day=phrases.day(calendar.closing(day)))


def _open_cycle(books: Books, key: str | None, say: Say) -> Cycle:
    """Return the cycle that is meant: the one named, or the only one open."""
    running = {cycle.key: cycle for cycle in books.ledger.cycles.open()}
    names = ", ".join(running) or say("ac_none")
    if key is None and len(running) != 1:
        raise typer.BadParameter(say("ac_name_cycle", open=names))
    chosen = key or next(iter(running))
    if chosen not in running:
        raise typer.BadParameter(say("ac_not_open", cycle=chosen, open=names))
    return running[chosen]


def _planning(books: Books, say: Say) -> Person:
    """Return in whose name an order at the machine is given: whoever may use it is proved by that."""
    from mailbot.core.model.people import Role
    from mailbot.core.procedure.addressing import holder

    planning = holder(Role.PLANNING, books.office, books.clock())
    if planning is None:
        raise typer.BadParameter(say("ac_no_planning"))
    return planning
