"""The rows of the SOP: what opens one stands on the right person's own word about these very bytes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.examiner.mail import APPROVING, WORDS
from tests.examiner.tape import Charge
from tests.examiner.thread import STEP, WHOSE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.examiner.letter import Letter
    from tests.examiner.mail import Mail
    from tests.examiner.thread import Docket

_NEEDS = {"review": "draft", "ratify": "review", "submission": "ratify", "closed": "submit"}
"""Which row's word each letter stands on."""
_LAYS = {"draft": ("draft", "revision"), "review": ("review",), "ratify": ("ratify",)}
_LOOKED_LATELY = timedelta(minutes=10)
_SAYS = {
    "SETUJU": ("setuju", "acc", "ok"),
    "DISAHKAN": ("sah",),
    "DITERIMA": ("terima",),
    "TERUSKAN": ("terus", "setuju"),
}


def opened(docket: Docket) -> Iterator[Charge]:
    """Each letter that opens a row stands on a word: of the right person, proved, about the bytes that go on."""
    seen: set[str] = set()
    for letter in docket.letters:
        if letter.kind not in _NEEDS or letter.message_id in seen:
            continue
        seen.add(letter.message_id)
        step = _NEEDS[letter.kind]
        given = [
            one
            for one in docket.words
            if one.step == step and one.since <= letter.at and one.ends_its_row(docket.office)
        ]
        if not given and not (step == "submit" and _on_paper(docket, letter)):
            yield Charge(law="without proof", what=f"{_named(letter)} left without a proved word of row {step}")
        elif letter.kind == "submission" and _came_signed(docket, letter):
            continue
        elif letter.kind != "closed" and not any(_same_bytes(letter, one.root, one.mail) for one in given):
            yield Charge(law="other bytes", what=f"{_named(letter)} does not carry what was consented to in row {step}")


def _on_paper(docket: Docket, letter: Letter) -> bool:
    """Say whether Subbag Program gave the word for what Bappeda gave on paper: it answers no letter."""
    return any(
        one.word == "DITERIMA" and one.at <= letter.at and docket.office.has_role(one.sender, "planning")
        for one in docket.mails
        if docket.counts_since(one) is not None
    )


def _came_signed(docket: Docket, letter: Letter) -> bool:
    """Say whether a letter carries a paper that the head has sent us before, and so says that he has signed it."""
    came = {
        content
        for mail in (*docket.mails, *docket.others)
        if mail.at <= letter.at and docket.office.has_role(mail.sender, "agency_head")
        for _, content in mail.files
    }
    return any(content in came for name, content in letter.files if name.lower().endswith(".pdf"))


def _same_bytes(letter: Letter, root: Letter, mail: Mail) -> bool:
    """Say whether a letter carries the document that was laid before somebody, or the one he sent along.

    What leaves the house cannot be edited: it may be the same document as a PDF, that lay before him too.
    """
    edited = [content for name, content in mail.files if name.lower().endswith(".docx")]
    printed = letter.printed if not letter.document else b""
    same = printed in {content for _, content in root.files} if printed else root.document == letter.document
    return bool(edited) or root.kind in {"revision", "draft_held"} or same


def overtaken(docket: Docket) -> Iterator[Charge]:
    """No version of the report is laid before somebody after a later one was."""
    latest: dict[str, Letter] = {}
    for letter in docket.letters if not docket.tape.clock_wrong else ():
        before = latest.get(letter.kind)
        if letter.kind not in _LAYS:
            continue
        if before is not None and letter.written < before.written and letter.document != before.document:
            yield Charge(law="overtaken", what=f"{_named(letter)} left after {before.message_id}, written later")
        latest[letter.kind] = letter


def asked_for(docket: Docket) -> Iterator[Charge]:
    """Row 1: requests leave when the Sekretaris agreed, or his time is over and no objection of his lies there."""
    requests = [one for one in docket.letters if one.kind == "request"]
    laid = docket.last("data_needs", requests[0].at) if requests else None
    if not requests or laid is None:
        return
    first = requests[0]
    words = [
        one for one in docket.words if one.step == "inform" and docket.office.has_role(one.mail.sender, "secretary")
    ]
    before = [one for one in words if one.since <= first.at]
    agreed = any(one.word == "SETUJU" for one in before)
    objected = [one for one in before if one.word in {"KEBERATAN", "PERBAIKI"} and one.root is laid and one.lay_there]
    late = docket.office.deadline(laid.at, docket.office.inform_days) <= first.at
    if objected and not agreed and objected[-1].since + _LOOKED_LATELY < first.at:
        answers = docket.answers.get(objected[-1].proof.message_id, ())
        if docket.tape.clock_wrong and _came_too_late(docket, laid, objected[-1].mail, first, answers):
            return
        known = ", and was noted" if any(one.kind == "verdict_noted" for one in answers) else ""
        anew = any(one.kind == "data_needs" and one.at <= first.at for one in docket.refused)
        known += ", and what was laid before him anew was refused" if anew else ""
        what = f"{_named(first)} left although {objected[-1].mail.message_id} objects{known}"
        yield Charge(law="answered wrongly", what=what)
    elif not agreed and not late and not docket.tape.clock_wrong:
        itself = ", whose letter was put off before" if laid.left.put_off else ""
        what = f"{_named(first)} left before the Sekretaris agreed or his time was over{itself}"
        yield Charge(law="without proof", what=what)


