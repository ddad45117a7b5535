"""`mailbot rebuild`: refused where a ledger is, made from files or servers where it is lost, and told in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.ledger.files_and_notes import REBUILDING
from mailbot.settings.loading import load
from mailbot.writing.words.beside_words import with_words
from tests.cli.terminal import mailbot, office_in, worked_in
from tests.office import HEADS, SECRET, ToyOffice


@pytest.fixture
def office(here: Path, monkeypatch: pytest.MonkeyPatch) -> ToyOffice:
    """An office with the settings of its folder, at eight o'clock, after the letter of row 1."""
    settings = load(office_in(here), {})
    monkeypatch.setenv("MAILBOT_SECRET", SECRET.decode())
    office = worked_in(here)
    office.has(office=with_words(settings.office(), settings.template_folders))
    office.works()
    return office


def lies_in(office: ToyOffice, folder: Path) -> Path:
    """Lay everything that came and left into files."""
    folder.mkdir()
    for number, mail in enumerate(office.post.mails):
        (folder / f"masuk-{number}.eml").write_bytes(mail.raw)
    for number, (_, raw) in enumerate(office.post.delivered):
        (folder / f"keluar-{number}.eml").write_bytes(raw)
    return folder


def test_a_ledger_that_is_there_is_left_alone(office: ToyOffice, here: Path) -> None:
    """It names the way to an older one."""
    ran = mailbot("--config", "kantor", "rebuild", "--from", lies_in(office, here / "surat"))
    assert ran.code == 2
    assert "the ledger of this office is there" in ran.text
    assert "mailbot --config kantor restore FILE" in ran.text


def test_nothing_works_on_a_ledger_that_is_half_made(office: ToyOffice) -> None:
    """Neither the daemon nor a pass: it would send what had left."""
    office.ledger.notes.write(REBUILDING, "2026-01-05T00:30:00+00:00")
    for command in ("run", "tick"):
        ran = mailbot("--config", "kantor", command)
        assert ran.code != 0
        assert "not whole: go on with mailbot --config kantor rebuild" in " ".join(ran.text.split())


def test_a_lost_ledger_is_made_anew_and_everything_waits_for_the_operator(office: ToyOffice, here: Path) -> None:
    """What stands is said in the words of `status`, what mail cannot tell is listed, and no letter may leave."""
    office.hours_pass(0.5)
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "SETUJU")
    office.hours_pass(1)
    office.sends_form(HEADS["DAFDUK"], "DAFDUK")
    before = mailbot("--config", "kantor", "status", "--json").json["cycles"]
    office.ledger.close()
    (here / "ledger.db").rename(here / "hilang.db")

    ran = mailbot("--config", "kantor", "rebuild", "--from", lies_in(office, here / "surat"))

    assert ran.code == 0, ran.text
    said = ran.out.decode()
    assert "2 mails and " in said
    assert "What mail cannot tell, whatever it holds:" in said
    assert said.splitlines()[-1].endswith("then let them leave: mailbot --config kantor outbox release")
    after = mailbot("--config", "kantor", "status", "--json").json
    assert [(one["cycle"], one["step"]) for one in after["cycles"]] == [(one["cycle"], one["step"]) for one in before]
    assert [one["state"] for one in after["cycles"][0]["units"]] == [one["state"] for one in before[0]["units"]]
    assert "The outbox is held: nothing leaves" in mailbot("--config", "kantor", "outbox", "list").text
    assert "ledger_rebuilt" in mailbot("--config", "kantor", "journal", "--json").out.decode()
    assert mailbot("--config", "kantor", "rebuild", "--from", here / "surat").code == 2


def test_without_the_key_or_its_letters_nothing_is_decided(
    office: ToyOffice, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No key: put it back. Another key: said. No letter of ours: nothing tells what left."""
    mails = lies_in(office, here / "surat")
    office.ledger.close()
    (here / "ledger.db").unlink()
    empty = here / "kosong"
    empty.mkdir()
    assert "nothing tells what was decided" in mailbot("--config", "kantor", "rebuild", "--from", empty).text
    monkeypatch.setenv("MAILBOT_SECRET", "another secret of another office")
    (here / "ledger.db").unlink()
    assert "none opened a cycle" in mailbot("--config", "kantor", "rebuild", "--from", mails).text
    monkeypatch.delenv("MAILBOT_SECRET")
    ran = mailbot("--config", "kantor", "rebuild", "--from", mails)
    assert ran.code == 2
    assert "the secret key is not there" in ran.text
