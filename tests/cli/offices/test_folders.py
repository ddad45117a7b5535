"""Which offices a folder holds, what surrounds each, and what no two may share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mailbot.cli.offices.claims import Claim, refused
from mailbot.cli.offices.folders import OfficeFolder, offices_below, offices_in
from mailbot.cli.offices.one_after_another import clashing
from mailbot.cli.offices.surroundings import surroundings
from mailbot.errors import ConfigProblem
from mailbot.settings.loading import load
from tests.cli.terminal import mailbot
from tests.settings.folders import SMALL, change


def _office(root: Path, name: str, key: str) -> Path:
    """Make the small valid office in a folder of that name."""
    folder = root / name
    shutil.copytree(SMALL, folder)
    change(folder, "office.yaml", "letterhead:", f"key: {key}\nletterhead:")
    change(folder, "office.yaml", "  address: ", f"  address: {key}.")
    return folder


def _claim(office: OfficeFolder, root: Path) -> Claim:
    """Return what an office claims."""
    return Claim(office=office, settings=load(office.path, surroundings(root, office, {})))


def test_a_folder_of_folders_with_office_yaml_is_one_of_offices(tmp_path: Path) -> None:
    """Directly below it, or in a house of its own; one that lost its office.yaml is told of and not passed over."""
    _office(tmp_path, "dishub", "dishub")
    _office(tmp_path / "bkpsdm", "kantor", "bkpsdm")
    (_office(tmp_path, "kominfo", "kominfo") / "office.yaml").unlink()
    shutil.copytree(SMALL, tmp_path / ".git")
    (tmp_path / "arsip").mkdir()
    (tmp_path / "city.yaml").write_text("postroom: {}\n")
    found = [(one.name, one.key, one.called) for one in offices_in(tmp_path)]
    assert found == [
        ("bkpsdm/kantor", "bkpsdm", "bkpsdm"),
        ("dishub", "dishub", "dishub"),
        ("kominfo", "", "kominfo"),
    ]
    (tmp_path / "cycles.yaml").touch()  # laid there by mistake while all are served: nobody loses his service for that
    assert [(one.name, one.key, one.called) for one in offices_below(tmp_path)] == found
    assert offices_in(tmp_path / "dishub") == offices_in(tmp_path / "arsip") == offices_in(tmp_path / "nowhere") == ()


def test_the_key_is_read_though_the_yaml_is_broken(tmp_path: Path) -> None:
    """So that who is told of can be named, and an edit of the rest makes no other office of it."""
    folder = _office(tmp_path, "dishub", "dishub")
    (folder / "office.yaml").write_text("letterhead: [\nkey: 'dishub'  # tetap\n  x: {")
    assert offices_in(tmp_path)[0].key == "dishub"


def test_an_office_that_is_founded_among_others_has_a_key_and_a_place_of_its_own(tmp_path: Path) -> None:
    """Made of its folder's name; one that is founded alone stays without, and has its things beside its folder."""
    assert mailbot("init", tmp_path / "Dinas Kominfo").code == 0
    assert mailbot("init", tmp_path / "Badan Kepegawaian").code == 0
    keys = {one.name: one.key for one in offices_in(tmp_path)}
    assert keys == {"Badan Kepegawaian": "badan-kepegawaian", "Dinas Kominfo": ""}
    assert load(tmp_path / "Badan Kepegawaian", {}).data_folder == tmp_path / "Badan Kepegawaian" / "data"


def test_what_an_office_says_itself_goes_before_what_all_are_given(tmp_path: Path) -> None:
    """Its own `.env`, a `*_FILE` too, then the process, then the `.env` beside all folders."""
    folder = _office(tmp_path, "dishub", "dishub")
    _office(tmp_path, "bkpsdm", "bkpsdm")
    (tmp_path / ".env").write_text("MAILBOT_DATABASE_URL=postgresql+psycopg://kota@db/kota\n")
    (folder / "sandi").write_text("milik-dishub\n")
    (folder / ".env").write_text(f"MAILBOT_IMAP_PASSWORD_FILE={folder}/sandi\n")
    given = {"MAILBOT_IMAP_PASSWORD": "milik-semua", "MAILBOT_SMTP_PASSWORD": "milik-semua"}
    bkpsdm, dishub = (load(one.path, surroundings(tmp_path, one, given)) for one in offices_in(tmp_path))
    assert dishub.imap.password.get_secret_value() == "milik-dishub"
    assert (bkpsdm.imap.password.get_secret_value(), bkpsdm.data_folder) == (
        "milik-semua",
        tmp_path / "bkpsdm" / "data",
    )
    assert dishub.database_url == bkpsdm.database_url
    shared = surroundings(tmp_path, offices_in(tmp_path)[1], given | {"MAILBOT_DATA": "/var/lib/mailbot"})
    assert shared["MAILBOT_DATA"] == "/var/lib/mailbot/dishub"


