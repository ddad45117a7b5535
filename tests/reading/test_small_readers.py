"""The small readers under the mail: names, charsets, header fields, addresses, files, links, dates of return."""

from __future__ import annotations

from datetime import date

import pytest

from mailbot.reading.files.file_kinds import file_kind
from mailbot.reading.mime.decoding import clean_file_name, clean_line, decode, known_charset
from mailbot.reading.mime.field_values import decode_words
from mailbot.reading.mime.headers import Headers, read_addresses, read_sent_by
from mailbot.reading.mime.plus_tags import plus_tags
from mailbot.reading.mime.transfer import undo_transfer
from mailbot.reading.robots.absence import read_return, read_stand_in, speaks_of_absence
from mailbot.reading.robots.automatic import is_vacation_subject
from mailbot.reading.text.html_text import DOUBT_MARK, read_page
from mailbot.reading.text.own_words import cloud_links_in, renderings_agree

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Form Isian.xlsx", "Form Isian.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\form.xlsx", "form.xlsx"),
        ("C:form.xlsx", "C_form.xlsx"),
        ("form\u202excod.exe", "formxcod.exe"),
        ("a\r\nBcc: b.xlsx", "a Bcc_ b.xlsx"),
        ("form\x00.xlsx", "form.xlsx"),
        ("nul", "_nul"),
        ("LPT1.txt", "_LPT1.txt"),
        (" . ", "tanpa-nama"),
        ("", "tanpa-nama"),
        ("e\u0301.xlsx", "\u00e9.xlsx"),
        ("x" * 50 + ".xlsx", "x" * 15 + ".xlsx"),
        ("x" * 50, "x" * 20),
        (".xlsx", "xlsx"),
    ],
)
def test_a_file_name_is_shown_clean(given: str, shown: str) -> None:
    """The last step of a path, without what cannot be seen, at most twenty characters here (T6)."""
    assert clean_file_name(given, longest=20) == shown


def test_a_line_cannot_hold_a_line_end() -> None:
    """Every kind of line end and control becomes a blank; unseen characters and lone surrogates go (T7)."""
    assert clean_line("a\r\nb\u2028c\x85d\u200be\ud800f\tg ") == "a b c de\ufffdf g"


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("Realisasi – é".encode(), "utf-8", "Realisasi – é"),
        (b"caf\xe9", "iso-8859-1", "caf\u00e9"),
        (b"caf\xe9", "utf-8", "caf\u00e9"),
        (b"caf\xe9", "", "caf\u00e9"),
        (b"\x93x\x94", "us-ascii", "\u201cx\u201d"),
        (b'\x1b$B$"\x1b(B', "iso-2022-jp", "\u3042"),
        (b"abc", "zip", "abc"),
        (b"abc", "rot13", "abc"),
        (b"abc-", "punycode", "abc-"),
        (b"\x81", "", "\ufffd"),
    ],
)
def test_a_charset_is_read_from_a_closed_list(content: bytes, charset: str, text: str) -> None:
    """A codec is never looked up by the mail's own word for it (T5)."""
    assert decode(content, charset) == text


def test_a_charset_off_the_list_is_not_known() -> None:
    """Names that mean something to Python and nothing to mail are refused."""
    refused = ("zip", "rot13", "punycode", "idna", "unicode_escape", "undefined", "x-unknown", "utf-7", "hz", "a" * 100)
    assert [name for name in refused if known_charset(name)] == []
    assert known_charset("UTF-8")
    assert known_charset("")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"=?utf-8?q?Draf_LKjIP?=", "Draf LKjIP"),
        (b"=?utf-8?b?RHJhZg==?= =?utf-8?q?_2?=", "Draf 2"),
        (b"=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "\u00e9"),
        (b"a =?x-none?q?b?= c", "a b c"),
        (b"=?utf-8*id?q?Draf?=", "Draf"),
        (b"Draf\r\n lanjut", "Draf lanjut"),
        ("Draf – ü".encode(), "Draf – ü"),
        (b"=?utf-8?q?tak selesai", "=?utf-8?q?tak selesai"),
    ],
)
def test_encoded_words_are_decoded_leniently(value: bytes, text: str) -> None:
    """RFC 2047 as programs really write it; a character cut in two is joined."""
    assert decode_words(value) == text


