"""Several offices in one process: what is wrong with one is its own, and folders come and go while it runs."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from mailbot.cli.offices.log import logging_of_many
from mailbot.cli.offices.resident import State
from tests.cli.offices.city import SECRETS, Elapsed, city, housed, move_in, staff, wait_for
from tests.cli.terminal import mailbot
from tests.heartbeat.running import answered, asks_for_status


def test_what_is_wrong_with_one_office_is_its_own(here: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Broken YAML, a broken template, a damaged ledger, a dead mailbox, a copied folder: the sound one answers."""
    root = here / "offices"
    with (
        city(root, "template", "ledger", "yaml", "kotak", "sehat", later=("baru",)) as server,
        housed(root, Elapsed()) as house,
    ):
        _break_each(root)
        shutil.copytree(root / "sehat", here / "salinan")
        wait_for(house, lambda: house.served() == dict.fromkeys(("kotak", "sehat"), _WORKS) | _REFUSED)
        keyboard = staff(server, "sehat")
        assert answered(keyboard, asks_for_status(keyboard, "lkjip.sehat@example.go.id"))
        house.look()
        _status_tells(root)
        shutil.move(here / "salinan", root / "salinan")
        wait_for(house, lambda: bool(_refusals(caplog, "sehat")))
        assert str(root / "salinan") in "".join(_refusals(caplog, "sehat"))
        assert str(root / "sehat") in "".join(_refusals(caplog, "sehat"))
        for name in ("yaml", "template", "ledger", "sehat"):
            assert len(told := _refusals(caplog, name)) == len(set(told)) > 0
        # removed, and moved in while it runs: begun once the folder has shown the same at two looks
        shutil.rmtree(root / "salinan")
        shutil.rmtree(root / "yaml")
        move_in(root, "baru")
        house.look()
        assert house.served()["baru"] is State.BEGINS
        wait_for(house, lambda: house.served().get("baru") is _WORKS)
        assert "yaml" not in house.served()
        assert answered(keyboard, asks_for_status(keyboard, "lkjip.sehat@example.go.id"))


_WORKS, _REFUSED = State.WORKS, dict.fromkeys(("template", "ledger", "yaml"), State.REFUSED)


def _break_each(root: Path) -> None:
    """Break four offices, each in its way."""
    (root / "yaml" / "office.yaml").write_text("key: yaml\nletterhead: [\n")
    (root / "template" / "templates" / "letters").mkdir(parents=True)
    (root / "template" / "templates" / "letters" / "request.j2").write_text("{{ tidak_ada")
    (root / "ledger" / "data").mkdir()
    (root / "ledger" / "data" / "ledger.db").write_bytes(b"no database" * 1000)
    _point_nowhere(root / "kotak")


def _point_nowhere(folder: Path) -> None:
    """Let a mailbox's server answer nobody."""
    path = folder / "office.yaml"
    lines = [line if not line.startswith("  port:") else "  port: 9" for line in path.read_text().splitlines()]
    path.write_text("\n".join(lines) + "\n")


def _refusals(caplog: pytest.LogCaptureFixture, name: str) -> list[str]:
    """Return what was logged of an office that is not served."""
    return [one.getMessage() for one in caplog.records if one.getMessage().startswith(f"{name} is not served")]


def _status_tells(root: Path) -> None:
    """Hold that the looking commands have a section for each, and that one's trouble is in its own."""
    found = mailbot("--config", root, "status", "--json")
    rows = {row["office"]: row for row in found.json["offices"]}
    assert rows["sehat"]["status"]["inbox"]["settled"] == 1
    assert rows["ledger"]["status"] is None
    assert "ledger.db" in rows["ledger"]["problem"]
    assert found.code == 1
    served = {one["office"]: one["state"] for one in found.json["served"]}
    assert (served["sehat"], served["template"]) == ("works", "refused")
    named = mailbot("--config", root, "--office", "sehat", "status", "--json")
    assert (named.code, named.json["inbox"]) == (0, rows["sehat"]["status"]["inbox"])
    assert "kotak, ledger, sehat, template, yaml" in mailbot("--config", root, "open", "2025").text
    assert mailbot("--config", root, "--office", "tiada", "status").code == 2


