"""What the list of what may stand beside a word lets stand: kind by kind, phrase by phrase, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.beside import Beside, Kind, Names, is_sign_off, not_understood, pieces_of, words_in


def phrase(*places: str) -> tuple[tuple[frozenset[str], bool], ...]:
    """Return a phrase; a place that begins with a question mark may be left out."""
    return tuple((frozenset(place.removeprefix("?").split("|")), not place.startswith("?")) for place in places)


THANKS = Kind(name="thanks", needs=(frozenset({"terima"}),), words=frozenset({"terima", "kasih", "banyak"}))
PRAISE = Kind(
    name="praise",
    needs=(frozenset({"bagus", "rapi"}), frozenset({"sudah"})),
    words=frozenset({"bagus", "rapi", "sudah", "laporan"}),
)
GREETING = Kind(name="greeting", needs=(frozenset({"yth"}),), words=frozenset({"yth", "bapak"}), titles=True)
CLOSING = Kind(name="closing", needs=(frozenset({"hormat"}),), words=frozenset({"hormat", "saya"}), signs_off=True)
TITLE = Kind(name="title", needs=(), words=frozenset({"nip", "0"}), own=True)
STREET = Kind(
    name="street",
    needs=(frozenset({"jalan"}),),
    words=frozenset({"jalan", "nomor", "0"}),
    names_after=frozenset({"jalan"}),
)
VISION = Kind(name="vision", needs=(frozenset({"visi"}),), words=frozenset({"visi"}), free=True)
PREAMBLE = Kind(
    name="preamble", needs=(frozenset({"setelah"}),), words=frozenset({"setelah", "kami", "pelajari"}), above=True
)
LIST = Beside(
    kinds=(THANKS, PRAISE, GREETING, CLOSING, TITLE, STREET, VISION, PREAMBLE),
    phrases=(phrase("tidak|tak", "ada", "?lagi", "catatan"),),
)
NAMES = Names(own=frozenset({"budi", "kadis"}), all=frozenset({"budi", "kadis", "siti"}))


def left(*lines: str, below: bool = True) -> tuple[str, ...]:
    """Return the lines that nothing on the list explains."""
    return not_understood([(line, below) for line in lines], LIST, NAMES)


@pytest.mark.parametrize(
    "line",
    [
        "Terima kasih",
        "TERIMA KASIH banyak!",
        "laporan sudah rapi",
        "Tidak ada catatan.",
        "tak ada lagi catatan",
        "Terima kasih, tidak ada catatan.",
        "Terima kasih. Laporan sudah bagus; tidak ada catatan",
        "terima kasih dan sudah bagus",
        "Terima kasih (sudah bagus)",
        "Terima kasih - sudah bagus",
        "Terima kasih | sudah bagus",
        "",
        "...",
    ],
)
def test_what_the_list_knows_may_stand(line: str) -> None:
    """As a whole, as sentences, between commas, and joined by and."""
    assert left(line) == ()


@pytest.mark.parametrize(
    "line",
    [
        "kasih banyak",
        "bagus",
        "sudah",
        "Terima kasih semuanya",
        "Tidak ada lagi",
        "Tidak catatan ada",
        "ada catatan",
        "tidak ada catatan lagi",
        "Terima kasih, tapi tabel dua",
        "Terima kasih. Tabel dua",
        "tabel dua dan terima kasih",
    ],
)
def test_what_it_does_not_know_is_left_as_it_was_written(line: str) -> None:
    """Of each need one word, no word that is strange, a phrase word for word; one strange part is enough."""
    assert left(line) == (line,)


def test_names_and_titles_stand_where_a_kind_lets_them() -> None:
    """In a greeting everybody's, in a signature the sender's own, in thanks nobody's."""
    assert left("Yth. Siti", "", "Budi, NIP 123") == ()
    assert left("Siti") == ("Siti",)
    assert left("Terima kasih Budi") == ("Terima kasih Budi",)
    assert left("Yth. Andi") == ("Yth. Andi",)


def test_a_kind_that_needs_nothing_wants_a_word_all_the_same() -> None:
    """A number alone, or a letter, is nobody's signature."""
    assert left("12") == ("12",)
    assert not_understood([("a", True)], replace(LIST, kinds=(replace(TITLE, words=frozenset({"a"})),)), NAMES) == (
        "a",
    )


