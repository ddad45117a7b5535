"""What came of a mail is told with its state: nobody takes a word that was not proved, or an empty form, for one."""

from __future__ import annotations

from typing import Any

from mailbot.core.codes.languages import Language
from mailbot.web.board import Board
from mailbot.web.open_gate import onlooker
from mailbot.web.pages.boxes.lists import mails_page
from mailbot.web.pages.boxes.mail import mail_page
from mailbot.web.pages.cycle import home_page
from mailbot.web.pages.marks import Tone
from mailbot.web.pages.page import Here, Page
from mailbot.web.pages.unit import unit_page
from mailbot.web.printing import here_of
from mailbot.web.viewer import Viewer
from mailbot.writing.words.templates import shipped_templates
from tests.office import NOWHERE, ToyOffice, requested


def here_in(office: ToyOffice, *units: str) -> Here:
    """Return what pages of an office are made with; with a unit, for its head."""
    board = Board(
        office=lambda: office.office,
        ledger=office.ledger,
        clock=office.clock,
        template_folders=(shipped_templates(),),
        archive_folder=NOWHERE,
    )
    heads = tuple(office.person(unit) for unit in units)
    return here_of(board, Viewer(posts=heads, language=Language.ENGLISH) if heads else onlooker(Language.ENGLISH))


def shown(page: Page | None) -> Any:  # noqa: ANN401 - the values of a page
    """Return what a page shows."""
    assert page is not None
    return page.values


def test_a_word_that_is_not_proved_looks_like_no_other() -> None:
    """Neither in the list nor on its page: by word, icon and colour."""
    office = ToyOffice()
    office.works()
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "SETUJU", proved=False)
    here = here_in(office)
    for mark in (shown(mails_page(here))["lines"][0].mark, shown(mail_page(here, "1"))["mark"]):
        assert (mark.tone, mark.word) == (Tone.WAITS, here.told("came_of", "word_unproved"))
    assert here.told("why_came_of", "word_unproved") in shown(mail_page(here, "1"))["why"]
    office.hours_pass(1)
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "SETUJU")
    newest = shown(mails_page(here))["lines"][0].mark
    assert (newest.tone, newest.word) == (Tone.GOOD, here.told("outcomes", "verdict"))


def test_whoever_sent_his_form_back_empty_is_found_to_have_sent_something() -> None:
    """In the list of mails, in the unit's state, on its page with the mail behind it, and among what needs somebody."""
    office = requested()
    asked = office.letter("kabid-capil", "request")
    office.answers("kabid-capil", asked, "Terlampir form isian.", asked.file(".xlsx"))
    for here in (here_in(office), here_in(office, "kabid-capil")):
        mark = shown(mails_page(here))["lines"][0].mark
        assert (mark.tone, mark.word) == (Tone.WAITS, here.told("came_of", "form_unreadable"))
        page, home = shown(unit_page(here, "CAPIL")), shown(home_page(here))
        ((told, link),) = page["back"]
        assert here.words["sent_back"]["unfilled"] in told
        assert here.phrases.moment(office.clock()) in told
        assert link == "/mails/1"
        line = next(line for line in home["units"] if line.key == "CAPIL")
        assert (page["mark"].word, line.mark.word, line.back) == (*[here.told("units", "sent_back")] * 2, told)
        assert next(need.do for need in home["needs"] if "CAPIL" in need.link) == here.told("now", "do_sent_back")
    other = here_in(office, "kabid-piak")
    assert shown(unit_page(other, "PIAK"))["back"] == ()
    office.hours_pass(1)
    office.sends_form("kabid-capil", "CAPIL")
    page = shown(unit_page(here_in(office), "CAPIL"))
    assert (page["mark"].tone, [told for told, _ in page["back"]]) == (Tone.GOOD, [told])


def test_lines_that_are_not_complete_wait_for_no_benar() -> None:
    """It is said what is wanting; BENAR is spoken of once nothing is."""
    office = requested()
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), "IKU-03: 98,12")
    here = here_in(office)
    home = shown(home_page(here))
    line = next(line for line in home["units"] if line.key == "CAPIL")
    assert line.mark.word == here.told("units", "lines_open")
    assert next(need.do for need in home["needs"] if "CAPIL" in need.link) == here.told("now", "do_lines_open")