def test_an_office_that_is_removed_leaves_everything_and_takes_it_up_when_it_is_back(
    here: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Its letters stay in its ledger; what comes meanwhile is answered once, when it is back under another name."""
    root = here / "offices"
    with city(root, "dishub", "bkpsdm") as server, housed(root, Elapsed()) as house:
        wait_for(house, lambda: set(house.served().values()) == {State.WORKS})
        keyboard = staff(server, "dishub")
        assert answered(keyboard, asks_for_status(keyboard, "lkjip.dishub@example.go.id"))
        for number in range(_STRANGERS):
            server.deliver(_stranger(number), "orang@luar.example", "lkjip.dishub@example.go.id")
        wait_for(house, lambda: _settled(root / "dishub") > 1)  # it is in the midst of them
        shutil.move(root / "dishub", here / "dishub")
        wait_for(house, lambda: "dishub" not in house.served())
        assert any("its ledger stays at" in one.getMessage() for one in caplog.records)
        asked = asks_for_status(keyboard, "lkjip.dishub@example.go.id")
        told = json.loads((root / "offices.json").read_text())
        assert [one["office"] for one in told["gone"]] == ["dishub"]
        assert house.served() == {"bkpsdm": State.WORKS}
        shutil.move(here / "dishub", root / "dinas-perhubungan")
        wait_for(house, lambda: house.served().get("dishub") is State.WORKS)
        assert answered(keyboard, asked)
        assert len([got for got in staff(server, "dishub").new_mail() if got.references.endswith(asked)]) == 1
        assert json.loads((root / "offices.json").read_text())["gone"] == []
        wait_for(house, lambda: _settled(root / "dinas-perhubungan") == _STRANGERS + 2)
    with closing(sqlite3.connect(root / "dinas-perhubungan" / "data" / "ledger.db")) as ledger:
        assert ledger.execute("SELECT count(*), count(DISTINCT uid), count(outcome) FROM inbox").fetchone() == (
            (_STRANGERS + 2,) * 3
        )


_STRANGERS = 20


def _stranger(number: int) -> bytes:
    """Return a mail of somebody whom no list names."""
    head = (
        f"From: orang@luar.example\r\nTo: lkjip.dishub@example.go.id\r\nSubject: Salam\r\nMessage-ID: <{number}@luar>"
    )
    return f"{head}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSalam {number}\r\n".encode()


def _settled(folder: Path) -> int:
    """Return how many mails of an office have their final state."""
    with closing(sqlite3.connect(f"file:{folder / 'data' / 'ledger.db'}?mode=ro", uri=True)) as ledger:
        return int(ledger.execute("SELECT count(outcome) FROM inbox").fetchone()[0])


def test_an_edit_of_one_is_its_own_and_a_wrong_one_is_told_to_its_operator_also_over_a_restart(here: Path) -> None:
    """It goes on by what it accepted last, though the process begins while its YAML is broken."""
    root = here / "offices"
    with city(root, "dishub", "bkpsdm") as server:
        with housed(root, Elapsed()) as house:
            wait_for(house, lambda: set(house.served().values()) == {State.WORKS})
            keyboard = staff(server, "dishub")
            assert answered(keyboard, asks_for_status(keyboard, "lkjip.dishub@example.go.id"))
        with (root / "dishub" / "recipients.yaml").open("a") as file:
            file.write("people: [\n")
        with housed(root, Elapsed()) as house:
            wait_for(house, lambda: set(house.served().values()) == {State.WORKS} and len(house.served()) == 2)
            assert answered(keyboard, asks_for_status(keyboard, "lkjip.dishub@example.go.id"))
            operator = staff(server, "dishub", "operator")
        assert any("recipients.yaml" in got.text for got in operator.new_mail())


def test_one_process_serves_all_and_a_command_for_one_says_which_there_are(here: Path) -> None:
    """A backup is one file an office; nothing is written over another office's, and nothing is guessed."""
    root = here / "offices"
    with city(root, *_TWO):
        program = [sys.executable, "-m", "mailbot", "--config", str(root), "run"]
        with subprocess.Popen(program, env=os.environ | SECRETS, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
            assert process.stderr is not None
            served = {"dishub", "bkpsdm"}
            for line in process.stderr:
                served -= {name for name in _TWO if "watching INBOX" in line and f"office={name}" in line}
                if not served:
                    break
            assert "(process " in mailbot("--config", root, "run").text
            process.send_signal(signal.SIGTERM)
            assert process.stderr.read().splitlines()[-1].endswith("stopped")
        assert process.returncode == 0
    assert mailbot("--config", root, "backup", here / "salinan").code == 0
    assert sorted(path.name for path in (here / "salinan").glob("*.db")) == ["bkpsdm.db", "dishub.db"]
    assert mailbot("--config", root, "outbox", "hold").code == 2
    assert mailbot("--config", root, "--office", "dishub", "outbox", "hold").code == 0
    listed = mailbot("--config", root, "outbox", "list").text
    assert "--office dishub outbox release" in listed
    assert "--office bkpsdm outbox release" not in listed


def test_a_pass_that_fails_is_its_offices_own_and_no_office_learns_anothers_secrets(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name, an indicator, a remark in the YAML and a password of each, looked for in all that comes of the other."""
    root, logged = here / "offices", [""]

    def has_logged(words: str) -> bool:
        logged.append(capsys.readouterr().err)
        return words in "".join(logged)

    with city(root, *_TWO) as server, logging_of_many():
        for name in _TWO:
            _plant(root / name, name)
        with housed(root, Elapsed()) as house:
            wait_for(house, lambda: house.served() == dict.fromkeys(_TWO, _WORKS))
            for name in _TWO:
                keyboard = staff(server, name)
                assert answered(keyboard, asks_for_status(keyboard, f"lkjip.{name}@example.go.id"))
            with closing(sqlite3.connect(root / "bkpsdm" / "data" / "ledger.db")) as broken:
                broken.execute("ALTER TABLE cycle RENAME TO rusak")
            asks_for_status(staff(server, "bkpsdm"), "lkjip.bkpsdm@example.go.id")
            keyboard = staff(server, "dishub")
            assert answered(keyboard, asks_for_status(keyboard, "lkjip.dishub@example.go.id"))
            wait_for(house, lambda: has_logged("pass failed"))
            assert house.served() == dict.fromkeys(_TWO, _WORKS)
        has_logged("")
        lines = "".join(logged).splitlines()
        assert all("office=bkpsdm" in line for line in lines if "pass failed" in line)
        for one, other in (_TWO, _TWO[::-1]):
            seen = [line for line in lines if f"office={one}" in line]
            seen += [str(got.raw) for who in ("sekretaris", "operator") for got in staff(server, one, who).new_mail()]
            told = (["status"], ["journal"], ["outbox", "list"], ["inbox", "list"])
            seen += [mailbot("--config", root, "--office", one, *words).text for words in told]
            assert len(seen) > 12
            assert not [text for text in seen if other in text.lower()]
    status = mailbot("--config", root, "status", "--json").json
    assert [row["office"] for row in status["offices"] if row["problem"]] == ["bkpsdm"]
    for row in status["offices"]:
        (other,) = set(_TWO) - {row["office"]}
        assert other not in json.dumps(row).lower()


_TWO = ("dishub", "bkpsdm")


def _plant(folder: Path, name: str) -> None:
    """Plant a secret of the office's own: in a person's name, an indicator, a remark of the YAML, a password."""
    for file, begins in (("recipients.yaml", "    name: "), ("indicators.yaml", "    name: ")):
        path = folder / file
        lines = path.read_text().splitlines()
        place = next(number for number, line in enumerate(lines) if line.startswith(begins))
        lines[place] = f"{begins}Rahasia {name.capitalize()}"
        path.write_text("\n".join([*lines, f"# rahasia-{name}"]) + "\n")
    (folder / ".env").write_text(f"MAILBOT_SECRET=rahasia-{name}-{'x' * 40}\n")