def test_no_empty_ledger_is_begun_beside_one_that_may_be_the_offices(tmp_path: Path) -> None:
    """An office that was alone has its ledger beside its folder: under an empty one it would ask everybody again."""
    folder = _office(tmp_path, "dishub", "dishub")
    (tmp_path / "ledger.db").touch()
    with pytest.raises(ConfigProblem, match=r"dishub/data"):
        surroundings(tmp_path, offices_in(tmp_path)[0], {})
    (folder / "data").mkdir()
    assert load(folder, {}).data_folder == folder / "data"
    assert surroundings(tmp_path, offices_in(tmp_path)[0], {})["MAILBOT_DATA"] == str(folder / "data")


def test_what_two_claim_is_named_with_both_folders_and_who_is_at_work_keeps_it(tmp_path: Path) -> None:
    """Key, mailbox, data; of a copy and its original, neither of which is known, both wait."""
    _office(tmp_path, "dishub", "dishub")
    shutil.copytree(tmp_path / "dishub", tmp_path / "dishub-salinan")
    _office(tmp_path, "bkpsdm", "bkpsdm")
    other, first, copy = (_claim(office, tmp_path) for office in offices_in(tmp_path))
    told = refused((), (other, first, copy))
    assert told.keys() == {first.office, copy.office}
    words = "\n".join(map(str, told[copy.office]))
    assert all(part in words for part in ("'dishub'", str(first.office.path), str(copy.office.path), "dishub."))
    assert refused((first,), (other, copy)).keys() == {copy.office}
    (tmp_path / "bkpsdm" / "sop.yaml").write_text("rows: [")
    assert clashing(tmp_path, offices_in(tmp_path)).keys() == {first.office, copy.office}  # what `check` tells of all


def test_one_data_folder_and_one_signing_key_for_two_are_refused(tmp_path: Path) -> None:
    """Forms of the one would hold in the other; their ledgers would be one."""
    for name in ("dishub", "bkpsdm"):
        _office(tmp_path, name, name)
        (tmp_path / name / ".env").write_text(f"MAILBOT_DATA={tmp_path}/bersama\nMAILBOT_SECRET={'x' * 40}\n")
    told = refused((), [_claim(office, tmp_path) for office in offices_in(tmp_path)])
    for problems in told.values():
        words = "\n".join(map(str, problems))
        assert f"{tmp_path}/bersama" in words
        assert "xxxx" not in words
        assert len(problems) == 4  # secret, data, archive, ledger


@pytest.mark.parametrize("part", ["login", "address"])
def test_one_mailbox_for_two_is_refused_however_it_is_written(tmp_path: Path, part: str) -> None:
    """Two daemons would each take mail of the other's, or one would get the answers to the other's letters."""
    for name in ("dishub", "bkpsdm"):
        folder = _office(tmp_path, name, name)
        text = (folder / "office.yaml").read_text(encoding="utf-8")
        address = load(folder, {}).office().mailbox
        if part == "address":
            text = text.replace(address, "lapor@Kota.Example" if name == "dishub" else "LAPOR@kota.example")
            text = text.replace("imap:\n", f"imap:\n  user: {name}\n", 1)
        else:
            host = load(folder, {}).imap.host
            text = text.replace("imap:\n", "imap:\n  user: lapor\n", 1)
            text = text.replace(host, host.upper() if name == "dishub" else host, 1)
        (folder / "office.yaml").write_text(text, encoding="utf-8")
    told = refused((), [_claim(office, tmp_path) for office in offices_in(tmp_path)])
    assert len(told) == 2
    assert [len(problems) for problems in told.values()] == [1, 1]
    assert "lapor@" in "".join(str(problem) for problems in told.values() for problem in problems)
