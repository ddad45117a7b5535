"""Replies as fifteen mail programs write them, in Indonesian and English, to a letter of ours that names the words."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

LETTER = (
    "Yth. Sekretaris Dinas,",
    "",
    "Draf LKjIP 2025 versi 3 siap direviu. Balas surel ini dengan salah satu kata berikut pada baris tersendiri:",
    "",
    "SETUJU",
    "DISAHKAN",
    "PERBAIKI",
    "",
    "Rujukan: mb1.0123456789abcdef",
)
MARGIN = 72
OURS = "program@disdukcapil.example.go.id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What a mail program says in one language."""

    name: str
    wrote: str
    on: str
    day: str
    original: str
    header: tuple[str, str, str, str]
    phone: str


INDONESIAN = Language(
    name="id",
    wrote="menulis:",
    on="Pada",
    day="Sen, 5 Jan 2026 pukul 09.02",
    original="Pesan Asli",
    header=("Dari", "Dikirim", "Kepada", "Subjek"),
    phone="Dikirim dari iPhone saya",
)
ENGLISH = Language(
    name="en",
    wrote="wrote:",
    on="On",
    day="Mon, Jan 5, 2026 at 9:02 AM",
    original="Original Message",
    header=("From", "Sent", "To", "Subject"),
    phone="Sent from my iPhone",
)


@dataclass(frozen=True, slots=True)
class Reply:
    """The two renderings of one reply; None where the program sends only the other."""

    text: str | None
    page: str | None


def _marked(letter: tuple[str, ...] = LETTER) -> str:
    """Quote a letter with `>`."""
    return "\n".join(f"> {line}".rstrip() for line in letter)


def _typed(lines: tuple[str, ...]) -> str:
    """Show typed lines as paragraphs of HTML."""
    return "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in lines)


def _broken(lines: tuple[str, ...]) -> list[str]:
    """Break typed lines where a mail program does when it sends plain text."""
    return [piece for line in lines for piece in textwrap.wrap(line, MARGIN) or [""]]


LETTER_PAGE = "".join(f"<p>{line}</p>" for line in LETTER if line)


def _attribution(words: Language, *, address: bool = True) -> str:
    """Announce a quotation on one line."""
    return f"{words.on} {words.day} Mailbot{f' <{OURS}>' if address else ''} {words.wrote}"


def _header_block(words: Language) -> str:
    """Announce a quotation by its header lines."""
    first, sent, to, subject = words.header
    return f"{first}: Mailbot <{OURS}>\n{sent}: 05/01/2026 09.02\n{to}: Sekretaris Dinas\n{subject}: [MB] Draf"


def gmail(typed: tuple[str, ...], words: Language) -> Reply:
    """Gmail in a browser: the announcement is wrapped."""
    text = "\n".join((*_broken(typed), "", _attribution(words).replace(" <", " <\n"), "", _marked()))
    quote = f'<blockquote class="gmail_quote" style="border-left:1px solid #ccc">{LETTER_PAGE}</blockquote>'
    announced = f'<div class="gmail_attr">{html.escape(_attribution(words))}<br></div>'
    return Reply(text, f'<div dir="ltr">{_typed(typed)}</div><br><div class="gmail_quote">{announced}{quote}</div>')


def outlook(typed: tuple[str, ...], words: Language) -> Reply:
    """Outlook on a desk: header lines without a mark."""
    text = "\n".join((*_broken(typed), "", _header_block(words), "", *LETTER))
    block = "<br>".join(html.escape(line) for line in _header_block(words).splitlines())
    return Reply(text, f'{_typed(typed)}<div style="border-top:solid #E1E1E1 1.0pt"><p>{block}</p></div>{LETTER_PAGE}')


def outlook_web(typed: tuple[str, ...], words: Language) -> Reply:
    """Outlook on the web: a line of underscores, and a marked place in the HTML."""
    text = "\n".join((*_broken(typed), "", "_" * 32, _header_block(words), "", *LETTER))
    return Reply(text, f'{_typed(typed)}<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"></div>{LETTER_PAGE}')


def outlook_phone(typed: tuple[str, ...], words: Language) -> Reply:
    """Outlook on a phone: an advertisement above the header lines."""
    text = "\n".join(
        (*_broken(typed), "", "Get Outlook for iOS<https://aka.ms/o0ukef>", "_" * 32, _header_block(words), *LETTER)
    )
    reference = f'<div id="ms-outlook-mobile-reference-message">{LETTER_PAGE}</div>'
    return Reply(text, f'{_typed(typed)}<div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div>{reference}')


def apple(typed: tuple[str, ...], words: Language) -> Reply:
    """Apple Mail: the announcement is quoted too."""
    text = "\n".join((*_broken(typed), "", _marked((_attribution(words), "", *LETTER))))
    quote = f'<blockquote type="cite"><div>{html.escape(_attribution(words))}</div>{LETTER_PAGE}</blockquote>'
    return Reply(text, f"<html><body>{_typed(typed)}<br>{quote}</body></html>")


