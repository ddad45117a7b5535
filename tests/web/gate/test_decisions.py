"""Decisions on the board: a word counts by a fresh code alone, for what was shown, to whom it was mailed, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.clerk.desk.remembering import with_deputies
from mailbot.core.model.mail import Proof
from mailbot.core.model.sop import Step
from mailbot.core.procedure.word_asked import bound_version
from mailbot.ledger.values import Changes, CycleChange
from tests.office import ToyOffice
from tests.stories.test_03_secretary_sends_back import edits
from tests.stories.test_11_code import ratifying
from tests.web.gate.deciding_doors import CYCLE_PAGE, DecidingDoor, pressed, typed
from tests.web.gate.doors import Browser


@pytest.fixture
def door() -> DecidingDoor:
    """Return a board on which the Sekretaris is waited for."""
    return DecidingDoor()


def nothing_decided(door: DecidingDoor, step: Step = Step.REVIEW) -> bool:
    """Say whether the row still waits, as if nobody had come."""
    return door.toy.cycle().step is step and not [one for one in door.toy.cycle().verdicts if one.step is step]


def test_the_sekretaris_approves_by_the_code_that_is_mailed(door: DecidingDoor) -> None:
    """Pressing decides nothing; the code does, once, named in the journal, echoed by mail, proved by the code."""
    browser, cycle = door.somebody("sekretaris"), door.toy.cycle()
    assert cycle.draft is not None
    printed = replace(cycle, draft=replace(cycle.draft, pdf_sha256=cycle.draft.docx_sha256))
    door.toy.ledger.commit(Changes(at=door.toy.clock(), cycles=(CycleChange(before=cycle, after=printed),)))
    assert "Keputusan Bapak/Ibu" in browser.get("/drafts/2025").text
    page = pressed(browser)
    assert page.status_code == 200
    assert nothing_decided(door)
    answer = typed(browser, page, door.code())
    assert (answer.status_code, answer.headers["location"]) == (303, CYCLE_PAGE)
    door.toy.works()
    verdict = door.toy.cycle().verdicts[-1]
    assert (verdict.step, verdict.person, verdict.word) == (Step.REVIEW, "sekretaris", "SETUJU")
    assert verdict.proof is Proof.CODE
    assert "SETUJU" in door.toy.letter("sekretaris", "verdict_noted").text
    events = [one.line.event for one in door.toy.ledger.journal.read() if one.line.actor == "sekretaris"]
    assert events[-2:] == ["decided_on_board", "verdict"]


def test_remarks_go_to_subbag_program_as_those_of_a_mail(door: DecidingDoor) -> None:
    """Line by line, with a number like a NIK masked; beside a consent they are refused, and no code is mailed."""
    browser = door.somebody("sekretaris")
    refused = pressed(browser, "SETUJU", "Tabel 3.2 mohon dicek.")
    assert (refused.status_code, door.toy.letters_to("sekretaris", "challenge")) == (409, [])
    page = pressed(browser, "PERBAIKI", "Tabel 3.2 mohon dicek.\r\n\r\nNIK 3574010101900001 mohon dihapus.")
    assert typed(browser, page, door.code()).status_code == 303
    door.toy.works()
    assert door.toy.cycle().step is Step.DRAFT
    text = door.toy.letter("perencanaan", "revision").text
    assert "Tabel 3.2 mohon dicek." in text
    assert "mohon dihapus" in text
    assert "3574010101900001" not in text


def test_a_refusal_needs_its_remarks(door: DecidingDoor) -> None:
    """It is answered as a mail would be, and nothing is mailed."""
    answer = pressed(door.somebody("sekretaris"), "PERBAIKI")
    assert answer.status_code == 409
    assert "PERBAIKI" in answer.text
    assert door.toy.letters_to("sekretaris", "challenge") == []


def test_off_by_default_there_is_neither_form_nor_address() -> None:
    """Not for whoever knows the address either."""
    door = DecidingDoor(on=False)
    browser = door.somebody("sekretaris")
    assert "/acts/decide" not in browser.get(CYCLE_PAGE).text
    assert "/acts/decide" not in browser.get("/drafts/2025").text
    shown = {"word": "SETUJU", "step": "review", "version": "1", "form_token": browser.form_token()}
    assert browser.post("/acts/decide/2025", shown).status_code == 404
    assert browser.post("/acts/decide/2025/code", {**shown, "code": "123456"}).status_code == 404
    assert not door.settings.decisions


def test_without_a_code_or_by_guessing_nothing_counts(door: DecidingDoor) -> None:
    """Five wrong ones, and the right one is of no use any more."""
    browser = door.somebody("sekretaris")
    page = pressed(browser)
    right = door.code()
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    assert [typed(browser, page, code).status_code for code in ("", wrong, wrong, wrong)] == [422] * 4
    assert typed(browser, page, wrong).status_code == 410
    assert typed(browser, page, right).status_code == 410
    assert nothing_decided(door)


def test_a_code_counts_once_though_the_word_was_taken_back(door: DecidingDoor) -> None:
    """Replayed after BATAL by mail, it brings the word back to nobody."""
    office = door.toy.clerk.books.office
    door.toy.has(office=replace(office, policy=replace(office.policy, recall_minutes=30)))
    browser = door.somebody("sekretaris")
    page = pressed(browser)
    code = door.code()
    assert typed(browser, page, code).status_code == 303
    assert typed(browser, page, code).status_code == 410
    door.toy.works()
    assert door.toy.cycle().verdicts[-1].stands_at is not None
    door.toy.answers("sekretaris", door.toy.letter("sekretaris", "verdict_noted"), "BATAL")
    assert nothing_decided(door)
    assert typed(browser, page, code).status_code == 410
    assert nothing_decided(door)


@pytest.mark.parametrize(
    "other",
    [
        {"word": "PERBAIKI", "remarks": "tidak"},
        {"version": "2"},
        {"docx": "0" * 64},
        {"pdf": "0" * 64},
        {"step": "ratify"},
        {"until": "2030-01-01T00:00:00+00:00"},
        {"remarks": "catatan"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_code_is_of_the_word_version_and_file_it_was_mailed_for(door: DecidingDoor, other: dict[str, str]) -> None:
    """Whatever is changed in the page's hidden fields, no letter was ever written for that."""
    browser = door.somebody("sekretaris")
    page = pressed(browser)
    assert typed(browser, page, door.code(), **other).status_code == 410
    assert nothing_decided(door)


