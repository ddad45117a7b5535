"""The procedure as one table: what every fact does in every row of the SOP, or how it is refused.

How it is read: one line a fact (of a reply word one line a word, of a deciding word one for each who may say it), one
column a row, and a last one for the closed cycle. In `small` letters stands what is done, in CAPITALS the refusal; both
are explained above the table. The second column says what is asked before the row is looked at: whose the word is,
whether its sender is proved, whether it names a unit. A deciding word that has no line for its speaker is NOT_YOURS.
What is said to a cycle that was cancelled is answered, kept, and never comes here (`core/opening/cancelling.py`).

Nothing outside of this table moves a cycle: an act says what happened and whether it was done, its `moves` says where
the cycle goes then, and `core/decide.py` takes it there. What a row makes ready and sends when it begins stands in the
second table; what ends it, and where a refusal leads back, is `config/sop.yaml`.

`docs/procedure.md` is made from this file and shows the same table with every act in a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, overload

from mailbot.core.chasing import absences, newcomers, reminders, undelivered
from mailbot.core.configuration import telling
from mailbot.core.configuration.taken import ConfigurationTaken
from mailbot.core.delivery import afterwards, leaving, numbering, receipts, signed_papers
from mailbot.core.delivery.delivery_facts import ArchiveMade, CoverMade, PaperLooked
from mailbot.core.draft.draft_facts import ChangesAccepted, DraftCompiled, DraftEdited, RemarksAnswered, SignerChanged
from mailbot.core.forms import evidence_alone, form_arrived, lines, unusable
from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import (
    AbsenceNoticed,
    AnswerUnclear,
    CommandGiven,
    CycleOpened,
    EvidenceArrived,
    Fact,
    FormArrived,
    LetterUndelivered,
    LinesAnswered,
    LinesArrived,
    MailUnplaced,
    TimePassed,
    UnreadableArrived,
    VerdictGiven,
)
from mailbot.core.model.letters import Reason
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.opening import cancelling
from mailbot.core.opening.opening_facts import CycleCancelled
from mailbot.core.orders import commands, drafts, hearing, more_time, no_silence, planning_orders, signing, verdicts
from mailbot.core.papers import arriving
from mailbot.core.papers.paper_facts import PaperArrived, PaperSealed
from mailbot.core.procedure import addressing
from mailbot.core.procedure import row_beginnings as rows
from mailbot.core.procedure.acts import Act, Line, Move
from mailbot.core.procedure.addressing import Refusal
from mailbot.core.recall import corrections, naming, recalls
from mailbot.core.recall.deputy_facts import DeputyConfirmed
from mailbot.core.remarks import answering

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import Outcome

F = TypeVar("F", contravariant=True)
Key = type[Fact] | Word | tuple[Word, Role]

COLUMNS: dict[Step | None, int] = {step: place for place, step in enumerate((*Step, None))}
"""In which place of a line each row's entry stands; None is the closed cycle."""


def _tried_again(outcome: Outcome, before: Cycle, fact: LetterUndelivered, office: Office) -> Outcome:
    """Add the second try of a letter that did not arrive, if it still stands in the row."""
    standing = ROWS[before.step].stands(before, fact.at, office)
    return replace(outcome, letters=(*outcome.letters, *undelivered.second_try(standing, fact, office)))


def _laid_before_deputy(outcome: Outcome, before: Cycle, fact: DeputyConfirmed, office: Office) -> Outcome:
    """Lay before who stands in from today what the row asks of the principal; row 7 waits for a version of his own."""
    del before
    cycle = outcome.cycle
    if cycle.closed or cycle.step is Step.RATIFY:
        return outcome
    known = naming.stands_in(cycle, fact.asked_about, office)
    standing = ROWS[cycle.step].stands(cycle, fact.at, naming.office_then(cycle, office))
    letters = (replace(letter, key=f"{letter.key}/{letter.to}") for letter in standing if letter.to in known)
    return replace(outcome, letters=(*outcome.letters, *letters))


# ---------------------------------------------------------------------------------------------- what is asked first