@pytest.mark.parametrize(
    ("field", "name"),
    [
        (b"attachment; filename=form.xlsx", "form.xlsx"),
        (b'attachment; filename="form (1).xlsx"', "form (1).xlsx"),
        (b"attachment; filename*=UTF-8''Form%20%E2%80%93.xlsx", "Form \u2013.xlsx"),
        (b'attachment; filename*0="Form "; filename*1="Isian.xlsx"', "Form Isian.xlsx"),
        (b"attachment; filename==?utf-8?q?Form_1.xlsx?=", "Form 1.xlsx"),
        (b"attachment; filename*=zip''abc", "abc"),
        (b"attachment", ""),
    ],
)
def test_a_parameter_is_read_in_all_its_ways(field: bytes, name: str) -> None:
    """Plain, quoted, RFC 2231 whole and in pieces, RFC 2047 where it does not belong."""
    assert Headers((("content-disposition", field),)).parameter("content-disposition", "filename") == name


def test_message_ids_are_found_even_when_a_program_encoded_them() -> None:
    """Long Message-IDs come back as encoded words (gh-100991), folded, or without brackets."""
    headers = Headers((("references", b"<a@x.id>\r\n =?utf-8?q?=3Cb=40x=2Eid=3E?="), ("in-reply-to", b"c@x.id")))
    assert headers.message_ids("references") == ("<a@x.id>", "<b@x.id>")
    assert headers.message_ids("in-reply-to") == ("<c@x.id>",)


@pytest.mark.parametrize(
    ("field", "addresses"),
    [
        (b"Kepala Bidang <K@Example.go.id>", ("K@example.go.id",)),
        (b"k@example.go.id (Kepala Bidang)", ("k@example.go.id",)),
        (b"k@example.go.id <K@example.go.id>", ("K@example.go.id",)),
        ("Kepala – <k@example.go.id>".encode(), ("k@example.go.id",)),
        (b"Kepala, S.Sos <k@example.go.id>", ("k@example.go.id",)),
        (b"Drs. H. Nama, S.Sos., M.Si., <k@example.go.id>", ("k@example.go.id",)),
        (b"Nama, <a@example.go.id>, S.Sos. <k@example.go.id>", ()),
        (b"a@example.go.id, S.Sos. <k@example.go.id>", ("a@example.go.id", "k@example.go.id")),
        (b", <k@example.go.id>", ()),
        (b"Nama, S.Sos. <k@example.go.id> x", ()),
        (b"k@localhost", ()),
        (b"k@-example.go.id", ()),
        (b"k..a@example.go.id", ()),
        (b"@example.go.id", ()),
        (b"k@example.go.id\x00", ()),
        (b'"k" <k@example.go.id', ()),
        (b"", ()),
    ],
)
def test_an_address_field_is_read_strictly(field: bytes, addresses: tuple[str, ...]) -> None:
    """To the last character, or not at all (T9)."""
    assert read_addresses(field) == addresses


@pytest.mark.parametrize(
    ("content", "encoding", "decoded", "clean"),
    [
        (b"U0VUVUpV", "base64", b"SETUJU", True),
        (b"U0VU\r\n!VUpV", "base64", b"SETUJU", True),
        (b"U0VUVUpVQ", "base64", b"SETUJU", False),
        (b"ini bukan base64 sama sekali", "base64", b"ini bukan base64 sama sekali", False),
        (b"SETUJU=20=\r\nbaik", "quoted-printable", b"SETUJU baik", True),
        (b"begin 644 a\n#0V%T\nend\n", "x-uuencode", b"Cat", True),
        (b"tanpa awal", "uuencode", b"tanpa awal", False),
        (b"apa adanya", "8bit", b"apa adanya", True),
        (b"apa adanya", "x-rahasia", b"apa adanya", True),
    ],
)
def test_a_transfer_encoding_is_undone_leniently(content: bytes, encoding: str, decoded: bytes, *, clean: bool) -> None:
    """What can be decoded is; whether it was clean is said (T29)."""
    assert undo_transfer(content, encoding) == (decoded, clean)


