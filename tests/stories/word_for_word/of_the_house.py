"""Scenes of the letters of the day and the week, of cycles to come, and of what the operator reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from mailbot.clerk.board.link_letter import AskedLink, mail_link
from mailbot.clerk.opening.withdrawing import cancel_cycle
from mailbot.core.codes.letter_kinds import LetterKind as K
from tests.clerk.rollup.three_offices import OVERSEER, ThreeOffices
from tests.clerk.test_openings import REASON, announced, wib
from tests.clerk.test_working import poisoned, tries_on
from tests.office import CYCLE, ToyOffice, requested
from tests.stories.test_13_libreoffice_away import first_days, with_libreoffice
from tests.stories.test_32_a_configuration_that_lives import SECRETARY, LivingOffice
from tests.stories.test_33_the_days_letter import a_day
from tests.stories.word_for_word.scene import scene
from tests.writing.word.stand_in import FAILS, stand_in


@scene(K.DIGEST, "perencanaan")
def digest(_: Path) -> ToyOffice:
    """The day before one form counted and one went back."""
    office = a_day()
    office.days_pass(1)
    return office


@scene(K.WEEKLY, "kadis")
def weekly(_: Path) -> ToyOffice:
    """The last working day of a week in which one form came."""
    office = requested()
    office.has(office=replace(office.office, policy=replace(office.office.policy, head_weekly=True)))
    office.sends_form("kabid-piak", "PIAK")
    office.days_pass(4)
    return office


@scene(K.ROLLUP, OVERSEER)
def rollup(_: Path) -> ToyOffice:
    """On Monday, of three offices one has all its forms, and the last one none."""
    offices = ThreeOffices()
    for head, unit in (("kabid-piak", "PIAK"), ("kabid-capil", "CAPIL"), ("kabid-dafduk", "DAFDUK")):
        offices.first.sends_form(head, unit)
    offices.first.sends_form("umum", "SEKRETARIAT")
    offices.days_pass(8)
    return offices.first


@scene(K.MORNING, "operator")
def morning(_: Path) -> ToyOffice:
    """The morning after a day on which one form counted and one went back."""
    office = a_day()
    office.days_pass(1)
    return office


@scene(K.SET_ASIDE, "operator")
def set_aside(_: Path) -> ToyOffice:
    """A form cannot be worked, three times."""
    office = poisoned()
    office.sends_form("kabid-piak", "PIAK")
    tries_on(office)
    return office


@scene(K.UNDELIVERED, "operator")
def undelivered(_: Path) -> ToyOffice:
    """The address of one head does not exist any more."""
    office = ToyOffice()
    office.post.refusals["kabid.capil@example.go.id"] = (550, "5.1.1 user unknown")
    office.works()
    office.days_pass(2)
    return office


@scene(K.CONFIG_WAITS, "operator")
def config_waits(_: Path) -> ToyOffice:
    """Somebody has written another address of the Sekretaris into recipients.yaml."""
    office = LivingOffice()
    office.is_edited(SECRETARY)
    return office


@scene(K.CONFIG_ANSWERED, "operator")
def config_answered(_: Path) -> ToyOffice:
    """It is meant."""
    office = LivingOffice()
    office.is_edited(SECRETARY)
    office.answers("operator", office.asked(), "BENAR")
    return office


@scene(K.HOLDER_CHANGED, "sekretaris.disdukcapil@example.go.id")
def holder_changed(_: Path) -> ToyOffice:
    """It counts now: whoever has the former address hears of it."""
    office = LivingOffice()
    settings = office.is_edited(SECRETARY)
    office.answers("operator", office.asked(), "BENAR")
    office.hours_pass(0.1)
    office.counts(settings)
    office.morning()
    return office


@scene(K.OPENING_AHEAD, "perencanaan")
def opening_ahead(_: Path) -> ToyOffice:
    """The next working day a cycle opens by itself."""
    return announced()


@scene(K.OPENING_NOTED, "perencanaan")
def opening_noted(_: Path) -> ToyOffice:
    """Subbag Program would have it two days later."""
    office = announced()
    office.answers("perencanaan", office.letter("perencanaan", "opening_ahead"), "TUNDA 2 HARI")
    return office


@scene(K.OPENING_MISSED, "perencanaan")
def opening_missed(_: Path) -> ToyOffice:
    """The machine was off on the day on which the cycle was to open, and for weeks after it."""
    office = announced()
    office.silent_until(wib(4, 20))
    return office


@scene(K.CYCLE_CANCELLED, "kabid-dafduk")
def cycle_cancelled(_: Path) -> ToyOffice:
    """The operator types `mailbot cancel 2025 --reason "Tanggal mulai keliru sebulan."`."""
    office = requested()
    office.hours_pass(0.1)
    assert cancel_cycle(office.clerk.books, office.clerk.maker, CYCLE, REASON, "operator", office.clock())
    office.clock.set_to(office.clock() + timedelta(minutes=1))
    office.works()
    return office


@scene(K.BOARD_LINK, "sekretaris")
def board_link(_: Path) -> ToyOffice:
    """The Sekretaris asks for a way into the status board, in the evening: it leaves at once."""
    office = requested()
    office.hours_pass(12)
    asked = AskedLink(
        to=office.person("sekretaris"),
        address=office.person("sekretaris").addresses[0],
        link_sha256="0f" * 32,
        link="https://lkjip.example.go.id/sign-in/link/AvVRKimm-DCbFPGeUNSBIXmzo3h1F_YAA9c13CtmEvs",
        code="4821 9037",
        minutes=15,
        browser="Firefox, Windows",
        network="203.0.113.0/24",
    )
    mail_link(office.clerk.books, office.clerk.maker, asked, office.clock())
    office.works()
    return office


@scene(K.ALARM, "operator")
def alarm(folder: Path) -> ToyOffice:
    """LibreOffice breaks down while the letters of row 2 are made."""
    office, libreoffice = ToyOffice(), stand_in(folder, FAILS)
    with with_libreoffice(office, libreoffice.program):
        first_days(office)
    return office