anybody = ()
author = (drafts.its_author,)  # Subbag Program, whose draft it is
owner = (lines.of_its_unit,)  # somebody of the unit whose lines they are
house = (commands.of_the_house,)  # anybody but Bappeda Litbang
unit = (commands.of_the_unit, commands.proved)  # somebody of the unit, and proved
its_own = (commands.its_form_counts, commands.in_its_window)
counted = (commands.of_the_unit, *its_own, commands.proved)  # where a form of the unit counts, and may be wrong
head = (commands.of_the_unit, commands.its_forms_differ, commands.proved)  # the unit's head, where two forms differ
said = (recalls.something_said, commands.proved)  # whoever has said something, and proved
principal = (naming.a_principal, commands.proved)  # who holds a post in his own right, and proved
program = (commands.of_planning, commands.proved)  # Subbag Program, and proved
planning = (commands.of_planning, planning_orders.names_a_unit, commands.proved)  # Subbag Program, of a unit
giver = (
    more_time.of_who_may,
    more_time.names_what,
    commands.proved,
)  # or who does not owe the row's word
keeper = (commands.of_planning, commands.proved)  # Subbag Program, of the report itself
warden = (commands.of_planning,)  # Subbag Program, of what is held back

SECRETARY, PLANNING, AGENCY_HEAD, BOARD = Role.SECRETARY, Role.PLANNING, Role.AGENCY_HEAD, Role.PLANNING_BOARD
COPIED = Role.COPIED

# ----------------------------------------------------------------------------------------------------- what is done

same = Act(addressing.unchanged)
drop = Act(cancelling.cancel, Move.ENDS)
time = Act(reminders.time_passed, Move.ON, after=reminders.remind)
tell = Act(no_silence.time_passed, Move.ON, after=reminders.remind)
watch = Act(signing.time_passed, Move.ON, after=newcomers.laid_and_reminded, becomes=SignerChanged)
leave = Act(leaving.time_passed, Move.ON, after=reminders.remind)
judge = Act(form_arrived.form_judged, Move.ON)
late = Act(form_arrived.form_late)
shut = Act(form_arrived.form_too_late)
past = Act(form_arrived.form_past)
echo = Act(lines.lines_arrived)
turn = Act(lines.lines_past, becomes=FormArrived)
heed = Act(lines.lines_answered, becomes=FormArrived)
join = Act(evidence_alone.evidence_joined, becomes=FormArrived)
keep = Act(evidence_alone.evidence_kept)
unread = Act(unusable.unreadable_arrived)
retry = Act(undelivered.letter_undelivered, after=_tried_again)
lost = Act(undelivered.letter_undelivered)
away = Act(absences.absence_kept)
note = Act(absences.absence_noted)
lay = Act(drafts.draft_compiled, Move.ON)
relay = Act(drafts.draft_resigned)
edit = Act(drafts.draft_edited)
clear = Act(drafts.changes_accepted)
meet = Act(answering.remarks_answered)
resign = Act(signing.signer_changed)
renew = Act(signing.signer_changed_late, Move.ANEW)
hand_back = Act(signing.signer_changed_late, Move.TO_REVIEW)
ask = Act(hearing.asked_back)
reply = Act(hearing.replied)
shelve = Act(arriving.paper_arrived)
take = Act(signed_papers.paper_arrived, Move.ON)
look = Act(signed_papers.paper_looked_at, Move.ON)
seal = Act(signed_papers.paper_sealed, Move.ON)
cover = Act(signed_papers.cover_made)
shift = Act(telling.deadlines_taken)

agree = Act(verdicts.consents, Move.ON)
oppose = Act(verdicts.objects)
again = Act(verdicts.asks_again, Move.ANEW)
hand = Act(verdicts.passes_on, Move.ON)
review = Act(verdicts.approves, Move.ON)
remark = Act(verdicts.sends_back, Move.BACK)
ratify = Act(verdicts.ratifies, Move.ON)
refuse = Act(verdicts.refuses, Move.BACK)
close = Act(receipts.acknowledges, Move.ON)
paper = Act(receipts.acknowledged_on_paper, Move.ON)
thank = Act(receipts.thanked)
former = Act(receipts.of_former)
vague = Act(verdicts.without_word)

