"""Plain HTML is a list of what may be: there a word counts, anything else is asked about (D3)."""

from __future__ import annotations

import pytest

from mailbot.core.language.reply_words import Said, Word
from mailbot.core.sorting.said import said_in
from tests.offices.small import OFFICE
from tests.reading.mails import read


def said(page: str) -> Said:
    """Return what a mail of nothing but this page comes to."""
    head = "From: kadis@example.go.id\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    return said_in(read(f"{head}{page}".encode()), OFFICE, (OFFICE.roster.person("kadis"),))


@pytest.mark.parametrize(
    "page",
    [
        '<div style="height:0;overflow:hidden">DISAHKAN</div>',
        '<font color="#fefefe">DISAHKAN</font>',
        '<span style="font-size:1pt">DISAHKAN</span>',
        '<table><tr><td width="0">DISAHKAN</td></tr></table>',
        '<div style="text-indent:-9999px">DISAHKAN</div>',
        "<details><summary>x</summary>DISAHKAN</details>",
        '<p style="color:var(--x)">DISAHKAN</p>',
        '<p style="color:white">DISAHKAN</p>',
        "<svg><text>DISAHKAN</text></svg>",
        '<p style="margin-top:-500px">DISAHKAN</p>',
        '<p style="display:none!important">DISAHKAN</p>',
        "<style>*{opacity:0}</style><p>DISAHKAN</p>",
        '<style>@media all{.a{display:none}}</style><p class="a">DISAHKAN</p>',
        "<style>p:nth-child(2){visibility:hidden}</style><p>DISAHKAN</p>",
        '<p>DISAH<span style="display:none">x</span>KAN</p>',
        '<p style="position:absolute;left:-10000px">DISAHKAN</p>',
        '<p style="font-size:0.01em">DISAHKAN</p>',
        '<p style="background:url(x)">DISAHKAN</p>',
        "<p><ruby>DISAHKAN<rt>x</rt></ruby></p>",
        '<div dir="rtl">NAKHASID</div>',
        '<p style="text-security:disc">DISAHKAN</p>',
        '<p style="-webkit-text-security:disc">DISAHKAN</p>',
        '<p style="color:lightyellow">DISAHKAN</p>',
        '<p style="column-width:0">DISAHKAN</p>',
        '<p style="content:none">DISAHKAN</p>',
        "<del>DISAHKAN</del>",
        "<style>b{color:#fff}</style><b>DISAHKAN</b>",
        "<link rel=stylesheet href=http://x><p>DISAHKAN</p>",
        '<p style="border-left:9999px solid">DISAHKAN</p>',
        "<marquee>DISAHKAN</marquee>",
        "<textarea>DISAHKAN</textarea>",
        "<select><option>DISAHKAN</option></select>",
        "<button>DISAHKAN</button>",
        '<iframe srcdoc="DISAHKAN"></iframe>',
        "<bdo dir=rtl>NAKHASID</bdo>",
        '<p style="line-height:0.1">DISAHKAN</p>',
        '<p style="color:rgb(255 255 255 / 0)">DISAHKAN</p>',
        '<p style="color:rgb(0 0 0 / 5%)">DISAHKAN</p>',
        '<p><a href="mailto:lkjip@example.go.id?subject=Re&amp;body=DISAHKAN">DISAHKAN</a></p>',
        "<p>DISAHKAN</p><p hidden>kecuali bab IV</p>",
        "<p>DISAHKAN</p><p hidden>Dari: x</p><p hidden>Tanggal: 2026</p><p hidden>Ke: x</p><p>kecuali</p>",
    ],
)
def test_a_word_that_is_not_plainly_shown_is_no_decision(page: str) -> None:
    """Out of sight, moved away, in no ink, crossed out, turned round, or styled by a sheet that lies elsewhere."""
    assert said(page).word is None


@pytest.mark.parametrize(
    "page",
    [
        "<p>DISAHKAN</p>",
        '<div style="font-family:Calibri,sans-serif;font-size:12pt;color:rgb(0, 0, 0)">DISAHKAN</div>',
        '<div dir="ltr">DISAHKAN<br></div>',
        '<div dir="auto" style="font-family:sans-serif"><b>DISAHKAN</b></div>',
        '<p style="margin:0in 0in 8pt;line-height:107%;background:white"><span lang="IN">DISAHKAN</span></p>',
        '<font size="2" color="#1f497d" face="Arial">DISAHKAN</font>',
        '<table width="100%"><tr><td style="padding:10px;border:1px solid #ccc">DISAHKAN</td></tr></table>',
        '<style>p.MsoNormal{margin:0cm;font-size:11.0pt}</style><p class="MsoNormal">DISAHKAN</p>',
        '<body style="word-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">DISAHKAN</body>',
        '<div style="color:#212121;background-color:rgb(255,255,255)">DISAHKAN</div>',
        '<style>.x{opacity:0}</style><p class="y">DISAHKAN</p>',
        '<p style="font:12px/1.5 Arial">DISAHKAN</p>',
        "<ul><li>DISAHKAN</li></ul>",
        '<p>DISAHKAN</p><p><a href="mailto:kadis@example.go.id">kadis@example.go.id</a></p>',
        "<p>DISAHKAN</p><p>Dari: LKjIP<br>Dikirim: 5 Jan 2026<br>Kepada: Kadis</p><div hidden>Mohon pengesahan</div>",
    ],
)
def test_what_mail_programs_write_is_plain(page: str) -> None:
    """Nobody is asked for the sake of a font."""
    assert said(page).word is Word.DISAHKAN
