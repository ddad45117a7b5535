"""What is allowed and worth a look: told in one sentence that says where, and silent once it is mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.settings.blank.answers import Answers
from mailbot.settings.loading import load
from mailbot.settings.packaged import init
from tests.settings.folders import ENGLISH, change, small_office

SAMPLE_INDICATOR = "Persentase kepemilikan akta kelahiran 0-18 tahun"
ACTING = """
  - key: plt-kadis
    role: agency_head
    acting: Plt.
    title: Kepala Dinas
    name: Sekretaris
    address: sekretaris@example.go.id
    same_person_as: sekretaris
"""


def notes(folder: Path, env: dict[str, str] | None = None) -> list[str]:
    """Load a folder that is in order, and return what is noted about it."""
    return list(load(folder, ENGLISH | (env or {})).notes())


def acting_head(tmp_path: Path, term: str = "") -> Path:
    """Make the small office, its Sekretaris acting as Kepala Dinas, for a term or until further notice."""
    folder = small_office(tmp_path)
    path = folder / "recipients.yaml"
    path.write_text(path.read_text(encoding="utf-8") + ACTING.lstrip("\n") + term, encoding="utf-8")
    return folder


def test_an_acting_head_who_reviews_is_told_of_before_any_cycle_waits_for_him(tmp_path: Path) -> None:
    """Who, which cycle, which row, and both ways out."""
    assert notes(acting_head(tmp_path)) == [
        (
            "sekretaris and plt-kadis in recipients.yaml are one person, who reviews the report (row 6b) and may then "
            "not ratify it (row 7): there these would wait: 2025. Give one of the two posts to somebody else for "
            "that time (an entry with `acting: Plh.`), or set trust.acting_head_may_ratify_own_review: true in "
            "office.yaml; the journal marks it"
        )
    ]


def test_an_acting_head_whom_the_office_trusts_is_not_told_of(tmp_path: Path) -> None:
    """The setting is the office's answer."""
    folder = acting_head(tmp_path)
    with (folder / "office.yaml").open("a", encoding="utf-8") as office:
        office.write("trust: {acting_head_may_ratify_own_review: true}\n")
    assert notes(folder) == []


@pytest.mark.parametrize(
    ("term", "cycles"),
    [
        ("    until: 2026-01-04\n", 0),
        ("    until: 2026-01-05\n", 1),
        ("    since: 2026-03-06\n", 1),
        ("    since: 2026-03-07\n", 0),
    ],
)
def test_an_acting_head_of_another_time_touches_no_cycle(term: str, cycles: int, tmp_path: Path) -> None:
    """The cycle begins on 5 January; two months later it is over."""
    assert [note.count("would wait: 2025.") for note in notes(acting_head(tmp_path, term))] == [1] * cycles


@pytest.mark.parametrize(
    ("host", "port", "noted"), [("imap", "143", 1), ("smtp", "587", 1), ("imap", "993", 0), ("smtp", "2525", 0)]
)
def test_a_port_that_wants_another_security_is_noted(host: str, port: str, noted: int, tmp_path: Path) -> None:
    """The login would hang; a port of the office's own is its own matter."""
    folder = small_office(tmp_path)
    change(folder, "office.yaml", f"host: {host}.example.go.id", f"host: {host}.example.go.id\n  port: {port}")
    sentence = (
        f"{host}.port in office.yaml is {port}, where servers want security: starttls, not tls; leave the port empty, "
        "or change `security`"
    )
    assert notes(folder) == [sentence] * noted


@pytest.mark.parametrize(
    ("url", "proxies", "noted"),
    [
        ("http://127.0.0.1:8025", "", 1),
        ("http://127.0.0.1:24680", "", 0),
        ("https://papan.kantor.go.id", "", 0),
        ("http://localhost", "", 1),
        ("http://localhost", "  proxies: [127.0.0.1]\n", 0),
    ],
)
def test_a_board_that_links_do_not_reach_is_noted(url: str, proxies: str, noted: int, tmp_path: Path) -> None:
    """On this machine alone, where both ports are known and nothing stands between them."""
    folder = small_office(tmp_path)
    path = folder / "office.yaml"
    path.write_text(path.read_text() + f"board:\n  url: {url}\n  listen: 127.0.0.1:24680\n{proxies}")
    sentence = (
        f"board in office.yaml: letters name {url}, and the board listens on 127.0.0.1:24680: another port, so that "
        "the mailed link does not reach it. Write the same port, or name the proxy between them in board.proxies"
    )
    assert [note for note in notes(folder) if note.startswith("board in")] == [sentence] * noted


