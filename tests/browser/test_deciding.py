"""Decisions in Chromium: the Sekretaris on his phone, the Kepala Dinas at his desk, until the report is ratified."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from mailbot.core.model.mail import Proof
from mailbot.core.model.sop import Step
from tests.browser.behind_door import BehindDoor, served_door
from tests.browser.looking import PHONE, is_for_everybody
from tests.stories.test_03_secretary_sends_back import edits
from tests.web.gate.deciding_doors import CYCLE_PAGE, DecidingDoor

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def served(chromium: Browser) -> Iterator[BehindDoor[DecidingDoor]]:
    """Serve the board of an office that allows decisions on it; the first draft lies before the Sekretaris."""
    with served_door(chromium, lambda settings: DecidingDoor(settings=settings)) as behind:
        yield behind


def types(page: Page, code: str, word: str) -> None:
    """Type a code, and press the button that lets a word count."""
    page.get_by_label("Kode dari surel").fill(code)
    page.get_by_role("button", name=f"Catat {word}").click()


def test_a_draft_is_sent_back_approved_and_ratified_on_the_board(served: BehindDoor[DecidingDoor]) -> None:
    """A wrong code decides nothing; what was shown before the draft changed is shown anew; each word is proved."""
    door, said = served.door, list[str]()
    address = door.office.roster.person("sekretaris").addresses[0]
    page = served.inside(address, PHONE)
    page.on("console", lambda line: said.append(f"{page.url}: {line.text}"))
    page.goto(f"{served.url}{CYCLE_PAGE}")
    is_for_everybody(page, "decide-form")
    # Meanwhile the draft goes back by mail, and another version of it lies before him.
    door.toy.answers("sekretaris", door.toy.letter("sekretaris", "review"), "PERBAIKI\nTabel 3.2 mohon dicek.")
    edits(door.toy)
    page.get_by_role("button", name="SETUJU").click()
    page.get_by_role("alert").wait_for()
    is_for_everybody(page, "decide-changed")
    assert "versi 2" in page.inner_text("main")
    assert door.toy.letters_to("sekretaris", "challenge") == []

    page.get_by_role("button", name="SETUJU").click()
    page.get_by_label("Kode dari surel").wait_for()
    code = door.code()
    types(page, f"{(int(code) + 1) % 10**6:06d}", "SETUJU")
    page.get_by_role("alert").wait_for()
    is_for_everybody(page, "decide-wrong-code")
    assert door.toy.cycle().step is Step.REVIEW
    types(page, code, "SETUJU")
    page.wait_for_url(f"{served.url}{CYCLE_PAGE}")
    assert page.locator("#decision").count() == 0
    assert [line for line in said if "409" not in line and "422" not in line] == []

    head = served.inside(door.office.roster.person("kadis").addresses[0])
    head.goto(f"{served.url}{CYCLE_PAGE}")
    head.get_by_role("button", name="DISAHKAN").click()
    head.get_by_label("Kode dari surel").wait_for()
    types(head, door.code("kadis"), "DISAHKAN")
    head.wait_for_url(f"{served.url}{CYCLE_PAGE}")
    door.toy.works()
    words = [(one.person, one.word, one.proof) for one in door.toy.cycle().verdicts[-2:]]
    assert words == [("sekretaris", "SETUJU", Proof.CODE), ("kadis", "DISAHKAN", Proof.CODE)]