def test_a_code_counts_in_the_session_that_asked_and_for_the_person_it_was_mailed_to(door: DecidingDoor) -> None:
    """Not in another session of the same person, nor in that of the Kepala Dinas, nor after its time."""
    browser, again, head = (door.somebody(key) for key in ("sekretaris", "sekretaris", "kadis"))
    page = pressed(browser)
    code = door.code()
    for other in (again, head):
        own = {"form_token": other.form_token()}
        assert typed(other, page, code, **own).status_code == 410
        assert typed(other, page, code).status_code == 403
    door.toy.clock.set_to(door.toy.clock() + door.settings.link_life)
    assert typed(browser, page, code).status_code == 410
    assert nothing_decided(door)


def test_a_draft_that_changed_meanwhile_is_shown_anew(door: DecidingDoor) -> None:
    """Before the code was asked for, and after it was mailed."""
    browser = door.somebody("sekretaris")
    before = browser.get(CYCLE_PAGE)
    page = pressed(browser)
    code = door.code()
    door.toy.answers("sekretaris", door.toy.letter("sekretaris", "review"), "PERBAIKI\nTabel 3.2 mohon dicek.")
    edits(door.toy)
    assert (door.toy.cycle().step, bound_version(door.toy.cycle())) == (Step.REVIEW, 2)
    old = browser.post("/acts/decide/2025", {**browser.fields(before), "word": "SETUJU"})
    assert old.status_code == 409
    assert "versi 2" in old.text
    assert typed(browser, page, code).status_code == 409
    assert [one.word for one in door.toy.cycle().verdicts if one.step is Step.REVIEW] == ["PERBAIKI"]


def test_nobody_says_a_word_that_is_not_his(door: DecidingDoor) -> None:
    """The head of a unit is turned away; Subbag Program, and the Sekretaris with the head's word, are answered."""
    head_of_unit = door.somebody("kabid-capil")
    form = door.somebody("sekretaris")
    shown = form.fields(form.get(CYCLE_PAGE))
    own = {**shown, "form_token": head_of_unit.form_token(), "word": "SETUJU"}
    assert head_of_unit.post("/acts/decide/2025", own).status_code == 403
    assert head_of_unit.post("/acts/decide/2025/code", {**own, "until": "2030-01-01T00:00:00+00:00"}).status_code == 403
    planning = door.somebody("perencanaan")
    assert "/acts/decide" not in planning.get(CYCLE_PAGE).text
    assert (
        planning.post("/acts/decide/2025", {**shown, "word": "SETUJU", "form_token": planning.form_token()}).status_code
        == 409
    )
    assert pressed(form, "DISAHKAN").status_code == 409
    assert nothing_decided(door)
    assert door.toy.letters_to("sekretaris", "challenge") == []
    assert form.post("/acts/decide/2024", {**shown, "word": "SETUJU"}).status_code == 404
    assert pressed(form, "KOREKSI").status_code == 409