def test_a_zone_with_the_label_of_another_is_noted(tmp_path: Path) -> None:
    """Makassar's hour printed as WIB would be wrong in every letter."""
    folder = small_office(tmp_path)
    path = folder / "office.yaml"
    text = path.read_text(encoding="utf-8")
    for zone, label, told in (("Makassar", "WIB", 1), ("Makassar", "WITA", 0), ("Jakarta", "waktu setempat", 0)):
        path.write_text(f"{text}calendar: {{zone: Asia/{zone}, zone_label: {label}}}\n", encoding="utf-8")
        assert [note.partition(":")[0] for note in notes(folder)] == [
            f"calendar.zone in office.yaml is Asia/{zone}, whose time is called WITA, but zone_label is WIB"
        ] * told


def test_a_second_channel_that_cannot_be_run_is_noted(tmp_path: Path) -> None:
    """It would be found out only when mail is down."""
    folder = small_office(tmp_path)
    path = folder / "office.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}watchdog: {{command: [/nowhere/kirim-kabar, operator]}}\n", encoding="utf-8")
    assert notes(folder) == [
        "watchdog.command in office.yaml: there is no program /nowhere/kirim-kabar on this machine that could be run"
    ]
    path.write_text(f"{text}watchdog: {{command: [sh, -c, 'cat']}}\n", encoding="utf-8")
    assert notes(folder) == []


def test_addresses_of_the_sample_beside_a_mailbox_of_ones_own_are_noted(tmp_path: Path) -> None:
    """Whoever forgot some people would write to nobody; each is named in whatever file it stands, with its line."""
    folder = small_office(tmp_path)
    for name in ("office.yaml", "recipients.yaml"):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace("example.go.id", "kota.test"), encoding="utf-8")
    assert notes(folder) == []
    change(folder, "recipients.yaml", "satu@kota.test", "satu@example.go.id")
    change(folder, "office.yaml", "mailbox:", "trust: {authserv_ids: [mx.example.go.id]}\nmailbox:")
    own = "(write your own office's)"
    assert notes(folder) == [
        f"{folder}/office.yaml:12: 'trust.authserv_ids[1]' is still an example: mx.example.go.id {own}",
        f"{folder}/recipients.yaml:15: 'people[kabid-satu].address' is still an example: satu@example.go.id {own}",
    ]


def test_the_samples_names_in_another_office_are_noted_in_every_file(tmp_path: Path) -> None:
    """Each with file, line and the word; an office that is called so itself keeps its name."""
    folder = small_office(tmp_path)
    change(folder, "sop.yaml", "title: Pengumpulan", "title: Laporan DISDUKCAPIL Kota Probolinggo")
    change(folder, "office.yaml", "telepon (000) 0000000", "telepon (0335) 4438894")
    change(folder, "indicators.yaml", "Indeks Kepuasan Masyarakat", SAMPLE_INDICATOR)
    own = "(write your own office's)"
    assert notes(folder) == [
        f"{folder}/office.yaml:8: 'letterhead.contact' names the sample's office: '4438894' {own}",
        f"{folder}/indicators.yaml:7: still word for word as in the sample: 'indicators[IKU-01].name' {own}",
        f"{folder}/sop.yaml:4: 'rows[collect].title' names the sample's office: 'DISDUKCAPIL' {own}",
    ]
    change(folder, "office.yaml", "agency_name: Dinas Contoh", "agency_name: DISDUKCAPIL")
    change(folder, "sop.yaml", "Kota Probolinggo", "")
    assert [note for note in notes(folder) if "sop.yaml" in note] == []


def test_signs_that_nobody_sees_and_texts_cut_off_are_noted_with_their_line(tmp_path: Path) -> None:
    """They load, and would be printed, or lost."""
    folder = small_office(tmp_path)
    change(folder, "office.yaml", "place: Contoh", 'place: \N{LEFT DOUBLE QUOTATION MARK}Contoh"')
    change(folder, "recipients.yaml", "name: Kepala Bidang Satu", "name: Kepala\N{NO-BREAK SPACE}Bidang Satu")
    change(folder, "recipients.yaml", "title: Kepala Bidang Dua", "title: Kepala Bidang #2")
    told = [note.replace(f"{folder}/", "") for note in notes(folder)]
    assert [note.partition(" (")[0] for note in told] == [
        "office.yaml:7: 'letterhead.place' holds a sign that is not seen or would be printed",
        "recipients.yaml:14: 'people[kabid-satu].name' holds a sign that is not seen or would be printed",
        "recipients.yaml:19: what follows the '#' is taken for a remark: '#2' is not read",
    ]
    assert "curly quotation marks" in told[0]
    assert "NBSP" in told[1]


