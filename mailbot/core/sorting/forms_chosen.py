"""Which files of a mail submit something: not our own form sent back as it was, and one form for each unit (row 3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.forms.checks import findings_of
from mailbot.core.forms.judging import blank_rows, joined, only_blank, unfilled, wrong_form
from mailbot.core.model.facts import FormArrived, UnreadableArrived
from mailbot.core.model.form import Fault, FaultCode, Severity
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.procedure.speakers import decides
from mailbot.core.sorting.forms_together import laid_together, same_answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.form import ReadForm
    from mailbot.core.model.office import Office
    from mailbot.core.sorting.placing import Desk

Facts = tuple[tuple[str, "Fact"], ...]
_IN_ORDER, _IN_PART, _FAULTY, _WRONG = range(4)


def submitting(forms: Iterable[ReadForm], desk: Desk) -> tuple[ReadForm, ...]:
    """Return those of the readable forms on the desk that submit something.

    A mail program hangs what we sent on the answer again: our form as it left us, or the unit's own as we returned it.
    Beside a word, or where a word was asked for, neither is meant; nor is an empty form beside a filled one.
    """
    filled = [form for form in forms if not unfilled(form)]
    if not _says_a_word(desk):
        return tuple(filled or forms)
    former = [unit.submissions[-1].data for cycle in desk.cycles for unit in cycle.units if unit.submissions]
    return tuple(form for form in filled if not any(same_answers(form.data, data) for data in former))


def _says_a_word(desk: Desk) -> bool:
    """Say whether a mail says a word, or something like a deciding one, or answers a letter that asks for one."""
    said = desk.said
    decisive = said.unclear and any(decides(person.role) for person in desk.people)
    return said.word is not None or decisive or bool(desk.about and desk.about[0].asks is not None)


def one_for_each_unit(facts: Facts, cycles: Mapping[str, Cycle], office: Office) -> Facts:
    """Return the facts of a mail with one form for each unit; its answer names every file that was not used.

    Parts of a form, and copies of it, are one. Of a form in order and one that is not, the former counts; two that are
    in order and differ are asked back.
    """
    kept: list[tuple[str, Fact]] = []
    for key, unit in dict.fromkeys((key, fact.unit) for key, fact in facts if isinstance(fact, FormArrived)):
        forms = [fact for other, fact in facts if other == key and isinstance(fact, FormArrived) and fact.unit == unit]
        kept.append((key, forms[0] if len(forms) == 1 else _chosen(cycles[key], forms, office)))
    others = tuple((key, fact) for key, fact in facts if not isinstance(fact, FormArrived))
    unusable = [fact.file_name for _, fact in others if isinstance(fact, UnreadableArrived)]
    (key, first), *rest = kept
    if not isinstance(first, FormArrived):
        return (*kept, *others)
    told = tuple((key, fact) for key, fact in others if not isinstance(fact, UnreadableArrived))
    return ((key, _told(first, unusable)), *rest, *told)


def _chosen(cycle: Cycle, forms: list[FormArrived], office: Office) -> FormArrived | UnreadableArrived:
    """Return the form that counts of several of one unit, or the question which of them is meant."""
    together = laid_together(forms)
    if together is not None:
        return together
    ranks = [_rank(cycle, fact, office) for fact in forms]
    best = [fact for fact, rank in zip(forms, ranks, strict=True) if rank == min(ranks)]
    # Of forms that are all faulty the last one was attached last; what is in order is never guessed.
    chosen = best[-1]
    if min(ranks) == _IN_ORDER and not all(same_answers(chosen.form.data, other.form.data) for other in best):
        names = ", ".join(dict.fromkeys(fact.form.file_name for fact in best))
        return UnreadableArrived(
            at=chosen.at,
            source=chosen.source,
            unit=chosen.unit,
            reason=Unreadable.TWO_FORMS,
            file_name=names,
            evidence=chosen.evidence,
        )
    others = (fact for fact in forms if not same_answers(fact.form.data, chosen.form.data))
    return _told(chosen, (fact.form.file_name for fact in others))


def _rank(cycle: Cycle, fact: FormArrived, office: Office) -> int:
    """Say how far a form is in order, the best lowest."""
    if wrong_form(cycle, fact, office) is not None:
        return _WRONG
    data = joined(cycle.unit(fact.unit), fact.form.data)
    findings = findings_of(cycle, fact, data, office)
    open_rows = blank_rows(data, findings)
    if any(fault.severity is not Severity.NOTE and not only_blank(fault, open_rows) for fault in findings):
        return _FAULTY
    return _IN_PART if open_rows else _IN_ORDER


def _told(fact: FormArrived, names: Iterable[str]) -> FormArrived:
    """Let a form's answer name the files of its mail that were not used."""
    unused = tuple(
        Fault(code=FaultCode.FILE_UNUSED, severity=Severity.NOTE, given=name) for name in dict.fromkeys(names) if name
    )
    return replace(fact, form=replace(fact.form, faults=(*fact.form.faults, *unused)))
