"""Stories of what a mail is made of: pages and what they hide, gateways and wraps, senders, subjects."""

from __future__ import annotations

from tests.stories.verdict_mails import desks, phones, webmail, wraps
from tests.stories.verdict_mails.envelopes import Envelope
from tests.stories.verdict_mails.replies import Reply
from tests.stories.verdict_mails.story import ASKS, IGNORED, TOLD, Story, header, page

PAGES = {
    "crossed out": Story(wanted=ASKS, written=page("<p><s>DISAHKAN</s></p>")),
    "crossed out by style": Story(
        wanted=ASKS, written=page('<p><span style="text-decoration:line-through">DISAHKAN</span></p>')
    ),
    "the other crossed out": Story(wanted=ASKS, written=page("<p><del>PERBAIKI</del></p><p>DISAHKAN</p>")),
    "hidden reservation": Story(wanted=ASKS, written=page('<p>DISAHKAN</p><p style="display:none">kecuali bab IV</p>')),
    "white reservation": Story(wanted=ASKS, written=page('<p>DISAHKAN</p><p style="color:#fff">kecuali bab IV</p>')),
    "hidden word": Story(wanted=ASKS, written=page('<p>Saya baca dahulu.</p><p style="font-size:0">DISAHKAN</p>')),
    "hidden announcement": Story(
        wanted=ASKS,
        written=page(
            "<p>DISAHKAN</p><p hidden>Dari: x</p><p hidden>Tanggal: 2026</p><p hidden>Ke: x</p><p>kecuali bab IV</p>"
        ),
    ),
    "words before it by style": Story(
        wanted=ASKS,
        written=Reply(
            text=None,
            page="<html><head><style>p::before{content:'Tidak '}</style></head><body><p>DISAHKAN</p></body></html>",
        ),
    ),
    "a button": Story(wanted=ASKS, written=page("<p><button>DISAHKAN</button></p>")),
    "out of a link of ours": Story(
        wanted=ASKS,
        written=page('<p><a href="mailto:lkjip@example.go.id?subject=Re&amp;body=DISAHKAN">DISAHKAN</a></p>'),
    ),
    "two cells": Story(wanted=ASKS, written=page("<table><tr><td>DISAHKAN</td><td>PERBAIKI</td></tr></table>")),
    "renderings that differ": Story(wanted=ASKS, written=page("<p>PERBAIKI</p>", "DISAHKAN")),
    "a page that goes on": Story(wanted=ASKS, written=page("<p>DISAHKAN</p><p>kecuali lampiran II</p>", "DISAHKAN")),
    "a text that is none": Story(wanted=ASKS, written=page("<p>DISAHKAN</p>", "Buka surel ini di peramban.")),
    "big and red": Story(
        wanted="DISAHKAN", written=page('<p><b><span style="color:red;font-size:24pt">DISAHKAN</span></b></p>')
    ),
    "a letter at a time": Story(
        wanted="DISAHKAN", written=page(f"<p>{''.join(f'<span>{sign}</span>' for sign in 'DISAHKAN')}</p>")
    ),
    "picture of a smile": Story(
        wanted="DISAHKAN",
        written=page(
            '<p>DISAHKAN <img alt="\U0001f64f" src="https://example.com/1f64f.png"></p>', "DISAHKAN \U0001f64f"
        ),
    ),
}
"""What stands in a page, or is hidden there."""

