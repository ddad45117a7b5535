"""Stories of what is written: languages and courtesies, what is said beside a word, letters and signs that deceive."""

from __future__ import annotations

from tests.stories.verdict_mails import desks, phones, webmail
from tests.stories.verdict_mails.envelopes import Envelope
from tests.stories.verdict_mails.letters import EN, MS
from tests.stories.verdict_mails.story import ASKS, IGNORED, TOLD, Story

LANGUAGES = {
    "Javanese courtesy in row 6b": Story(
        wanted="SETUJU",
        row="review",
        client=phones.gmail_phone,
        typed="Nggih Pak, sampun kulo waos. Setuju.\n\nMatur nuwun.",
    ),
    "Javanese courtesy in row 7": Story(
        wanted="DISAHKAN", client=phones.samsung, typed="Sugeng enjing.\n\nMonggo disahkan nggih.\n\nMatur nuwun sanget"
    ),
    "Javanese, not yet": Story(wanted=ASKS, client=phones.samsung, typed="DISAHKAN\n\nAmpun dikirim rumiyin nggih."),
    "Javanese refusal": Story(wanted=ASKS, row="review", client=webmail.zimbra, typed="Mboten setuju, Pak."),
    "Malay": Story(
        wanted="SETUJU", row="review", client=phones.iphone, typed="Saya bersetuju.\n\nTerima kasih.", words=MS
    ),
    "Malay, approved": Story(wanted="SETUJU", client=desks.outlook, typed="Diluluskan. Terima kasih.", words=MS),
    "Malay, not": Story(wanted=ASKS, client=desks.outlook, typed="Saya tidak bersetuju.", words=MS),
    "English": Story(
        wanted="SETUJU",
        client=webmail.outlook_web,
        typed="Dear team,\n\nI hereby approve the report.\n\nBest regards",
        words=EN,
    ),
    "English, looks good": Story(
        wanted="SETUJU", row="review", client=webmail.proton, typed="Looks good, approved.", words=EN
    ),
    "English with comments": Story(
        wanted=ASKS, client=desks.apple_mail, typed="Approved with minor comments.", words=EN
    ),
    "English refusal": Story(
        wanted=TOLD, client=webmail.gmail, typed="Rejected, the totals in chapter 3 are off.", words=EN
    ),
    "mixed": Story(wanted="SETUJU", row="review", client=phones.yahoo_phone, typed="Approved ya pak, thanks"),
    "formal": Story(
        wanted="SETUJU",
        row="review",
        client=desks.thunderbird_page,
        typed="Yth. Kepala Sub Bagian Program\n\nSetelah saya reviu, dengan ini saya menyatakan setuju.\n\nMohon "
        "diteruskan kepada Bapak Kepala Dinas untuk disahkan.\n\nHormat saya,\nSekretaris",
    ),
    "in one breath": Story(
        wanted="SETUJU", row="review", client=phones.huawei, typed="Sdh sy reviu dan setuju, lanjutkan ke Bapak Kadis"
    ),
    "to be sent": Story(wanted="DISAHKAN", client=phones.k9, typed="Disahkan untuk dikirim ke Bappeda"),
    "a wish that is a refusal": Story(
        wanted="PERBAIKI", client=phones.outlook_phone, typed="Tolong diperbaiki tabel 3.2, jumlahnya belum sama."
    ),
    "a wish without its matter": Story(wanted=ASKS, client=phones.outlook_phone, typed="Perbaiki dulu ya"),
}
"""How people of this office write, in four languages."""