def test_a_plh_without_a_last_day_is_noted(tmp_path: Path) -> None:
    """He would sign for ever; a Plt. may stay until further notice."""
    folder = acting_head(tmp_path)
    change(folder, "recipients.yaml", "acting: Plt.", "acting: Plh.")
    assert [note.partition(" (")[0] for note in notes(folder) if "Plh. without" in note] == [
        f"{folder}/recipients.yaml:24: plt-kadis is acting as Plh. without `until`"
    ]
    change(folder, "recipients.yaml", "acting: Plh.", "acting: Plh.\n    until: 2026-02-01")
    assert [note for note in notes(folder) if "Plh. without" in note] == []


def test_a_file_of_a_secret_that_everybody_can_read_is_noted(tmp_path: Path) -> None:
    """With the command that closes it; what a container platform mounts is its own business."""
    folder, secret = small_office(tmp_path), tmp_path / "sandi"
    secret.write_text("kenari-kuning", encoding="utf-8")
    secret.chmod(0o644)
    env = {"MAILBOT_IMAP_PASSWORD_FILE": str(secret)}
    assert notes(folder, env) == [
        f"MAILBOT_IMAP_PASSWORD_FILE names {secret}, which every user of this machine can read; run: chmod o-r {secret}"
    ]
    secret.chmod(0o640)
    assert notes(folder, env) == []


def test_who_wants_papers_that_this_machine_cannot_get_or_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A seal without its command, scans without what reads them; silent where both are there."""
    folder = small_office(tmp_path)
    (folder / "penerbit").mkdir()
    with (folder / "office.yaml").open("a", encoding="utf-8") as office:
        office.write("ratified: {report: sealed, cover_letter: scan, certificates: penerbit}\n")
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    sealed, no_pdf, scanned = [note for note in notes(folder) if "ratified" in note]
    assert "MAILBOT_SEAL_COMMAND is not set" in sealed
    assert "there would be no PDF to sign" in no_pdf
    assert "pdftoppm and tesseract cannot be found" in scanned
    for program in ("pdftoppm", "tesseract", "segel", "soffice"):
        (programs / program).write_text("#!/bin/sh\n", encoding="utf-8")
        (programs / program).chmod(0o755)
    env = {"MAILBOT_SEAL_COMMAND": f"{programs}/segel {{in}} {{out}}"}
    assert [note for note in notes(folder, env) if "ratified" in note] == []


def test_what_init_invented_is_counted_and_its_addresses_are_nobodys(tmp_path: Path) -> None:
    """No letter leaves for an address that was guessed under the office's own domain, or under a provider's."""
    init(tmp_path, Answers(agency="Dinas Contoh", mailbox="dinas.contoh@gmail.com", zone="WITA"))
    recipients = (tmp_path / "recipients.yaml").read_text(encoding="utf-8")
    assert "gmail.com" not in recipients
    told = notes(tmp_path)
    assert [note.split("'")[1] for note in told if "still an example: " in note] == [
        f"people[{key}].address"
        for key in ("kepala", "sekretaris", "program", "umum", "kabid-1", "perencana-daerah", "operator")
    ]
    examples = [note for note in told if "still examples" in note]
    assert [note.partition("examples: ")[2].partition(";")[0] for note in examples] == ["4", "13", "10"]
    assert sum("'letter_numbers.office_code' is still 000.000" in note for note in told) == 1


def test_a_contact_that_is_mailbot_itself_is_noted(tmp_path: Path) -> None:
    """The warning of a forged answer names the contact; a robot cannot take that call."""
    folder = small_office(tmp_path)
    change(folder, "office.yaml", "telepon (000) 0000000", "surel mailbot@example.go.id")
    assert [note for note in notes(folder) if "letterhead.contact" in note] == [
        (
            "letterhead.contact in office.yaml names mailbot's own address: whoever is in doubt, or whose name another "
            "has used, needs a person; write the telephone number or the address of one"
        )
    ]