@pytest.mark.parametrize(
    ("content", "name", "declared", "kind"),
    [
        (b"%PDF-1.7", "form.xlsx", "", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "x", "", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8", "x", "", "image/webp"),
        (b"\0\0\0\x18ftypheic", "x", "", "image/heic"),
        (OLE + "Workbook".encode("utf-16-le"), "x", "", "application/vnd.ms-excel"),
        (OLE + "WordDocument".encode("utf-16-le"), "x", "", "application/msword"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "x",
            "",
            "application/x-ole-encrypted",
        ),
        (b"<html><table>", "form.xls", "application/vnd.ms-excel", "text/html"),
        (b"kode;nilai", "data.csv", "", "text/csv"),
        (b"BEGIN:VCALENDAR", "a.ics", "text/calendar", "text/calendar"),
        (b"halo", "form.xlsx", "application/vnd.ms-excel", "text/plain"),
        (b"\x00\x01\x02", "form.xlsx", "", "application/octet-stream"),
        (b"PK\x03\x04", "form.xlsx", "", "application/zip"),
        (b"From: a@b.id\n\nx", "surat.eml", "", "message/rfc822"),
    ],
)
def test_a_file_is_what_its_bytes_are(content: bytes, name: str, declared: str, kind: str) -> None:
    """Name and declared type decide only between texts."""
    assert file_kind(content, name=name, declared=declared) == kind


@pytest.mark.parametrize(
    ("field", "address"),
    [
        (b"Ajudan <ajudan@example.go.id>", "ajudan@example.go.id"),
        (b"Kadis <KADIS@example.go.id>", ""),
        (b"no address", ""),
    ],
)
def test_who_sent_it_in_another_s_name_is_read(field: bytes, address: str) -> None:
    """The address in Sender, where it is not the one in From."""
    assert read_sent_by(Headers((("sender", field),), 1_000), ("kadis@example.go.id",)) == address
    assert read_sent_by(Headers((), 1_000), ("kadis@example.go.id",)) == ""


def test_links_to_file_stores_are_found_and_others_are_not() -> None:
    """Without a scheme too; a host that only ends alike is another host."""
    words = (
        "https://drive.google.com/file/d/1. http://contoh.sharepoint.com/:x:/g/1, bit.ly/abc "
        "https://notdropbox.com/a https://disdukcapil.example.go.id/drive.google.com/x"
    )
    assert cloud_links_in(words, ["https://www.dropbox.com/s/1", "mailto:a@b.id"]) == (
        "https://drive.google.com/file/d/1",
        "http://contoh.sharepoint.com/:x:/g/1",
        "bit.ly/abc",
        "https://www.dropbox.com/s/1",
    )


@pytest.mark.parametrize(
    ("text", "returns_on"),
    [
        ("akan kembali masuk tanggal 12 Januari 2026.", "2026-01-12"),
        ("kembali berkantor hari Senin, 12/01/2026", "2026-01-12"),
        ("masuk kembali pada Senin (12 Jan 2026)", "2026-01-12"),
        ("Cuti 5 - 9 Januari 2026", "2026-01-10"),
        ("dinas luar s.d. 9 Januari 2026", "2026-01-10"),
        ("cuti sampai dengan tanggal 9 Januari 2026 dan masuk kembali 12 Januari 2026", "2026-01-12"),
        ("I will be back on 5 May 2026", "2026-05-05"),
        ("returning to the office on May 5th", "2026-05-05"),
        ("away until January 12, 2026", "2026-01-12"),
        ("kembali 2 Januari", "2027-01-02"),
        ("kembali bekerja 30 Desember 2025", ""),
        ("kembali masuk 31 Februari 2026", ""),
        ("kembali masuk 12 Januari 2029", ""),
        ("Realisasi 12 Januari 2026", ""),
    ],
)
def test_the_day_of_return_is_read(text: str, returns_on: str) -> None:
    """Day first, in both languages; a last day away means the day after; what cannot be right is not believed."""
    assert read_return(text, received_on=date(2026, 1, 5)) == returns_on


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Selama cuti hubungi Kasi Pindah (kasi@example.go.id). Terima kasih", "Kasi Pindah (kasi@example.go.id)"),
        ("Untuk hal mendesak dapat menghubungi: Kepala Seksi Identitas", "Kepala Seksi Identitas"),
        ("Tugas didelegasikan kepada Sekretaris; terima kasih", "Sekretaris"),
        ("In my absence please contact a.b@example.go.id.", "a.b@example.go.id"),
        ("Hubungi Plh. Kepala Bidang, Sdr. B. Kurnia. Terima kasih", "Plh. Kepala Bidang, Sdr. B. Kurnia"),
        ("Silakan hubungi kembali pada hari kerja.", ""),
        ("Saya kembali tanggal 12 Januari 2026.", ""),
    ],
)
def test_who_stands_in_is_read_as_written(text: str, said: str) -> None:
    """The rest of the sentence; a dot within an address ends none."""
    assert read_stand_in(text) == said