def iphone(typed: tuple[str, ...], words: Language) -> Reply:
    """An iPhone: a line of its own."""
    return apple((*typed, "", words.phone), words)


def thunderbird(typed: tuple[str, ...], words: Language) -> Reply:
    """Thunderbird: the reply stands under the quotation."""
    text = "\n".join(
        (f"{words.on} 05/01/26 09.02, Mailbot {words.wrote}", _marked(), "", *_broken(typed), "-- ", "Sekretaris")
    )
    return Reply(text, None)


def thunderbird_page(typed: tuple[str, ...], words: Language) -> Reply:
    """Thunderbird with HTML alone."""
    announced = f'<div class="moz-cite-prefix">{words.on} 05/01/26 09.02, Mailbot {words.wrote}</div>'
    return Reply(None, f'{announced}<blockquote type="cite">{LETTER_PAGE}</blockquote>{_typed(typed)}')


def zimbra(typed: tuple[str, ...], words: Language) -> Reply:
    """Zimbra: a ruled line with a mark."""
    text = "\n".join((*_broken(typed), "", f"----- {words.original} -----", _header_block(words), "", *LETTER))
    return Reply(text, f'{_typed(typed)}<hr id="zwchr" data-marker="__DIVIDER__"><div>{LETTER_PAGE}</div>')


def zimbra_conversation(typed: tuple[str, ...], words: Language) -> Reply:
    """Zimbra's text without the ruled line."""
    return Reply("\n".join((*_broken(typed), "", _header_block(words), "", *LETTER)), None)


def roundcube(typed: tuple[str, ...], words: Language) -> Reply:
    """Roundcube: day first, bottom posting."""
    return Reply(
        "\n".join((f"{words.on} 2026-01-05 09:02, Mailbot {words.wrote}", _marked(), "", *_broken(typed))), None
    )


def roundcube_page(typed: tuple[str, ...], words: Language) -> Reply:
    """Roundcube with HTML."""
    announced = f"{words.on} 2026-01-05 09:02, Mailbot {words.wrote}"
    page = f'{_typed(typed)}<p id="reply-intro">{announced}</p><blockquote type="cite">{LETTER_PAGE}</blockquote>'
    return Reply("\n".join((*_broken(typed), "", announced, "", _marked())), page)


def yahoo(typed: tuple[str, ...], words: Language) -> Reply:
    """Yahoo: announced, and not marked in the text."""
    text = "\n".join((*_broken(typed), "", f"    {_attribution(words)}  ", " ", *LETTER))
    announced = html.escape(_attribution(words))
    return Reply(text, f'{_typed(typed)}<div class="yahoo_quoted"><div>{announced}</div>{LETTER_PAGE}</div>')


def samsung(typed: tuple[str, ...], words: Language) -> Reply:
    """Samsung's program: a ruled line in words, in both renderings."""
    ruled = f"-------- {words.original} --------"
    text = "\n".join((*_broken(typed), "", ruled, _header_block(words), "", *LETTER))
    return Reply(text, f"{_typed(typed)}<div>{ruled}</div>{LETTER_PAGE}")


def whatsapp(typed: tuple[str, ...], words: Language) -> Reply:
    """The letter was read in a WhatsApp group, and copied from there under the answer; one paragraph, no marks."""
    stamp = "[05/01/26 09.02] Subbag Program:" if words is INDONESIAN else "[9:02 AM, 1/5/2026] Subbag Program:"
    copied = (f"{stamp} {LETTER[0]}", *LETTER[1:])
    return Reply("\n".join((*_broken(typed), "", *copied)), f"{_typed(typed)}<br>{_typed(copied)}")


CLIENTS: tuple[Callable[[tuple[str, ...], Language], Reply], ...] = (
    gmail,
    outlook,
    outlook_web,
    outlook_phone,
    apple,
    iphone,
    thunderbird,
    thunderbird_page,
    zimbra,
    zimbra_conversation,
    roundcube,
    roundcube_page,
    yahoo,
    samsung,
    whatsapp,
)


def as_mail(reply: Reply) -> bytes:
    """Put the renderings of a reply into a mail."""
    head = "From: sekretaris@disdukcapil.example.go.id\r\nSubject: Re: Draf\r\n"
    parts = [("plain", reply.text), ("html", reply.page)]
    shown = [f"Content-Type: text/{kind}; charset=utf-8\r\n\r\n{body}" for kind, body in parts if body is not None]
    if len(shown) == 1:
        return (head + shown[0]).encode()
    inner = "".join(f"--q\r\n{part}\r\n" for part in shown)
    return f"{head}Content-Type: multipart/alternative; boundary=q\r\n\r\n{inner}--q--\r\n".encode()