def _came_too_late(docket: Docket, laid: Letter, mail: Mail, first: Letter, answers: Iterable[Letter]) -> bool:
    """Say whether by a wrong clock the Sekretaris' time was over when his objection was proved, and he was told so.

    Of a mail that nobody can read he is told just that; there the clock's own dates have to say it: the requests were
    written after his time, and before he was answered.
    """
    over = docket.office.deadline(laid.written, docket.office.inform_days) <= first.written
    return any(
        one.kind == "out_of_turn"
        or (mail.beyond_reading and one.kind == "unplaced" and over and first.written <= one.written)
        for one in answers
    )


def noted(docket: Docket) -> Iterator[Charge]:
    """A word is noted as it was said, by whom it belongs to, proved, and about the version that lies there now."""
    for letter in docket.letters:
        mail = docket.mail_by_id.get(letter.answers)
        if letter.kind != "verdict_noted" or mail is None or letter.word not in WORDS:
            continue
        root, since = docket.root(mail), docket.counts_since(mail)
        thanked = letter.word == "DITERIMA" and docket.office.has_role(mail.sender, "planning_board", "copied")
        if not thanked and (since is None or since > letter.at):
            yield Charge(law="without proof", what=f"{letter.word} of {mail.sender} was noted, and nothing proves him")
        if letter.word in APPROVING:
            yield from _approval(docket, letter, mail, root)


def _approval(docket: Docket, letter: Letter, mail: Mail, root: Letter | None) -> Iterator[Charge]:
    """Look at an approving word that was noted."""
    own = " ".join((*mail.own, mail.message["Subject"] or "")).lower()
    if not any(one in own for one in _SAYS[letter.word]):
        yield Charge(law="answered wrongly", what=f"{letter.word} was noted of {mail.sender}, who wrote {mail.own}")
    elif mail.speaks_against:
        yield Charge(
            law="answered wrongly", what=f"{letter.word} was noted of {mail.sender}, who also wrote {mail.own}"
        )
    answered, copied = docket.answered_by(mail), docket.office.has_role(mail.sender, "copied")
    if root is None or copied or (answered is not None and answered.kind == "recalled"):
        return  # what was taken back is asked for anew in the answer itself, in the row where it then stands
    step = STEP[root.kind]
    if not docket.office.has_role(mail.sender, *WHOSE[step]):
        yield Charge(law="answered wrongly", what=f"{letter.word} of {mail.sender} was noted in row {step}, not his")
    for kind in _LAYS.get(step, ()) if not docket.tape.clock_wrong else ():
        laid = [one for one in (*docket.letters, *docket.refused) if one.kind == kind and one.at <= mail.at]
        now = max(laid, key=lambda one: one.written, default=None)
        other = now is not None and root.kind == kind and now.document != root.document
        if now is not None and other and not _laid_anew(docket, mail, root, now):
            yield Charge(
                law="answered wrongly", what=f"{letter.word} of {mail.sender} was noted for a version of before"
            )


def _laid_anew(docket: Docket, mail: Mail, root: Letter, later: Letter) -> bool:
    """Say whether books that were put back know no later version, and a reminder since brought this one once more."""
    answered = docket.answered_by(mail)
    if answered is None or answered.left.forgotten or not later.left.forgotten:
        return False
    return answered.document == root.document


def heard(docket: Docket) -> Iterator[Charge]:
    """The right word, alone, proved, on what lies there now, is noted; nothing else of that person came before it."""
    # A note that a server refused for good says what was noted as well as one that arrived.
    noted_at = {one.answers for one in (*docket.letters, *docket.refused) if one.kind == "verdict_noted"}
    done = {one.root.message_id for one in docket.words if one.mail.message_id in noted_at}
    for word in docket.words if docket.tape.finished and not docket.tape.clock_wrong else ():
        about = word.root.message_id
        fresh = docket.last(word.root.kind, word.mail.at) is word.root
        kinds = {one.kind for one in docket.answers.get(word.mail.message_id, ())}
        kinds |= {one.kind for one in docket.refused if one.answers == word.mail.message_id}
        right = word.ends_its_row(docket.office) and word.mail.bare and not word.mail.files and word.mail.came.proved
        first = about not in done and not (_moved_on(docket, word.root, word.mail) or _forgotten(docket, word.root))
        if (
            right
            and first
            and fresh
            and word.mail.came.seen
            and kinds
            and not kinds & {"verdict_noted", "draft_held", ""}
        ):
            told = ", ".join(sorted(kinds))
            yield Charge(law="answered wrongly", what=f"{word.word} of {word.mail.sender} was answered with {told}")


def _forgotten(docket: Docket, root: Letter) -> bool:
    """Say whether books that were put back know nothing of what lay there, and have laid another report since."""
    return root.left.forgotten and any(
        one.kind == root.kind and not one.left.forgotten and one.document != root.document for one in docket.letters
    )


def _moved_on(docket: Docket, root: Letter, mail: Mail) -> bool:
    """Say whether something else may have moved the row meanwhile: a form opened again, a version, another's word.

    Two letters may ask for the same word; once it is noted, or the draft lies before the Sekretaris, the other one asks
    no more.
    """
    if any(
        one.kind == "verdict_noted"
        and one.answers != mail.message_id
        and root.at <= one.at <= mail.at + timedelta(days=5)
        and docket.office.same_person(one.to, mail.sender)
        for one in docket.letters
    ):
        return True
    if STEP[root.kind] == "draft" and any(
        one.kind == "review" and root.at <= one.at <= mail.at for one in docket.letters
    ):
        return True
    return any(
        root.at <= one.at <= mail.at + timedelta(days=5)
        and one.kind
        in {
            *("reopened", "returned_by_planning", "revision", "draft", "draft_held", "recalled", "recall_told"),
            *("data_needs", "data_needs_objected"),
        }
        and one is not root
        for one in docket.letters
    )


def _named(letter: Letter) -> str:
    return f"{letter.kind} {letter.message_id} to {letter.to}"
