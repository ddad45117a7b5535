"""The sandbox of `mailbot rehearse`: whatever the admin has configured, nothing of it is reached."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import SecretStr

from mailbot.core.model.indicators import Period
from mailbot.core.papers.checked import Ratification, Ratified
from mailbot.errors import MailbotError
from mailbot.rehearsal.cast import read_script
from mailbot.rehearsal.figures import uneven
from mailbot.rehearsal.own import MARK, fresh, sandboxed, script_of
from mailbot.settings.files.keeping.object_store import ObjectStoreBlock
from mailbot.settings.files.mailbox import Folders, FurtherMailbox
from mailbot.settings.files.watchdog import Watchdog
from mailbot.settings.loading import load
from mailbot.settings.oauth import OAuth
from mailbot.settings.packaged import sample_folder, templates_folder
from mailbot.settings.settings import Further, Server, Settings, StorePlace

OWN_RULES = {
    "folder",
    "poll_seconds",
    "pacing",
    "limits",
    "template_folders",
    "certificates",
    "files",
    "digest",
    "language",
    "contents",
}
"""What a rehearsal takes from the admin: rules, words and limits, which reach nobody."""
INWARD = {"data_folder", "imap", "smtp", "further", "watchdog", "folders", "trust"}
INWARD |= {"database_url", "archive_folder", "secret", "weighty", "credentials", "core", "object_store"}


def outward() -> Settings:
    """Return an office with everything configured that reaches out of the machine."""
    settings = load(sample_folder(), {"MAILBOT_DATABASE_URL": "postgresql+psycopg://a:b@db.example.go.id/real"})
    oauth = OAuth(
        provider="google",
        client_id="contoh",
        client_secret=SecretStr("rahasia"),
        token_endpoint="https://token.example.go.id",
        token_folder=Path("oauth"),
    )
    real = replace(settings.imap, oauth=oauth, ca_file=Path("ca.pem"), password=SecretStr("asli"))
    shared = FurtherMailbox(key="bersama", address="b@example.go.id", host=real.host, authserv_ids=("mx",))
    elsewhere = Further(mailbox=shared, server=real)
    return replace(
        settings,
        imap=real,
        smtp=replace(real, port=465),
        further=(elsewhere,),
        folders=Folders(inbox="Masuk", extra=("Junk",), done="Selesai", sent="Terkirim"),
        watchdog=Watchdog(
            after_minutes=30, disk_mb=2**20, command=("/bin/kabar",), webhook="https://obrolan.example.go.id/x"
        ),
        trust=settings.trust.but(own_dkim_check=True, authserv_ids=("mx.example.go.id",)),
        secret=SecretStr("kunci asli"),
        weighty={"MAILBOT_WEBHOOK": "https://obrolan.example.go.id/x"},
        credentials=replace(settings.credentials, seal_command=SecretStr("/bin/segel")),
        object_store=StorePlace(
            block=ObjectStoreBlock(endpoint="https://berkas.example.go.id", bucket="lkjip"),
            access_key=SecretStr("kunci"),
            secret_key=SecretStr("sandi"),
            ca_file=None,
        ),
        core=replace(settings.office(), ratification=Ratification(report=Ratified.SEALED)),
    )


def test_nothing_that_reaches_out_is_left(tmp_path: Path) -> None:
    """Servers, tokens, further mailboxes, second channel, seal, DNS, database, archive and key are the sandbox's."""
    real = outward()

    inside = sandboxed(real, tmp_path, real.office().cycles[1:])

    nowhere = Server(
        host="127.0.0.1",
        port=0,
        security="plain",
        user=real.office().mailbox,
        password=SecretStr("sandi-peragaan"),
        timeout_seconds=real.imap.timeout_seconds,
        ca_file=None,
        oauth=None,
    )
    assert (inside.imap, inside.smtp, inside.further) == (nowhere, nowhere, ())
    assert inside.watchdog == Watchdog(after_minutes=30, disk_mb=0, command=(), webhook="")
    assert inside.folders == Folders(inbox="INBOX", extra=(), done="", sent="Sent")
    assert inside.trust == real.trust.but(own_dkim_check=False, authserv_ids=("mail.example.go.id",))
    assert inside.database_url.get_secret_value() == f"sqlite:///{tmp_path / 'ledger.db'}"
    assert (inside.data_folder, inside.archive_folder) == (tmp_path, tmp_path / "arsip")
    assert inside.secret not in {None, real.secret}
    assert (real.weighty, inside.weighty) == ({"MAILBOT_WEBHOOK": "https://obrolan.example.go.id/x"}, {})
    assert (real.credentials.seal_command, inside.credentials.seal_command) == (SecretStr("/bin/segel"), None)
    assert real.object_store is not None
    assert inside.object_store is None
    assert inside.office().ratification.report is Ratified.BY_MAIL
    assert [plan.key for plan in inside.office().cycles] == ["2026-tw1"]
    assert {name for name in OWN_RULES if getattr(inside, name) != getattr(real, name)} == set()


