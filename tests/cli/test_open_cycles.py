"""A configuration that takes away what a cycle under way needs: refused by check, at the start, and when read anew."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mailbot.cli.daemon import Daemon
from mailbot.settings.loading import load
from mailbot.writing.archive.verify import verify_archive
from tests.cli.terminal import mailbot, office_in, worked_in
from tests.heartbeat.running import SECRETS, served
from tests.office import CYCLE, ToyOffice, collected
from tests.yaml_files import rewritten, write

GONE = "PIAK"
Edit = Callable[[Path], None]


def take_out(config: Path, file: str, what: str, gone: Callable[[Any], bool]) -> None:
    """Take entries of one list out of one file."""
    content = rewritten(config / file)
    content[what] = [entry for entry in content[what] if not gone(entry)]
    write(config / file, content)


def without_a_unit(config: Path) -> None:
    """Dissolve a unit: it, its people, what it reports."""
    take_out(config, "recipients.yaml", "units", lambda unit: unit["key"] == GONE)
    take_out(config, "recipients.yaml", "people", lambda person: person.get("unit") == GONE)
    for what in ("indicators", "budget"):
        take_out(config, "indicators.yaml", what, lambda entry: entry["owner"] == GONE)


def without_an_indicator(config: Path) -> None:
    """Let an indicator be."""
    take_out(config, "indicators.yaml", "indicators", lambda entry: entry["code"] == "IKU-02")


def with_another_owner(config: Path) -> None:
    """Give an indicator to another unit."""
    content = rewritten(config / "indicators.yaml")
    for entry in content["indicators"]:
        entry["owner"] = "CAPIL" if entry["code"] == "IKU-02" else entry["owner"]
    write(config / "indicators.yaml", content)


def with_another_head(config: Path) -> None:
    """Put a new person in the place of a head, his entry gone."""
    content = rewritten(config / "recipients.yaml")
    for person in content["people"]:
        person["key"] = "kabid-baru" if person["key"] == "kabid-piak" else person["key"]
    write(config / "recipients.yaml", content)


def without_the_cycle(config: Path) -> None:
    """Take the running cycle out of the list."""
    take_out(config, "cycles.yaml", "cycles", lambda cycle: cycle["key"] == CYCLE)


def of_another_period(config: Path) -> None:
    """Let the cycle of that key be a quarter's."""
    content = rewritten(config / "cycles.yaml")
    for cycle in content["cycles"]:
        if cycle["key"] == CYCLE:
            cycle["quarter"] = "4"
    write(config / "cycles.yaml", content)


LACKS: dict[Edit, str] = {
    without_a_unit: (
        f"recipients.yaml: unit '{GONE}' is gone, and cycle {CYCLE} asks it for its form (put the unit and its people "
        "back until that cycle is archived; later cycles leave it out by `units`)"
    ),
    without_an_indicator: f"indicators.yaml: IKU-02 is no longer asked of DAFDUK, and cycle {CYCLE} has asked it (put",
    with_another_owner: f"indicators.yaml: IKU-02 is no longer asked of DAFDUK, and cycle {CYCLE} has asked it (put",
    with_another_head: (
        f"recipients.yaml: nobody has the key 'kabid-piak' any more, and cycle {CYCLE} has written to him (keep the "
        "entry and give it `until:` with his last day"
    ),
    without_the_cycle: f"cycles.yaml: cycle {CYCLE} is under way, and no longer listed (put it back",
    of_another_period: f"cycles.yaml: cycle {CYCLE} is under way, and now covers another year or quarter (put its year",
}


@pytest.fixture
def office(here: Path) -> ToyOffice:
    """The office of ./kantor, whose cycle has sent its requests."""
    office_in(here)
    office = worked_in(here)
    office.works()
    office.days_pass(1)
    office.morning()
    return office


def refused(words: tuple[str, ...], edit: Edit) -> None:
    """Hold that a command says what the edit takes away, with the way out."""
    ran = mailbot("--config", "kantor", *words)
    assert (ran.code, LACKS[edit] in ran.err) == (1, True), ran.err


@pytest.mark.parametrize("edit", LACKS, ids=lambda edit: edit.__name__)
def test_a_configuration_that_takes_something_from_an_open_cycle_is_refused_with_the_way_out(
    edit: Edit, office: ToyOffice, here: Path
) -> None:
    """Nothing is sent, nothing set aside."""
    edit(here / "kantor")
    before = office.ledger.journal.head()
    refused(("tick",), edit)
    assert office.ledger.journal.head() == before


