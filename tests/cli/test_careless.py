"""What a new or a careless user meets: 1 for what is wrong, 2 for what was typed wrongly, the way out, no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import mailbot, office_in, worked_in

NO_FOLDER = "config:1: there is no such folder (make one with `mailbot init config`)"
NO_LEDGER = "yet. mailbot run, tick or open makes it."


@pytest.mark.parametrize(
    "words",
    [
        "check",
        "run",
        "tick",
        "open 2025",
        "status",
        "plan",
        "inbox list",
        "outbox list",
        "journal",
        "return PIAK --reason x",
        "export 2025",
        "backup b.db",
        "restore b.db",
    ],
)
def test_a_folder_that_is_not_there_is_named_with_the_way_to_make_it(words: str) -> None:
    """Every command that works on a configuration says the same, and makes nothing."""
    ran = mailbot(*words.split())
    assert ran.code == 1
    assert ran.text == f"{NO_FOLDER} 1 problem in the configuration; nothing was started."
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        "status",
        "status --json",
        "inbox list",
        "inbox show 1",
        "inbox replay 1",
        "outbox list",
        "outbox hold",
        "outbox release",
        "outbox retry request/2025/piak",
        "journal",
        "return PIAK --reason x",
        "accept PIAK --reason x",
        "extend PIAK 2027-01-15",
        "export 2025",
        "backup b.db",
    ],
)
def test_where_there_is_no_ledger_yet_none_is_made_by_looking(words: str, here: Path) -> None:
    """A ledger made by mistake would hide that the folder was the wrong one."""
    config = office_in(here)
    ran = mailbot("--config", config, *words.split())
    assert ran.code == 1
    assert ran.text == f"mailbot: There is no ledger at {here / 'ledger.db'} {NO_LEDGER}"
    assert not (here / "ledger.db").exists()


def test_every_mistake_of_a_configuration_is_named_at_once(here: Path) -> None:
    """With file and line each, and how many there are."""
    config = office_in(here)
    (config / "sop.yaml").unlink()
    cycles = config / "cycles.yaml"
    cycles.write_text(cycles.read_text().replace("starts_on: 2026-01-05", "starts_on: besok"))
    ran = mailbot("--config", config, "check")
    assert ran.code == 1
    told = ran.err.splitlines()
    assert told[0].startswith(f"{config}/sop.yaml:1: the file is missing")
    assert told[1].startswith(f"{config}/cycles.yaml:")
    assert told[2:] == ["2 problems in the configuration; nothing was started."]


WRONGLY = {
    "": "Usage: mailbot",
    "frobnicate": "No such command 'frobnicate'.",
    "status --jsno": "No such option: --jsno. Perhaps this was meant: --json.",
    "open 2099": "cycles.yaml has no cycle 2099; it has: 2025, 2026-tw1",
    "plan 2099": "cycles.yaml has no cycle 2099; it has: 2025, 2026-tw1",
    "export 2099": "there is no cycle 2099 in the ledger; there are: 2025",
    "journal 2099": "the journal has no line about a cycle 2099; the ledger's cycles: 2025",
    "return PIAK": "Missing: --reason. Write: mailbot --config {config} return UNIT --reason ...",
    "return PIAK --reason \N{NO-BREAK SPACE}": "--reason must not be empty",
    "return PIAKK --reason x": "cycle 2025 asks no unit PIAKK; it asks: SEKRETARIAT, DAFDUK, CAPIL, PIAK",
    "accept PIAK --reason x --cycle 2024": "cycle 2024 is not open; open are: 2025",
    "extend PIAK besok": "besok is no date; write it as 15/1/2026 or 2026-01-15",
    "tick --at besok": "besok is no time; write it as 2026-01-12T08:00",
    "inbox show 99": "there is no mail 99; see: mailbot --config {config} inbox list",
    "inbox show satu": "MAIL must be a number",
    "inbox replay 99": "mail 99 cannot be replayed: there is none such, or it is a duplicate",
    "outbox retry x": "x was sent, or there is no such letter; see: mailbot --config {config} outbox list",
    "outbox hold x": "x does not wait in the outbox; see: mailbot --config {config} outbox list",
    "outbox release x": "x is not held by itself; see: mailbot --config {config} outbox list",
    "demo --cycle 2099": "the sample office has no cycle 2099; it has: 2025, 2026-tw1",
    "explain": "Missing: FILES.",
}


@pytest.mark.parametrize("words", WRONGLY)
def test_what_was_typed_wrongly_is_said_with_what_would_be_right(words: str, here: Path) -> None:
    """Exit code 2, and the things there are to choose from."""
    config = office_in(here)
    assert mailbot("--config", config, "open", "2025").code == 0
    ran = mailbot("--config", config, *words.split(" ")) if words else mailbot()
    assert ran.code == 2
    assert WRONGLY[words].replace("{config}", str(config)) in ran.text


IN_INDONESIAN = {
    "stauts": "Perintah 'stauts' tidak ada. Mungkin maksudnya: status. Penjelasannya: mailbot --help",
    "return PIAK": "--reason belum ditulis. Tulislah: mailbot --config kantor return UNIT --reason ... Penjelasannya: ",
    "inbox show satu": "MAIL harus angka. Penjelasannya: mailbot inbox show --help",
    "status a b": "Ada yang berlebih: a b. Tulislah: mailbot --config kantor status",
    "status --jsno": "Pilihan --jsno tidak dikenal. Mungkin maksudnya: --json.",
    "return PIAK --reason": "Sesudah --reason isinya belum ditulis.",
    "inbox replay 1 --with x.eml": "--with: x.eml tidak ada.",
    "open 2099": "cycles.yaml tidak memuat siklus 2099; yang ada: 2025, 2026-tw1",
    "extend PIAK besok": "besok tidak dapat dibaca sebagai tanggal; tulis 15/1/2026 atau 2026-01-15",
    "init --zone PST --agency X x": "--zone tidak dapat dipakai: 'PST' bukan waktu setempat; jawablah WIB, WITA",
}


def test_an_office_is_told_in_its_own_language_what_it_typed_wrongly(here: Path) -> None:
    """Also where the parser found it, before any command began."""
    office_in(here)
    for words, told in IN_INDONESIAN.items():
        ran = mailbot("--language", "id", "--config", "kantor", *words.split(" "))
        assert (ran.code, told in ran.text, "Error" in ran.text) == (2, True, False), ran.text


WRONG = {
    "extend PIAK 2020-01-15": "Nothing was changed. That day has passed. Choose a working day to come.",
    "return PIAK --reason x": "No form has come from this unit, so there is nothing to accept or send back.",
    "accept piak --reason x": "No form has come from this unit, so there is nothing to accept or send back.",
    "verify nowhere": "the folder cannot be read: No such file or directory",
    "restore nowhere": "nowhere is no usable backup of a ledger",
    "backup none/b.db": "The ledger could not be copied to none/b.db: No such file or directory. See that",
    "backup ledger.db": "ledger.db exists already; a backup never overwrites anything. Give another name.",
    "schema ledger.db": "ledger.db: File exists",
    "demo --into .": ". is not empty and was not made by a demo, so it is left as it is. Choose another: --into DIR",
    "explain nowhere.eml": "nowhere.eml: there is no such file.",
}


@pytest.mark.parametrize("words", WRONG)
def test_what_cannot_be_done_is_said_with_its_reason(words: str, here: Path) -> None:
    """Exit code 1, one sentence, and nothing is changed."""
    config = office_in(here)
    assert mailbot("--config", config, "open", "2025").code == 0
    before = mailbot("--config", config, "status", "--json").json
    ran = mailbot("--config", config, *words.split())
    assert ran.code == 1
    assert WRONG[words] in ran.text
    assert "Traceback" not in ran.err
    assert mailbot("--config", config, "status", "--json").json == before


def test_a_ledger_that_is_no_ledger_is_named_with_the_way_out(here: Path) -> None:
    """A damaged file is told of, and never overwritten."""
    config = office_in(here)
    (here / "ledger.db").write_bytes(b"not a database at all, but long enough to look like one" * 50)
    for words in (("status",), ("journal",), ("tick",)):
        ran = mailbot("--config", config, *words)
        assert ran.code == 1
        assert "mailbot restore FILE" in ran.text
    assert (here / "ledger.db").read_bytes().startswith(b"not a database")


def test_the_folder_may_stand_before_or_after_the_command(here: Path) -> None:
    """Both spellings, and the one after the command wins."""
    config = office_in(here)
    worked_in(here).ledger.close()
    after = mailbot("status", "--config", config)
    before = mailbot("--config", config, "status")
    both = mailbot("--config", "nowhere", "status", "--config", config)
    assert after.code == 0
    assert after.out.startswith(b"No cycle is open.")
    assert before == after == both
    assert mailbot("status").code == 1