guide = Act(commands.guide)
helps = Act(commands.guide_and_help)
status = Act(commands.status)
form = Act(commands.form_again)
draft = Act(commands.draft_again)
final = Act(commands.report_again)
origin = Act(commands.origin)
nil = Act(commands.nil)
snooze = Act(commands.snooze)
reopen = Act(commands.open_again)
recall = Act(commands.pull_back, Move.TO_CHECK)
choose = Act(commands.choose, Move.ON, becomes=FormArrived)
redraw = Act(commands.choose, Move.TO_CHECK, becomes=FormArrived)
accept = Act(planning_orders.accept, Move.ON)
reject = Act(planning_orders.send_back)
revoke = Act(planning_orders.send_back, Move.TO_CHECK)
undo = Act(recalls.take_back)
unlay = Act(recalls.pull_back, Move.TO_DRAFT, after=recalls.told_of_pull_back)
name = Act(naming.named)
stand = Act(naming.confirmed, after=_laid_before_deputy)
amend = Act(corrections.open_again, Move.TO_DRAFT, after=corrections.told)
extend = Act(planning_orders.extend)
widen = Act(planning_orders.extend_row)
either = Act(more_time.unit_or_word)
longer = Act(more_time.prolong)
number = Act(numbering.numbered)
after = Act(afterwards.time_passed)
bind = Act(afterwards.archive_made)
file = Act(afterwards.filed)
post = Act(afterwards.published)

# -------------------------------------------------------------------------------------------------- how it is refused

LATER = Refusal(Reason.NOT_YET)  # its row is still to come
OVER = Refusal(Reason.ALREADY)  # its row is over, or is not decided by a document
GONE = lines.NO_LINES  # no lines wait for a word any more
UNDUE = Refusal(Reason.NOTHING_TO_EXTEND, names_unit=True)  # nothing is asked of the unit any more
SHUT = Refusal(Reason.WINDOW_CLOSED, names_unit=True)  # the Sekretaris has the draft
VOID = Refusal(Reason.NOTHING_TO_ACCEPT)  # the figures are being worked on
KEPT = Refusal(Reason.NOTHING_TO_RETURN)  # the Sekretaris has the draft
ASIDE = Refusal(Reason.NOTHING_HELD)  # it answers no letter about a file that is held back
IDLE = Refusal(Reason.NOTHING_RUNS)  # it would hold for nothing
FIXED = Refusal(Reason.NOTHING_TO_EXTEND)  # the forms are in


if TYPE_CHECKING:
    Ask = Callable[[Cycle, F, Office], Outcome | None]


@overload
def on(fact: type[F], first: tuple[Ask[F], ...], *entries: Act[F] | Refusal) -> tuple[Key, Line]: ...


@overload
def on(fact: Word, first: Role, *entries: Act[VerdictGiven] | Refusal) -> tuple[Key, Line]: ...


@overload
def on(fact: Word, first: tuple[Ask[CommandGiven], ...], *entries: Act[CommandGiven] | Refusal) -> tuple[Key, Line]: ...


def on(fact: Any, first: Any, *entries: Act[Any] | Refusal) -> tuple[Key, Line]:
    """Make one line; the type checker sees that everything in it takes its fact."""
    return ((fact, first), Line((), entries)) if isinstance(first, Role) else (fact, Line(first, entries))