def test_every_setting_is_the_admins_or_turned_inward() -> None:
    """A new setting fails here, until somebody has said whether a rehearsal may have it as it is."""
    assert {one.name for one in fields(Settings)} == OWN_RULES | INWARD


def test_the_folder_of_an_earlier_rehearsal_is_made_anew(tmp_path: Path) -> None:
    """Also that of one that was interrupted; nothing of it stays but the mark."""
    folder = fresh(tmp_path / "latihan")
    (folder / "mail").mkdir()
    (folder / "mail" / "001.eml").touch()

    assert fresh(tmp_path / "latihan") == folder
    assert [one.name for one in folder.iterdir()] == [MARK]


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_no_rehearsal_made_is_left_alone(tmp_path: Path, what: str) -> None:
    """A full folder or a file is refused with the way out, and stays as it was."""
    place = tmp_path / "laporan"
    kept = place if what == "file" else place / "asli.txt"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("asli", encoding="utf-8")

    with pytest.raises(MailbotError, match="was not made by a rehearsal, so it is left as it is"):
        fresh(place)
    assert kept.read_text(encoding="utf-8") == "asli"


@pytest.mark.parametrize(
    ("code", "place", "expected"),
    [
        ("IKU-06", 0, "20.00"),
        ("IKU-06", 1, "18.80"),
        ("IKU-06", 3, "20.60"),
        ("IKK-10", 1, "3.18"),
        ("IKU-02", 3, "100"),
        ("IKK-12", 5, "45"),
    ],
)
def test_of_four_indicators_one_falls_short(code: str, place: int, expected: str) -> None:
    """Whichever way is better; no share is more than all, and of what is counted no part is left."""
    indicator = load(sample_folder(), {}).office().indicator(code)
    target = indicator.target(Period(year=2025))
    assert target is not None
    assert uneven(indicator, target, place) == Decimal(expected)


def test_a_link_to_an_earlier_rehearsal_is_followed(tmp_path: Path) -> None:
    """The folder behind the link is made anew, and the link stays."""
    folder = fresh(tmp_path / "latihan")
    (folder / "ledger.db").touch()
    link = tmp_path / "tautan"
    link.symlink_to(folder)

    assert fresh(link) == folder
    assert [one.name for one in folder.iterdir()] == [MARK]
    assert link.is_symlink()


def test_an_indicator_that_begins_later_in_the_year_moves_no_other() -> None:
    """Who falls short falls short all year; a figure that fell because its place moved would be asked back for ever."""
    office, script = load(sample_folder(), {}).office(), read_script((templates_folder(),))
    first = next(one for one in office.indicators if one.owner == office.roster.units[0].key)
    later = replace(first, targets={2025: (None, None, *first.targets[2025][2:])})
    changed = replace(office, indicators=tuple(later if one == first else one for one in office.indicators))
    half_year = Period(year=2025, quarter=2)
    whole = dict(script_of(office, half_year, script).words["realisasi"])
    del whole[first.code]
    assert script_of(changed, half_year, script).words["realisasi"] == whole
