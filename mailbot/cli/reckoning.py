"""`mailbot ledger`: the proof that nothing is lost, folder by folder, and in one sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailbot.cli.options import ConfigOption, JsonOption, ledger_url, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.clerk.parts import Box
    from mailbot.clerk.reconciling import Count, Proof
    from mailbot.core.model.office import Office
    from mailbot.ledger.inbox import Place
    from mailbot.settings.sayings.catalogue import Say

Live = Annotated[
    bool, typer.Option("--live", help="Ask the servers what they hold at this moment; nothing is fetched or changed.")
]


def ledger(config: ConfigOption = None, live: Live = False, as_json: JsonOption = False) -> None:
    """Hold the inbox against what the mail servers have shown; exit code 1 if one side has a mail the other lacks."""
    from mailbot.clerk.reconciling import reconcile
    from mailbot.cli.wiring import clerk_of
    from mailbot.settings.sayings.catalogue import speech
    from mailbot.writing.letters.morning_values import ledger_sentence
    from mailbot.writing.words.phrases import read_phrases
    from mailbot.writing.words.templates import in_language

    settings = settings_of(config)
    ledger_url(settings)
    with clerk_of(settings) as clerk:
        proof = reconcile(clerk.books.ledger, _held_now(clerk.post.boxes) if live else None)
        figures = {name: str(count) for name, count in proof.figures.items()}
        folders = in_language(settings.template_folders, settings.language)
        sentence = ledger_sentence(figures, read_phrases(folders, clerk.books.office.calendar))
        if as_json:
            typer.echo(json.dumps(_json(proof, sentence), indent=2, ensure_ascii=False))
        else:
            for text in _words(proof, sentence, clerk.books.office, speech(settings.language)):
                typer.echo(text)
    if proof.difference:
        raise typer.Exit(1)


def _held_now(boxes: tuple[Box, ...]) -> dict[Place, frozenset[int]]:
    """Ask every mailbox; one that cannot be asked ends the command, for a count of half the mail proves nothing."""
    from mailbot.clerk.receiving import held_now

    return {place: uids for box in boxes for place, uids in held_now(box)}


def _json(proof: Proof, sentence: str) -> dict[str, Any]:
    """Return what programs read (a contract)."""
    return {
        "sentence": sentence,
        **proof.figures,
        "folders": [
            {
                "account": count.account,
                "folder": count.folder,
                "uid_validity": count.uid_validity,
                "compared_at": count.compared_at.isoformat() if count.compared_at else None,
                "shown": count.shown,
                "holds": count.holds,
                "rows": count.rows,
                "by_outcome": dict(count.by_outcome),
                "copies": count.copies,
                "waiting": count.waiting,
                "not_kept": list(count.not_kept),
                "not_shown": list(count.not_shown),
                "new": list(count.new),
                "never_shown": count.never_shown,
            }
            for count in proof.counts
        ],
    }


def _words(proof: Proof, sentence: str, office: Office, say: Say) -> Iterator[str]:
    """Yield what a person reads: each folder, then the sentence."""
    from mailbot.cli.standing import local
    from mailbot.cli.telling.standing_words import outcome_words

    for count in proof.counts:
        at = local(count.compared_at, office) if count.compared_at else say("le_never")
        yield say("le_folder", account=count.account, folder=count.folder, validity=count.uid_validity, at=at)
        states = " + ".join(f"{number} {outcome_words(state, say)}" for state, number in count.by_outcome.items())
        own = {"rows": count.rows, "copies": count.copies, "waiting": count.waiting}
        yield "  " + say("le_counts", shown=count.shown, holds=count.holds, states=states or say("le_none"), **own)
        yield from _remarks(count, say)
    yield sentence
    yield say("le_differs" if proof.difference else "le_all_there")


def _remarks(count: Count, say: Say) -> Iterator[str]:
    """Yield what is worth a look in one folder."""
    from mailbot.ledger.looking.uid_sets import uid_set

    for uids, code in ((count.not_kept, "le_not_kept"), (count.not_shown, "le_not_shown"), (count.new, "le_new")):
        if uids:
            yield f"  {say(code)}: {len(uids)}, UID {uid_set(uids)}"
    if count.never_shown:
        yield "  " + say("le_passed_over", count=count.never_shown)
