"""`mailbot apply`: says what an edited configuration changes, and lets it count in place of the operator's BENAR."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, environment, settings_of, spelled

if TYPE_CHECKING:
    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.sayings.catalogue import Say

_SHORTEST = 16
"""So many signs of the digest must be typed, at least, as many as are shown: nobody makes other files with them."""


def apply(
    digest: Annotated[str, typer.Argument(help="Its first signs, as shown; without it, only tells.")] = "",
    config: ConfigOption = None,
) -> None:
    """Let an edited configuration count that waits for the operator; without a digest, tell what it changes."""
    from mailbot.clerk.configuration.taking import words_of
    from mailbot.cli.configuration.judging import Judged, in_force, judge
    from mailbot.cli.options import now
    from mailbot.cli.wiring import clerk_on, ledger_of
    from mailbot.errors import ConfigProblem
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    say = speech(settings.language)
    with ledger_of(settings) as ledger:
        try:
            counts = in_force(ledger, settings, environment())
        except ConfigProblem:
            if not digest:
                raise
            _approve(ledger, settings.digest, digest, say)
            typer.echo(say("ap_approved", tick=spelled("tick", config)))
            return
        judged = judge(ledger, counts, settings.folder, environment(), now())
        if judged.what is Judged.WRONG:
            raise ConfigProblem(judged.problems)
        if counts is settings or judged.what is Judged.SAME:
            typer.echo(say("ap_nothing"))
            return
        with clerk_on(ledger, counts) as clerk:
            for words in words_of(clerk, judged.changes, settings.language):
                typer.echo(f"  {words}")
            if not digest:
                typer.echo(say("ap_how", command=spelled(f"apply {judged.digest[:16]}", config)))
                return
            _approve(clerk.books.ledger, judged.digest, digest, say)
    typer.echo(say("ap_approved", tick=spelled("tick", config)))


def _approve(ledger: Ledger, lies_there: str, typed: str, say: Say) -> None:
    """Write down that the configuration of that digest may count, by whoever may use this machine."""
    from mailbot.clerk.configuration.waiting import decided_line, decided_notes
    from mailbot.cli.options import now
    from mailbot.core.configuration.edits import DecidedEdit
    from mailbot.core.model.mail import Proof
    from mailbot.ledger.values import Changes

    if len(typed) < _SHORTEST or not lies_there.startswith(typed.casefold()):
        raise typer.BadParameter(say("ap_other", typed=typed, digest=lies_there[:_SHORTEST]))
    at, proof = now(), Proof.OPERATOR.value
    decided = DecidedEdit(digest=lies_there, approved=True, person="operator", address="", mail_sha256="", proof=proof)
    ledger.commit(Changes(at=at, notes=decided_notes(decided), journal=(("", decided_line(decided, at)),)))