def test_a_vacation_subject_is_known_by_its_beginning() -> None:
    """A person who writes about leave is no robot, unless the subject begins as robots begin theirs."""
    assert is_vacation_subject("Balasan otomatis: Re: Form")
    assert is_vacation_subject("Out of Office Re: Form")
    assert not is_vacation_subject("Re: Balasan otomatis")
    assert not is_vacation_subject("Data cuti pegawai TW1")
    assert speaks_of_absence("Saya sedang cuti")
    assert not speaks_of_absence("Surat Anda telah diterima")


@pytest.mark.parametrize(
    "page",
    [
        "<p><s>SETUJU</s></p>",
        "<p><strike>SETUJU</strike></p>",
        "<del><b>SETUJU</b></del>",
        '<p style="TEXT-DECORATION: line-through">SETUJU</p>',
    ],
)
def test_a_word_that_was_struck_through_is_no_word(page: str) -> None:
    """It keeps its strokes, so that it is neither taken for the word nor for what the text part says."""
    assert [line.removeprefix(DOUBT_MARK) for line in read_page(page).lines] == ["~SETUJU~"]
    assert not renderings_agree("SETUJU", "~SETUJU~")
    assert read_page("<s> </s>SETUJU").lines == ("SETUJU",)


def test_a_page_shows_what_a_reader_sees() -> None:
    """Lines break where a reader sees them break; lists and cells keep their places; comments and scripts go."""
    page = read_page(
        "<p>Satu&nbsp;<b>dua</b><br>tiga</p><!-- SETUJU --><script>SETUJU</script><ul><li>empat</ul>"
        "<table><tr><td>lima</td><td>enam</td></tr></table><pre>tujuh\ndelapan</pre><title>SETUJU</title>a < b"
    )
    assert page.lines == ("Satu dua", "tiga", "- empat", "lima enam", "tujuh", "delapan", "a < b")


@pytest.mark.parametrize(
    ("fields", "tags"),
    [
        (b"To: lapor+alun@kota.example", {"alun"}),
        (b"To: Dinas <Lapor+Alun@KOTA.example>, x+y@kota.example\r\nCc: lapor+bukit@kota.example", {"alun", "bukit"}),
        (b"Delivered-To: lapor+alun+dua@kota.example", {"alun+dua"}),
        (b"To: lapor+@kota.example\r\nX-Original-To: lapor@kota.example", set()),
        (b"To: lapor+alun@lain.example\r\nSubject: lapor+bukit@kota.example", set()),
        (b'To: "lapor+alun@kota.example" <lain@kota.example>', set()),
        (b"To: lapor+alun@kota.example, \xff\x00<", set()),
        (b"", set()),
    ],
)
def test_what_stands_behind_the_plus_of_our_address_is_seen(fields: bytes, tags: set[str]) -> None:
    """Of an address alone, and of our own; a field that is malformed says nothing."""
    assert plus_tags(fields + b"\r\n\r\nlapor+candi@kota.example", ["lapor@kota.example"]) == tags
