"""What belongs to a configuration beside its five files: an edit of it is another digest, and has a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mailbot.core.configuration.comparing import changes
from mailbot.settings.folder import digest_of, read_folder
from mailbot.settings.loading import as_it_counts, load
from mailbot.settings.settings import Settings
from mailbot.writing.words.edit_words import sentences
from mailbot.writing.words.phrases import read_phrases
from tests.core.configuration.middle import AT, CALENDAR, SETTINGS, configured
from tests.settings.folders import change, small_office

PHRASES = read_phrases(SETTINGS.template_folders, CALENDAR)
PASSWORD = "kenari-kuning"
Touch = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small office with everything that lies beside the five files."""
    folder = small_office(tmp_path)
    for name in ("ca.pem", "logo.png", "penerbit/induk.crt", "penerbit/dicabut.crl", "templates/words.yaml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("lama")
    named = "ratified: {certificates: penerbit}\nletterhead:\n  logo: logo.png\n"
    change(folder, "office.yaml", "letterhead:\n", named)
    change(folder, "office.yaml", "\nimap:\n", "\nimap:\n  ca_file: ca.pem\n")
    variables(folder, MAILBOT_WEBHOOK="https://a.example.id/x", MAILBOT_IMAP_PASSWORD="satu")
    return folder


def variables(folder: Path, **values: str) -> None:
    """Write the file of variables."""
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    (folder / ".env").chmod(0o600)


def written(name: str) -> Touch:
    """Return an edit that writes something else into a file."""
    return lambda folder: (folder / name).write_text("baru, dan lebih panjang")


def said(former: Settings, now: Settings) -> list[str]:
    """Return what differs, `*` before what waits though no cycle is under way."""
    found = changes(configured(former), configured(now), (), AT, frozenset())
    return [f"{'*' if one.waits else '-'} {words}" for one, words in zip(found, sentences(found, PHRASES), strict=True)]


@pytest.mark.parametrize(
    ("touch", "says"),
    [
        (written("ca.pem"), "* Berkas otoritas sertifikat server ca.pem berubah isinya: sidik "),
        (written("penerbit/induk.crt"), "* Sertifikat penanda tangan penerbit/induk.crt berubah isinya: sidik "),
        (written("penerbit/baru.der"), "* Sertifikat penanda tangan penerbit/baru.der berubah isinya: sidik (kosong) "),
        (written("templates/words.yaml"), "* Naskah milik kantor templates/words.yaml berubah isinya: sidik "),
        (written("templates/plan.yaml"), "* Naskah milik kantor templates/plan.yaml berubah isinya: sidik (kosong) "),
        (lambda folder: (folder / "templates/words.yaml").unlink(), "* Naskah milik kantor templates/words.yaml "),
        (written("logo.png"), "- Gambar atau naskah logo.png yang dicetak berubah isinya: sidik "),
        (
            lambda folder: variables(folder, MAILBOT_WEBHOOK=f"https://{PASSWORD}.id/", MAILBOT_IMAP_PASSWORD="satu"),
            "* Variabel MAILBOT_WEBHOOK pada berkas .env berubah; nilainya tidak ditampilkan.",
        ),
        (
            lambda folder: variables(folder, MAILBOT_IMAP_PASSWORD="satu"),
            "* Variabel MAILBOT_WEBHOOK pada berkas .env berubah; nilainya tidak ditampilkan.",
        ),
    ],
)
def test_whatever_lies_beside_the_five_files_is_of_the_digest_and_is_told(
    folder: Path, touch: Touch, says: str
) -> None:
    """A sentence each, never with a secret in it."""
    before, digest = load(folder, {}), digest_of(read_folder(folder)[0])
    assert before.digest == digest
    touch(folder)
    assert digest_of(read_folder(folder)[0]) != digest
    (words,) = said(before, load(folder, {}))
    assert words.startswith(says)
    assert PASSWORD not in words


def test_a_password_is_told_and_of_no_digest_and_a_list_of_revoked_ones_neither(folder: Path) -> None:
    """The one must work at once, the other is fetched daily."""
    before = load(folder, {})
    written("penerbit/dicabut.crl")(folder)
    variables(folder, MAILBOT_WEBHOOK="https://a.example.id/x", MAILBOT_IMAP_PASSWORD=PASSWORD)
    assert digest_of(read_folder(folder)[0]) == before.digest
    assert said(before, load(folder, {})) == ["- Kata sandi MAILBOT_IMAP_PASSWORD berubah; nilainya tidak ditampilkan."]


def test_what_counts_is_worked_with_whatever_lies_there_since(folder: Path) -> None:
    """Copies stand in for every file that a setting names; a password is today's, a weighty variable is not."""
    counts = load(folder, {})
    for name in ("ca.pem", "penerbit/induk.crt", "templates/words.yaml", "logo.png"):
        written(name)(folder)
    variables(folder, MAILBOT_WEBHOOK="https://b.example.id/", MAILBOT_IMAP_PASSWORD=PASSWORD)
    copied = as_it_counts(counts, {})
    assert copied.imap.ca_file is not None
    assert copied.certificates is not None
    places = (copied.imap.ca_file, copied.certificates / "induk.crt", copied.template_folders[0] / "words.yaml")
    assert [path.read_text() for path in (*places, Path(copied.office().letterhead.logo))] == ["lama"] * 4
    assert copied.imap.password.get_secret_value() == PASSWORD
    assert copied.watchdog.webhook == "https://a.example.id/x"
    assert copied.digest == counts.digest
    laid = [path for path in folder.parent.joinpath("in-force").rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in laid} == {0o600}