# fmt: off
TABLE: dict[Key, Line] = dict((
    #  fact or word       asked first  INFORM  REQUEST COLLECT CHECK   ANALYSE DRAFT   REVIEW  RATIFY  SUBMIT  CLOSED
    on(CycleOpened,       anybody,     same,   same,   same,   same,   same,   same,   same,   same,   same,   same),
    on(CycleCancelled,    anybody,     drop,   drop,   drop,   drop,   drop,   drop,   drop,   drop,   same,   same),
    on(TimePassed,        anybody,     tell,   time,   time,   time,   time,   watch,  watch,  watch,  leave,  after),
    on(FormArrived,       anybody,     judge,  judge,  judge,  judge,  late,   late,   shut,   shut,   shut,   past),
    on(LinesArrived,      anybody,     echo,   echo,   echo,   echo,   echo,   echo,   echo,   echo,   echo,   turn),
    on(LinesAnswered,     owner,       heed,   heed,   heed,   heed,   heed,   heed,   heed,   heed,   heed,   GONE),
    on(EvidenceArrived,   anybody,     join,   join,   join,   join,   keep,   keep,   keep,   keep,   keep,   keep),
    on(UnreadableArrived, anybody,     unread, unread, unread, unread, unread, unread, unread, unread, unread, unread),
    on(DraftCompiled,     anybody,     same,   same,   same,   same,   same,   lay,    relay,  same,   same,   same),
    on(DraftEdited,       author,      OVER,   OVER,   OVER,   OVER,   OVER,   edit,   OVER,   OVER,   OVER,   OVER),
    on(ChangesAccepted,   author,      OVER,   OVER,   OVER,   OVER,   OVER,   clear,  OVER,   OVER,   OVER,   OVER),
    on(RemarksAnswered,   author,      meet,   meet,   meet,   meet,   meet,   meet,   meet,   meet,   meet,   OVER),
    on(DeputyConfirmed,   anybody,     stand,  stand,  stand,  stand,  stand,  stand,  stand,  stand,  stand,  stand),
    on(SignerChanged,     anybody,     same,   same,   same,   same,   same,   resign, renew,  hand_back, same, same),
    on(PaperArrived,      anybody,     shelve, shelve, shelve, shelve, shelve, shelve, shelve, take,   take,   shelve),
    on(PaperSealed,       anybody,     same,   same,   same,   same,   same,   same,   same,   seal,   seal,   same),
    on(PaperLooked,       anybody,     LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  look,   look,   OVER),
    on(CoverMade,         anybody,     same,   same,   same,   same,   same,   same,   same,   same,   cover,  same),
    on(ArchiveMade,       anybody,     same,   same,   same,   same,   same,   same,   same,   same,   same,   bind),
    on(ConfigurationTaken, anybody,    shift,  shift,  shift,  shift,  shift,  shift,  shift,  shift,  shift,  same),
    on(LetterUndelivered, anybody,     retry,  retry,  retry,  retry,  retry,  retry,  retry,  retry,  retry,  lost),
    on(AbsenceNoticed,    anybody,     away,   away,   away,   away,   away,   away,   away,   away,   away,   note),
    on(AnswerUnclear,     anybody,     ask,    ask,    ask,    ask,    ask,    ask,    ask,    ask,    ask,    ask),
    on(MailUnplaced,      anybody,     reply,  reply,  reply,  reply,  reply,  reply,  reply,  reply,  reply,  reply),

    on(VerdictGiven,      anybody,     vague,  vague,  vague,  vague,  vague,  vague,  vague,  vague,  vague,  vague),
    on(Word.SETUJU,       SECRETARY,   agree,  LATER,  LATER,  LATER,  LATER,  LATER,  review, OVER,   OVER,   OVER),
    on(Word.SETUJU,       PLANNING,    LATER,  LATER,  LATER,  LATER,  LATER,  hand,   OVER,   OVER,   OVER,   OVER),
    on(Word.SETUJU,       AGENCY_HEAD, LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  ratify, OVER,   OVER),
    on(Word.PERBAIKI,     SECRETARY,   oppose, LATER,  LATER,  LATER,  LATER,  LATER,  remark, OVER,   OVER,   OVER),
    on(Word.PERBAIKI,     AGENCY_HEAD, LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  refuse, OVER,   OVER),
    on(Word.KEBERATAN,    SECRETARY,   oppose, LATER,  LATER,  LATER,  LATER,  LATER,  remark, OVER,   OVER,   OVER),
    on(Word.KEBERATAN,    AGENCY_HEAD, LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  refuse, OVER,   OVER),
    on(Word.TERUSKAN,     PLANNING,    again,  LATER,  LATER,  LATER,  LATER,  hand,   OVER,   OVER,   OVER,   OVER),
    on(Word.DISAHKAN,     AGENCY_HEAD, LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  ratify, OVER,   OVER),
    on(Word.DITERIMA,     BOARD,       LATER,  LATER,  LATER,  LATER,  LATER,  former, former, former, close,  OVER),
    on(Word.DITERIMA,     PLANNING,    LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  paper,  OVER),
    on(Word.DITERIMA,     COPIED,      LATER,  LATER,  LATER,  LATER,  LATER,  former, former, former, thank,  thank),

    on(CommandGiven,      anybody,     guide,  guide,  guide,  guide,  guide,  guide,  guide,  guide,  guide,  guide),
    on(Word.STATUS,       house,       status, status, status, status, status, status, status, status, status, status),
    on(Word.FORM,         house,       form,   form,   form,   form,   form,   form,   form,   form,   form,   form),
    on(Word.DRAF,         house,       draft,  draft,  draft,  draft,  draft,  draft,  draft,  draft,  final,  final),
    on(Word.ASAL,         house,       origin, origin, origin, origin, origin, origin, origin, origin, origin, origin),
    on(Word.NIHIL,        house,       nil,    nil,    nil,    nil,    nil,    nil,    nil,    nil,    nil,    nil),
    on(Word.BANTUAN,      anybody,     helps,  helps,  helps,  helps,  helps,  helps,  helps,  helps,  helps,  guide),
    on(Word.TUNDA,        unit,        snooze, snooze, snooze, snooze, snooze, snooze, snooze, snooze, snooze, UNDUE),
    on(Word.SALAH,        counted,     reopen, reopen, reopen, reopen, recall, recall, SHUT,   SHUT,   SHUT,   SHUT),
    on(Word.BENAR,        head,        choose, choose, choose, choose, redraw, redraw, SHUT,   SHUT,   SHUT,   SHUT),
    on(Word.BATAL,        said,        undo,   undo,   undo,   undo,   undo,   undo,   unlay,  unlay,  undo,   undo),
    on(Word.KOREKSI,      program,     LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  amend,  amend),
    on(Word.PLH,          principal,   name,   name,   name,   name,   name,   name,   name,   name,   name,   IDLE),
    on(Word.TERIMA,       planning,    accept, accept, accept, accept, VOID,   VOID,   VOID,   VOID,   VOID,   VOID),
    on(Word.KEMBALIKAN,   planning,    reject, reject, reject, reject, revoke, revoke, KEPT,   KEPT,   KEPT,   KEPT),
    on(Word.PERPANJANG,   giver,       either, extend, widen,  widen,  FIXED,  longer, longer, longer, longer, FIXED),
    on(Word.NOMOR,        keeper,      LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  number, OVER),
    on(Word.ARSIP,        keeper,      LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  file),
    on(Word.TERBIT,       keeper,      LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  LATER,  post,   post),
    on(Word.HAPUS,        warden,      ASIDE,  ASIDE,  ASIDE,  ASIDE,  ASIDE,  ASIDE,  ASIDE,  ASIDE,  ASIDE,  ASIDE),
    on(Word.SIMPAN,       warden,      ASIDE,  ASIDE,  ASIDE,  ASIDE,  ASIDE,  ASIDE,  ASIDE,  ASIDE,  ASIDE,  ASIDE),
))


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of the SOP does when it begins, and with which letters it goes on asking."""

    ready: Callable[[Cycle, datetime, Office], Cycle]
    sends: Callable[[Cycle, datetime, Office], tuple[Letter, ...]]
    stands: Callable[[Cycle, datetime, Office], tuple[Letter, ...]]


ROWS: dict[Step, Row] = {
    #                 makes ready            sends when it begins   goes on asking with
    Step.INFORM:  Row(rows.as_it_is,         rows.data_needs,       rows.data_needs),
    Step.REQUEST: Row(rows.units_given_time, rows.requests,         rows.requests_open),
    Step.COLLECT: Row(rows.kept_to_promises, rows.no_letters,       rows.requests_open),
    Step.CHECK:   Row(rows.as_it_is,         rows.no_letters,       rows.requests_open),
    Step.ANALYSE: Row(rows.as_it_is,         rows.recap,            rows.recap),
    Step.DRAFT:   Row(rows.draft_wanted,     rows.no_letters,       rows.draft_laid),
    Step.REVIEW:  Row(rows.as_it_is,         rows.review,           rows.review),
    Step.RATIFY:  Row(rows.as_it_is,         rows.ratification,     rows.ratification),
    Step.SUBMIT:  Row(leaving.prepared,      leaving.letters,       leaving.letters),
}
# fmt: on


def forms_count(cycle: Cycle) -> bool:
    """Say whether a form that comes now changes what counts."""
    return not cycle.closed and TABLE[FormArrived].entries[COLUMNS[cycle.step]] is judge