def test_check_and_every_command_that_works_refuse_it(office: ToyOffice, here: Path) -> None:
    """Before the edit all was in order."""
    assert mailbot("--config", "kantor", "check").code == 0
    without_a_unit(here / "kantor")
    before = office.ledger.journal.head()
    for words in (("check",), ("run",), ("return", "DAFDUK", "--reason", "x"), ("open", CYCLE)):
        refused(words, without_a_unit)
    assert office.ledger.journal.head() == before


def test_the_daemon_goes_on_by_the_former_configuration(here: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What is taken away is told; put back, the new one is taken."""
    with pytest.MonkeyPatch.context() as patched, served(here):
        for name, value in SECRETS.items():
            patched.setenv(name, value)
        config = here / "kantor"
        daemon = Daemon(config, load(config, SECRETS))
        daemon.beat()
        kept = (config / "recipients.yaml").read_bytes(), (config / "indicators.yaml").read_bytes()
        without_a_unit(config)
        with caplog.at_level(logging.ERROR, logger="mailbot"):
            daemon.beat()
        assert "unit 'PIAK' is gone" in caplog.text
        assert daemon.settings.office().roster.unit(GONE).name != GONE
        for name, content in zip(("recipients.yaml", "indicators.yaml"), kept, strict=True):
            (config / name).write_bytes(content)
        caplog.clear()
        daemon.beat()
        assert caplog.text == ""
        daemon.close()


@pytest.fixture
def closed(office: ToyOffice, here: Path) -> ToyOffice:
    """The same office, its cycle ratified, acknowledged and archived."""
    office.archives_in(here / "arsip")
    collected(office)
    words = (("perencanaan", "draft", "TERUSKAN"), ("sekretaris", "review", "SETUJU"), ("kadis", "ratify", "DISAHKAN"))
    for key, kind, word in (*words, ("bappeda", "submission", "DITERIMA")):
        office.answers(key, office.letter(key, kind), word)
    office.days_pass(1)
    return office


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    "edit", [without_a_unit, without_an_indicator, with_another_head], ids=lambda edit: edit.__name__
)
def test_a_closed_cycles_archive_is_never_replaced_and_made_again_from_what_was_kept(
    edit: Edit, closed: ToyOffice, here: Path
) -> None:
    """What is taken out afterwards is taken; export leaves the archive, and where it is lost gives the same papers."""
    place = here / "arsip" / CYCLE
    archived = contents(place)
    edit(here / "kantor")
    assert mailbot("--config", "kantor", "check").code == 0
    ran = mailbot("--config", "kantor", "export", CYCLE)
    assert (ran.code, "it is left as it is" in ran.out.decode()) == (0, True)
    assert contents(place) == archived
    place.rename(here / "arsip" / "dibawa")
    assert mailbot("--config", "kantor", "export", CYCLE).code == 0
    assert verify_archive(place) == ()
    again = contents(place)
    papers = [path for path in archived if path.endswith(("Rekap-Kinerja-2025.xlsx", "keputusan.txt", ".docx"))]
    assert len(papers) >= 3
    assert [again[path] == archived[path] for path in papers] == [True] * len(papers)
    assert closed.cycle().closed


def test_an_archive_that_was_changed_is_moved_aside_and_not_written_over(closed: ToyOffice, here: Path) -> None:
    """Whoever changed it can look at what he did."""
    del closed
    place = here / "arsip" / CYCLE
    letter = next(place.rglob("*.eml"))
    letter.write_bytes(b"lain")
    ran = mailbot("--config", "kantor", "export", CYCLE)
    assert f"it is now {place}.1" in ran.out.decode()
    assert verify_archive(place) == ()
    assert (Path(f"{place}.1") / letter.relative_to(place)).read_bytes() == b"lain"


def test_late_mail_about_what_is_gone_is_answered(closed: ToyOffice, here: Path) -> None:
    """Every word, a late form of the unit that is no more, and free text, from everybody who is still listed."""
    late = closed.filled(GONE)
    without_a_unit(here / "kantor")
    changed = load(here / "kantor", {}).office()
    closed.has(office=changed)
    words = ("STATUS", "FORM", "DRAF", "BANTUAN", "ASAL IKU-02", "SALAH", "KEMBALIKAN PIAK keliru", "TERIMA PIAK baik")
    for key in ("kabid-dafduk", "perencanaan", "sekretaris"):
        for word in words:
            before = len(closed.letters_to(key))
            closed.answers(key, closed.letters_to(key)[0], word)
            assert len(closed.letters_to(key)) > before, (key, word)
        closed.answers(key, closed.letters_to(key)[0], "Terlampir.", late)
    assert {mail.error for mail in closed.ledger.inbox.listing(limit=1000)} == {""}