def test_a_name_in_capitals_may_follow_where_names_follow() -> None:
    """The name of a street, of several words up to four; in small letters, or where none leads to it, it is a word."""
    assert left("Jalan Merdeka Barat nomor 7") == ()
    assert left("Jalan Satu Dua Tiga Empat") == ()
    assert left("Jalan Satu Dua Tiga Empat Lima") == ("Jalan Satu Dua Tiga Empat Lima",)
    assert left("jalan merdeka") == ("jalan merdeka",)
    assert left("Merdeka jalan") == ("Merdeka jalan",)
    assert left("Jalan nomor Merdeka") == ()
    assert left("Jalan nomor 5 Merdeka") == ("Jalan nomor 5 Merdeka",)


@pytest.mark.parametrize("line", ["Jalan Kecuali", "Visi: kecuali bab tiga", "Visi: setelah rapat", "Jalan Sebelum"])
def test_a_word_that_is_only_a_name_takes_nothing_back(line: str) -> None:
    """Where anything may stand, a reservation may not."""
    assert left(line) == (line,)


def test_after_a_heading_anything_may_follow() -> None:
    """Only after one, and only in a kind that lets it."""
    assert left("Visi: kota yang ramah") == ()
    assert left("Visi kota yang ramah") == ("Visi kota yang ramah",)
    assert left("Jalan: kota yang ramah") == ("Jalan: kota yang ramah",)


def test_what_begins_a_letter_may_not_stand_below_the_word() -> None:
    """There it would be a condition."""
    assert left("Setelah kami pelajari", below=False) == ()
    assert left("Setelah kami pelajari") == ("Setelah kami pelajari",)
    assert not_understood([("Setelah kami", True), ("pelajari", True)], LIST, NAMES) == ("Setelah kami", "pelajari")


def test_a_kind_goes_on_over_the_lines_of_a_paragraph() -> None:
    """Small print is broken wherever the program broke it; another paragraph begins anew."""
    assert left("laporan", "sudah rapi") == ()
    assert left("laporan rapi", "laporan sudah") == ()
    assert left("laporan", "", "sudah rapi") == ("laporan",)
    assert left("laporan", "tabel dua", "sudah rapi") == ("tabel dua",)
    assert left("Terima kasih", "tabel dua", "Terima kasih") == ("tabel dua",)
    assert left("tabel", "", "dua") == ("tabel", "dua")


@pytest.mark.parametrize(
    ("line", "ends"), [("Hormat saya,", True), ("hormat", True), ("Hormat Budi", False), ("", False)]
)
def test_a_line_ends_what_was_written_where_its_kind_says_so(line: str, *, ends: bool) -> None:
    """A thank-you ends nothing; a name beside it makes it a sentence."""
    assert is_sign_off(line, LIST) is ends
    assert not is_sign_off("Terima kasih", LIST)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Jum\u2019at, Ja'far", ("jumat", "jafar")),
        ("#BanggaMelayaniBangsa", ("bangga", "melayani", "bangsa")),
        ("#ASNBerAKHLAK", ("asn", "ber", "akhlak")),
        ("Telp. (0335) 443889", ("telp", "00")),
        ("+62 812-3456-7890 ext 12", ("00", "ext", "0")),
        ("12 tabel 3", ("0", "tabel", "0")),
        ("https://a.go.id https://a.go.id/x http://a.go.id/", ("@", "@/", "@")),
        ("www.a.go.id/berkas a@b.go.id probolinggokota.go.id", ("@/", "@", "@")),
        ("ig @dukcapil_prob", ("ig", "@")),
        ("a.go.id/x contoh.com", ("@/", "@")),
        ("\uff34\uff45\uff52\uff49\uff4d\uff41 kasih_banyak", ("terima", "kasih", "banyak")),
        ("1 2 3", ("0", "0", "0")),
        ("1 2 3 4", ("00",)),
        ("", ()),
    ],
)
def test_a_text_is_compared_by_its_words(text: str, words: tuple[str, ...]) -> None:
    """Without case and apostrophes; hashtags fall into their words, numbers and links stand for what they are."""
    assert words_in(text) == words


def test_a_line_falls_into_pieces_at_its_signs() -> None:
    """A full stop in a number and a dash in a word part nothing."""
    line = "Ya, setuju. Pukul 09.30 di ruang-rapat (lantai 2); selesai | catat - rapi \u2013 sip"
    assert list(pieces_of(line)) == [
        "Ya",
        "setuju",
        "Pukul 09.30 di ruang-rapat",
        "lantai 2",
        "selesai",
        "catat",
        "rapi",
        "sip",
    ]
    assert list(pieces_of(" ,. ")) == []


def test_a_text_of_more_words_than_anybody_signs_with_is_not_understood() -> None:
    """It is not even looked at; and what is no word at all says nothing."""
    long = " ".join(["kata"] * 500)
    assert not_understood([(long, True)], LIST, NAMES) == (long,)
    assert not_understood([("--- *** ---", True)], LIST, NAMES) == ()