def test_a_word_of_a_row_that_is_over_is_answered_as_by_mail(door: DecidingDoor) -> None:
    """In the words of the letter that a mail would get."""
    browser = door.somebody("sekretaris")
    before = browser.fields(browser.get(CYCLE_PAGE))
    door.toy.answers("sekretaris", door.toy.letter("sekretaris", "review"), "SETUJU")
    assert door.toy.cycle().step is Step.RATIFY
    late = browser.post("/acts/decide/2025", {**before, "word": "SETUJU"})
    assert late.status_code == 409
    assert "belum dapat kami catat" in late.text
    assert "/acts/decide" not in browser.get(CYCLE_PAGE).text


def test_the_kepala_dinas_ratifies_and_whoever_left_does_not() -> None:
    """By the same rules; who has left his post since is led to the door."""
    door = DecidingDoor(toy=ratifying())
    head = door.somebody("kadis")
    page = pressed(head, "DISAHKAN")
    code = door.code("kadis")
    people = tuple(one for one in door.office.roster.people if one.key != "kadis")
    whole, door.office = door.office, replace(door.office, roster=replace(door.office.roster, people=people))
    assert typed(head, page, code).headers["location"] == "/sign-in"
    assert nothing_decided(door, Step.RATIFY)
    door.office = whole
    head = door.somebody("kadis")
    page = pressed(head, "DISAHKAN")
    assert typed(head, page, door.code("kadis")).status_code == 303
    door.toy.works()
    assert door.toy.cycle().verdicts[-1].word == "DISAHKAN"


def test_by_mail_the_word_counts_with_that_code_and_the_code_alone_is_asked_about(door: DecidingDoor) -> None:
    """The page was closed: no mail holds the word, so it stands beside the code; then the board's page is over."""
    browser = door.somebody("sekretaris")
    page = pressed(browser)
    code = door.code()
    challenge = door.toy.letter("sekretaris", "challenge")
    door.toy.answers("sekretaris", challenge, code, proved=False)
    assert nothing_decided(door)
    assert "menuliskan kembali jawaban" in " ".join(door.toy.letter("sekretaris", "unclear").text.split())
    door.toy.answers("sekretaris", challenge, f"SETUJU {code}", proved=False)
    assert door.toy.cycle().step is Step.RATIFY
    assert typed(browser, page, code).status_code == 410


def test_the_data_needs_are_objected_to_in_the_first_row() -> None:
    """There is no draft then: what is decided about is the round."""
    toy = ToyOffice()
    toy.works()
    door = DecidingDoor(toy=toy)
    browser = door.somebody("sekretaris")
    page = pressed(browser, "KEBERATAN", "Target IKU-06 mohon dicek.")
    assert typed(browser, page, door.code()).status_code == 303
    verdict = toy.cycle().verdicts[-1]
    assert (verdict.step, verdict.word, verdict.remarks) == (Step.INFORM, "KEBERATAN", ("Target IKU-06 mohon dicek.",))


def test_codes_are_mailed_to_one_person_a_few_times_an_hour(door: DecidingDoor) -> None:
    """Whoever has his session cannot have him mailed for ever, nor guess at ever new codes."""
    browser = door.somebody("sekretaris")
    assert [pressed(browser).status_code for _ in range(7)] == [200] * 6 + [429]


def test_a_deputy_named_by_mail_decides_in_his_days_alone(door: DecidingDoor) -> None:
    """Once the principal has confirmed him; by a code to his own address, as who he is; afterwards he is who he was."""
    toy, own_unit_alone = door.toy, 404

    def deputy() -> Browser:
        door.office = with_deputies(toy.clerk.books).office
        return door.somebody("kabid-capil")

    last = toy.office.calendar.local(toy.clock()).date() + timedelta(days=1)
    toy.answers("sekretaris", None, f"PLH kabid.capil@example.go.id sampai {last}")
    assert "/acts/decide" not in deputy().get(CYCLE_PAGE).text
    toy.answers("sekretaris", toy.letter("sekretaris", "deputy_echo"), "BENAR")
    browser = deputy()
    assert "Keputusan Bapak/Ibu" in browser.get(CYCLE_PAGE).text
    page = pressed(browser)
    assert typed(browser, page, door.code("kabid-capil")).status_code == 303
    verdict = toy.cycle().verdicts[-1]
    assert (toy.cycle().step, verdict.word, verdict.proof) == (Step.RATIFY, "SETUJU", Proof.CODE)
    assert verdict.person.startswith("plh-sekretaris-kabid-capil-")
    assert browser.get("/journal").status_code == 200
    toy.days_pass(2)
    assert deputy().get("/journal").status_code == own_unit_alone
    assert browser.get("/journal").status_code != 200