SAYING = {
    "negated": Story(wanted=ASKS, client=webmail.gmail, typed="Belum dapat DISAHKAN"),
    "negated below": Story(wanted=ASKS, client=webmail.gmail, typed="DISAHKAN\n\nTIDAK"),
    "with remarks": Story(wanted=TOLD, row="review", client=desks.outlook, typed="Setuju dengan catatan."),
    "in principle": Story(wanted=ASKS, row="review", client=desks.outlook, typed="Pada prinsipnya setuju"),
    "on a condition": Story(wanted=ASKS, client=phones.iphone, typed="DISAHKAN kalau tabel 3 sudah benar"),
    "a request beside it": Story(wanted=ASKS, client=phones.iphone, typed="DISAHKAN\n\nMohon sampulnya diganti."),
    "a question": Story(wanted=ASKS, client=phones.iphone, typed="DISAHKAN?"),
    "twice the same": Story(wanted="DISAHKAN", client=webmail.yahoo, typed="DISAHKAN\n\nDisahkan"),
    "two that contradict": Story(wanted=ASKS, client=webmail.yahoo, typed="DISAHKAN\nPERBAIKI"),
    "two that contradict, turned": Story(wanted=ASKS, client=webmail.yahoo, typed="PERBAIKI\nDISAHKAN"),
    "a refusal that names the word": Story(
        wanted="PERBAIKI", client=webmail.zoho, typed="PERBAIKI\nTabel 3, setelah itu baru saya sahkan"
    ),
    "somebody else's word": Story(wanted=ASKS, client=phones.samsung, typed="Bapak Kadis: DISAHKAN"),
    "by an aide": Story(wanted=ASKS, client=phones.samsung, typed="DISAHKAN\n\nDiketik oleh ajudan"),
    "on behalf of": Story(wanted=ASKS, client=desks.outlook, typed="DISAHKAN\n\na.n. Kepala Dinas\nSekretaris"),
    "under one's own title": Story(
        wanted="DISAHKAN", client=desks.outlook, typed="DISAHKAN\n\nHormat saya,\nKepala Dinas"
    ),
    "another version": Story(wanted=ASKS, client=webmail.roundcube, typed="DISAHKAN versi 2"),
    "the version that was asked about": Story(wanted="DISAHKAN", client=webmail.roundcube, typed="DISAHKAN versi 1"),
    "that version, with the report's name": Story(
        wanted="DISAHKAN", client=webmail.gmail, typed="Disahkan LKjIP (versi 1)."
    ),
    "that version and another": Story(wanted=ASKS, client=webmail.gmail, typed="DISAHKAN versi 2 dan versi 1"),
    "all but that version": Story(wanted=ASKS, client=webmail.gmail, typed="DISAHKAN selain versi 1"),
    "a condition that ends with it": Story(wanted=ASKS, client=webmail.gmail, typed="DISAHKAN, tetapi bukan versi 1"),
    "wholly": Story(wanted="SETUJU", row="review", client=phones.iphone, typed="Setuju 100%"),
    "nearly wholly": Story(wanted=ASKS, row="review", client=phones.iphone, typed="Setuju 90%"),
    "a matter before a colon": Story(wanted=ASKS, client=phones.iphone, typed="Pengesahan LKjIP: DISAHKAN"),
    "a part": Story(wanted=ASKS, client=webmail.roundcube, typed="DISAHKAN Bab I-III"),
    "tomorrow": Story(wanted=ASKS, client=webmail.squirrelmail, typed="Besok saya sahkan."),
    "still reading": Story(wanted=TOLD, client=webmail.squirrelmail, typed="Sedang saya baca."),
    "withdrawn in one mail": Story(wanted=ASKS, client=phones.gmail_phone, typed="DISAHKAN\n\nMaaf, kepencet."),
    "the word of another row": Story(wanted=ASKS, row="review", client=phones.gmail_phone),
    "the word of another post": Story(wanted=TOLD, client=phones.gmail_phone, typed="KEMBALIKAN\nTabel 3.2 keliru"),
    "board agrees in place of receiving": Story(wanted=ASKS, row="submission", client=webmail.zimbra, typed="ACC"),
    "quoted only": Story(wanted=ASKS, client=phones.bare, typed="> DISAHKAN"),
    "nothing typed": Story(wanted=ASKS, client=desks.apple_mail, typed=""),
    "passed on from a chat": Story(wanted=ASKS, client=phones.copied_from_whatsapp),
}
"""What is said of a word, or beside it."""

