"""What may begin a quotation is known by its shape, in any language: no word below it decides (D2)."""

from __future__ import annotations

import pytest

from mailbot.core.language.reply_words import Said, Word
from mailbot.core.sorting.said import said_in
from tests.offices.small import OFFICE
from tests.reading.mails import read

REFERENCE = "Rujukan: mb1.0123456789abcdef"


def said(text: str) -> Said:
    """Return what a mail of this text comes to."""
    head = "From: kadis@example.go.id\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
    return said_in(read(f"{head}{text}".encode()), OFFICE, (OFFICE.roster.person("kadis"),))


@pytest.mark.parametrize(
    "text",
    [
        "Saya baca dulu.\n\nKabid PIAK <k@e.id> menulis:\nDISAHKAN\n",
        "\n\nPada 5/1/26 08.00, LKjIP menulis\nDISAHKAN\n",
        "\n\nDari: LKjIP\nDISAHKAN\n",
        "\n\nLKjIP:\nDISAHKAN\n",
        "\n\nLKjIP\uff1a\nDISAHKAN\n",
        "\n\nDari LKjIP\nDISAHKAN\n",
        "\n\nLKjIP: DISAHKAN\n",
        "\n\nFwd:\nDISAHKAN",
        "\n\n<<\nDISAHKAN\n>>",
        '\n\n"DISAHKAN"\n- LKjIP',
        "\n\nJawaban Bapak:\nDISAHKAN",
        "\n\nBalas dengan salah satu kata berikut:\n\nDISAHKAN\n",
        "\n\nBalas dengan kata DISAHKAN\n\nDISAHKAN\n\nPERBAIKI\n",
        "\n\n=== diteruskan ===\nDISAHKAN",
        "\n\nSent: 5 Jan 2026 08:00\nDISAHKAN",
        "\n\n5 Jan 2026 08.00 LKjIP <l@e.id>:\nDISAHKAN",
        "\n\n5 Jan 2026, at 08.00\nDISAHKAN",
        "Wassalam\n\nDISAHKAN\n\n--\nSekretaris Dinas",
        "DISAHKAN\n\n--\nSekretaris Dinas Kependudukan",
        "\n________________________________________\nDISAHKAN",
        "\n________________________________________\nFrom: x\nDISAHKAN",
    ],
)
def test_a_word_below_what_may_be_quoted_is_no_decision(text: str) -> None:
    """It may be somebody else's."""
    assert said(text).word is None


@pytest.mark.parametrize(
    "announcement",
    [
        "---- On Mon, 05 Jan 2026 08:00:00 +0700 LKjIP <lkjip@example.go.id> wrote ----",
        "Le lun. 5 janv. 2026 \u00e0 08:00, LKjIP <lkjip@example.go.id> a \u00e9crit :",
        "Pada 5 Januari 2026, 08:00, LKjIP telah menulis:",
        "LKjIP berkata:",
        "===== Pesan asli =====",
        "De : LKjIP\n\u00c0 : Kadis\nObjet : Draf",
    ],
)
def test_above_our_quoted_letter_the_word_counts(announcement: str) -> None:
    """Our reference says that what stands between is ours; what goes on below it is the sender's again."""
    quoted = f"{announcement}\n\nYth. Kepala Dinas,\n\nmohon arahan.\n\nDISAHKAN\n\nPERBAIKI\n\n{REFERENCE}\n"
    assert said(f"DISAHKAN\n\n{quoted}").word is Word.DISAHKAN
    assert said(f"DISAHKAN\n\n{quoted}\nTabel 3.2 dihapus dulu.").in_the_way == ("Tabel 3.2 dihapus dulu.",)


@pytest.mark.parametrize("code", ["2.12.02", "2.12.02.2.01.0005", "IKU-05"])
def test_the_code_of_a_program_is_no_moment(code: str) -> None:
    """Its digits read like a day, or like a clock time, but nobody writes one moment with both in the same digits."""
    asked = said(f"ASAL {code}\n\nPada Sen, 5 Jan 2026 pukul 08.00 LKjIP menulis:\n\n> Yth.\n")
    assert (asked.word, asked.arguments) == (Word.ASAL, code)


def test_a_reference_among_own_words_shows_that_a_quotation_began_somewhere() -> None:
    """Nobody can say where."""
    assert said(f"DISAHKAN\n\n{REFERENCE}").word is None