ROUTES = {
    "banner above": Story(
        wanted="DISAHKAN",
        client=webmail.gmail,
        envelope=Envelope(wraps=(wraps.above("[EKSTERNAL] Surel ini berasal dari luar organisasi."),)),
    ),
    "small print below": Story(
        wanted="DISAHKAN",
        client=desks.outlook,
        envelope=Envelope(
            wraps=(wraps.below("Surel ini bersifat rahasia dan hanya ditujukan kepada penerima yang dimaksud."),)
        ),
    ),
    "scanner's line": Story(
        wanted="DISAHKAN",
        client=webmail.squirrelmail,
        envelope=Envelope(
            wraps=(wraps.below("This message has been scanned for viruses and dangerous content by MailScanner."),)
        ),
    ),
    "a second half": Story(
        wanted=ASKS, client=desks.apple_mail, envelope=Envelope(wraps=(wraps.below("Kecuali Bab IV."),))
    ),
    "S/MIME": Story(wanted="DISAHKAN", client=desks.outlook, envelope=Envelope(wraps=(wraps.signed,))),
    "OpenPGP": Story(wanted="DISAHKAN", client=desks.thunderbird, envelope=Envelope(wraps=(wraps.signed_by_pgp,))),
    "logo": Story(wanted="DISAHKAN", client=desks.outlook, envelope=Envelope(wraps=(wraps.with_logo,))),
    "business card": Story(
        wanted="DISAHKAN", client=desks.thunderbird_page, envelope=Envelope(wraps=(wraps.with_card,))
    ),
    "winmail.dat": Story(wanted="DISAHKAN", client=desks.outlook, envelope=Envelope(wraps=(wraps.with_winmail,))),
    "word in a file": Story(wanted=ASKS, typed="Terlampir.", envelope=Envelope(wraps=(wraps.with_text_file,))),
    "forwarded as a file": Story(wanted=TOLD, envelope=Envelope(wraps=(wraps.forwarded,))),
    "two texts": Story(wanted=ASKS, envelope=Envelope(wraps=(wraps.twice_otherwise("PERBAIKI"),))),
    "reaction": Story(
        wanted=ASKS,
        typed="\U0001f44d\n\nKepala Dinas bereaksi melalui Gmail",
        envelope=Envelope(wraps=(wraps.reaction,)),
    ),
    "invitation accepted": Story(
        wanted=ASKS, typed="Diterima: DISAHKAN", envelope=Envelope(wraps=(wraps.calendar("REPLY"),))
    ),
    "vacation by header": Story(
        wanted=IGNORED,
        client=webmail.gmail,
        typed="Saya cuti. DISAHKAN",
        envelope=header("Auto-Submitted", "auto-replied"),
    ),
    "vacation by subject": Story(
        wanted=IGNORED,
        typed="Saya sedang cuti sampai 20 Januari 2026.\nDISAHKAN",
        envelope=Envelope(subject="Balasan otomatis: {}"),
    ),
    "vacation in words": Story(
        wanted=ASKS, client=phones.iphone, typed="DISAHKAN\n\nSaya sedang cuti sampai 20 Januari 2026."
    ),
    "8 bit": Story(
        wanted="DISAHKAN",
        written=Reply(text="\u201cDISAHKAN\u201d", page=None, charset="windows-1252", encoding="8bit"),
    ),
    "UTF-16": Story(wanted="DISAHKAN", written=Reply(text="DISAHKAN", page=None, charset="utf-16", encoding="base64")),
}
"""Through which gateways, lists and programs it came."""

WHO = {
    "unproved": Story(wanted=ASKS, envelope=Envelope(proved="")),
    "refused by DMARC": Story(wanted=ASKS, envelope=Envelope(proved="fail")),
    "in his name by an aide": Story(wanted=ASKS, envelope=header("Sender", "ajudan@example.go.id")),
    "his own Sender": Story(wanted="DISAHKAN", envelope=header("Sender", "kepala.disdukcapil@example.go.id")),
    "answers are to go elsewhere": Story(wanted="DISAHKAN", envelope=header("Reply-To", "lain@example.com")),
    "a name that is an address": Story(wanted=IGNORED, envelope=Envelope(own_from='"{}" <lain@example.com>')),
    "two authors": Story(wanted=IGNORED, envelope=Envelope(own_from="{}, sekretaris@example.go.id")),
    "Sekretaris in row 7": Story(wanted="not_yours", by="sekretaris", client=phones.iphone),
    "Kepala Bidang in row 7": Story(wanted="not_yours", by="kabid-piak", client=phones.iphone),
    "Subbag Program in row 7": Story(wanted="not_yours", by="perencanaan", client=phones.iphone),
    "Kepala Dinas in row 6b": Story(wanted="out_of_turn", row="review", by="kadis", client=phones.iphone),
}
"""Who sends it."""

SUBJECTS = {
    name: Story(wanted=wanted, typed=typed, envelope=Envelope(subject=subject, thread=thread))
    for name, subject, typed, thread, wanted in (
        ("passed on", "Fwd: {}", "DISAHKAN", True, "DISAHKAN"),
        ("tagged", "[EXTERNAL] Re: {}", "DISAHKAN", True, "DISAHKAN"),
        ("marked as spam", "***SPAM*** Re: {}", "DISAHKAN", True, "DISAHKAN"),
        ("empty", "", "DISAHKAN", True, "DISAHKAN"),
        ("a matter of one's own", "Pengesahan Laporan Kinerja", "DISAHKAN", True, "DISAHKAN"),
        ("the word alone", "DISAHKAN", "", True, "DISAHKAN"),
        ("the word before ours", "DISAHKAN: {}", "", True, "DISAHKAN"),
        ("the word, and a text", "DISAHKAN", "Nanti saya baca.", True, ASKS),
        ("a reservation behind ours", "Re: {} - JANGAN DIKIRIM DULU", "DISAHKAN", True, ASKS),
        ("a reservation before ours", "BELUM: {}", "DISAHKAN", True, ASKS),
        ("another word", "PERBAIKI", "DISAHKAN", True, ASKS),
        ("negated", "Tidak DISAHKAN", "DISAHKAN", True, ASKS),
        ("a request", "Hitung ulang tabel 3", "DISAHKAN", True, ASKS),
        ("a question mark", "Re: {} ?", "DISAHKAN", True, ASKS),
        ("a refusal's matter", "Re: {} tabel 3 keliru", "PERBAIKI\nTabel 3", True, "PERBAIKI"),
        ("no thread", "Re: {}", "DISAHKAN", False, "DISAHKAN"),
        ("no thread, another matter", "Rapat", "DISAHKAN", False, ASKS),
        ("no thread, passed on", "Fwd: {}", "DISAHKAN", False, ASKS),
    )
}
"""What the subject says."""