SIGNS = {
    "Cyrillic A": Story(wanted=TOLD, client=webmail.gmail, typed="DIS\u0410HKAN"),
    "Ukrainian I": Story(wanted=TOLD, client=webmail.gmail, typed="D\u0406SAHKAN"),
    "full width": Story(
        wanted="DISAHKAN", client=webmail.gmail, typed="\uff24\uff29\uff33\uff21\uff28\uff2b\uff21\uff2e"
    ),
    "zero width within": Story(wanted="DISAHKAN", client=phones.iphone, typed="DIS\u200bAHKAN"),
    "zero width that hides a blank": Story(wanted=TOLD, client=phones.iphone, typed="belum\u200bDISAHKAN"),
    "turned round": Story(wanted=TOLD, client=phones.iphone, typed="\u202eNAKHASID\u202c"),
    "turned round beside it": Story(wanted=ASKS, client=phones.iphone, typed="DISAHKAN \u202ekadit\u202c"),
    "a mark of direction": Story(wanted="DISAHKAN", client=phones.iphone, typed="\u2066DISAHKAN\u2069"),
    "struck by signs": Story(
        wanted=TOLD, client=phones.samsung, typed="D\u0336I\u0336S\u0336A\u0336H\u0336K\u0336A\u0336N\u0336"
    ),
    "struck by waves": Story(wanted=ASKS, client=phones.whatsapp, typed="~DISAHKAN~"),
    "bold by stars": Story(wanted="DISAHKAN", client=phones.whatsapp, typed="*DISAHKAN*"),
    "folded hands": Story(wanted="DISAHKAN", client=phones.gmail_phone, typed="DISAHKAN \U0001f64f\U0001f64f"),
    "a thumb down": Story(wanted=ASKS, client=phones.gmail_phone, typed="DISAHKAN \U0001f44e"),
    "a thumb alone": Story(wanted=ASKS, client=phones.gmail_phone, typed="\U0001f44d"),
    "an angry face": Story(wanted=ASKS, client=phones.gmail_phone, typed="DISAHKAN \U0001f621"),
    "a cross": Story(wanted=ASKS, client=phones.gmail_phone, typed="\u274c DISAHKAN"),
    "empty boxes": Story(wanted=ASKS, client=webmail.outlook_web, typed="\u2610 DISAHKAN\n\u2610 PERBAIKI"),
    "spaced letters": Story(wanted=TOLD, client=webmail.outlook_web, typed="D I S A H K A N"),
}
"""Letters and signs that look like others, or cannot be seen."""

RECEIPTS = {
    name: Story(wanted=wanted, row="submission", client=client, typed=typed)
    for name, client, typed, wanted in (
        ("plain words", webmail.zimbra, "Sudah kami terima, terima kasih.", "DITERIMA"),
        ("well", desks.outlook, "Telah kami terima dengan baik. Terima kasih.", "DITERIMA"),
        ("of the report", phones.gmail_phone, "Terima kasih, laporannya sudah kami terima.", "DITERIMA"),
        ("in English", webmail.outlook_web, "Received, thanks.", "DITERIMA"),
        ("to come", webmail.zimbra, "Akan kami terima.", ASKS),
        ("not yet", webmail.zimbra, "Belum kami terima.", ASKS),
        ("not yet, and what is wanted", webmail.zimbra, "Belum kami terima, mohon dikirim ulang.", TOLD),
        ("thanks alone", phones.iphone, "Terima kasih", ASKS),
        ("noted", phones.iphone, "Noted with thanks", ASKS),
        ("what cannot be opened", desks.outlook, "Sudah kami terima, namun lampiran tidak bisa dibuka", ASKS),
        ("the paper is missing", desks.outlook, "Sudah kami terima. Mohon hard copy disusulkan.", ASKS),
        ("the letter alone", desks.outlook, "Surat pengantar sudah kami terima, laporannya belum", ASKS),
        ("a question", phones.samsung, "Apakah sudah kami terima?", ASKS),
        ("in part", phones.samsung, "DITERIMA sebagian", ASKS),
        ("of a message", phones.bare, "Pesan Anda telah kami terima dan akan segera kami proses.", ASKS),
        ("refused", webmail.roundcube, "Tidak dapat kami terima.", ASKS),
    )
}
RECEIPTS |= {
    "by a robot": Story(
        wanted=IGNORED,
        row="submission",
        typed="Surat Anda telah kami terima.",
        envelope=Envelope(header=(("Auto-Submitted", "auto-replied"),)),
    ),
    "by a robot that says so": Story(
        wanted=IGNORED, row="submission", typed="Sudah kami terima.", envelope=Envelope(subject="Balasan otomatis: {}")
    ),
    "by somebody else": Story(wanted="not_yours", row="submission", by="kabid-piak", typed="Sudah kami terima."),
}
"""What the board writes in row 8: plain words of receipt, and what only sounds like them."""
