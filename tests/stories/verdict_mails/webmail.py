"""Replies as mail programs in a browser write them."""

from __future__ import annotations

import html

from tests.stories.verdict_mails.letters import Letter, Words
from tests.stories.verdict_mails.replies import Reply, broken, flowing, joined, shown


def gmail(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Gmail in a browser: announced over two lines, marked, and HTML beside it."""
    announced = f"{words.on} {letter.name} <\n{letter.address}> {words.wrote}:"
    quote = (
        '<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">'
        f"{html.escape(words.announced(letter))}"
        '<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid '
        "rgb(204,204,204);"
        f'padding-left:1ex">{letter.page}</blockquote></div>'
    )
    return Reply(
        text=joined(broken(typed), "", announced, "", letter.marked()),
        page=f'<div dir="ltr">{shown(typed)}</div><br>{quote}',
    )


def outlook_web(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Outlook in a browser, and the new Outlook: a ruler, then header lines."""
    style = (
        "font-family: Aptos, Aptos_EmbeddedFont, Calibri, Helvetica, sans-serif; font-size: 12pt; color: rgb(0, 0, 0);"
    )
    lines = "".join(
        f'<div class="elementToProof" style="{style}">{html.escape(line) if line else "<br>"}</div>' for line in typed
    )
    page = (
        '<html><head><style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style></head>'
        f'<body dir="ltr">{lines}<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">'
        f"{words.block_page(letter)}</font><div>&nbsp;</div></div>{letter.page}</body></html>"
    )
    return Reply(text=joined(typed, "_" * 32, words.block(letter), "", letter.lines), page=page, charset="iso-8859-1")


def zimbra(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Zimbra: a ruler with a marker in the page, words in the text."""
    first, sent, to, subject = words.header
    block = (
        f'{first}: "{letter.name}" <{letter.address}>',
        f'{to}: "sekretaris" <{letter.to}>',
        f"{sent}: {words.stamp}",
        f"{subject}: {letter.subject}",
    )
    page = (
        '<html><body><div style="font-family: arial, helvetica, sans-serif; font-size: 12pt; color: #000000">'
        f'{shown(typed)}<div><br></div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">'
        f"{'<br>'.join(f'<b>{html.escape(line)}</b>' for line in block)}</div><div><br></div>"
        f'<div data-marker="__QUOTED_TEXT__">{letter.page}</div></div></body></html>'
    )
    return Reply(
        text=joined(typed, "", f"----- {words.original} -----", block, "", letter.lines),
        page=page,
        mailer="Zimbra 8.8.15_GA_4717 (ZimbraWebClient - GC120 (Win)/8.8.15_GA_4717)",
    )


def zoho(typed: tuple[str, ...], letter: Letter, _words: Words) -> Reply:
    """Zoho: dashes around what announces, the same in every language."""
    announced = f"---- On Mon, 05 Jan 2026 08:02:11 +0700 {letter.sender} wrote ---"
    page = (
        '<!DOCTYPE html><html><head><meta content="text/html;charset=UTF-8" http-equiv="Content-Type"></head>'
        "<body ><div "
        f'style="font-family: Verdana, Arial, Helvetica, sans-serif; font-size: 10pt;">{shown(typed)}<div '
        'class="zmail_extra_hr" '
        'style="border-top: 1px solid rgb(204, 204, 204); height: 0px; margin-top: 10px; margin-bottom: 10px;'
        " line-height: "
        '0px;"><br></div><div class="zmail_extra" data-zbluepencil-ignore="true"><div><br></div><div '
        'id="Zm-_Id_-Sgn1">'
        f'{html.escape(announced)}<br></div><div><br></div><blockquote id="blockquote_zmail" style="margin: '
        f'0px;">{letter.page}'
        "</blockquote></div><div><br></div></div><br></body></html>"
    )
    return Reply(text=joined(typed, "", "", "", announced, "", letter.lines), page=page, mailer="Zoho Mail")


def yahoo(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Yahoo in a browser: announced, and nothing is marked in the text."""
    announced = words.announced(letter)
    style = "font-family:Helvetica Neue, Helvetica, Arial, sans-serif;font-size:16px;"
    page = (
        f'<html><head></head><body><div class="ydp1a2byahoo-style-wrap" style="{style}">{shown(typed)}<div>'
        "<br></div></div>"
        f'<div id="ydp9yahoo_quoted_1" class="ydp9yahoo_quoted"><div style="{style}color:#26282a;"><div>'
        f"{html.escape(announced)}"
        f"</div><div><br></div><div>{letter.page}</div></div></div></body></html>"
    )
    text = joined(typed, "", f"    {announced}  ", " ", tuple(f" {line}" for line in letter.lines))
    return Reply(text=text, page=page, mailer="WebService/1.1.22945 YMailNovation")


def roundcube(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Roundcube in plain text: the reply stands below."""
    announced = f"{words.on.split(' ')[0]} 2026-01-05 08:02, {letter.name} {words.wrote}:"
    return Reply(
        text=joined(announced, letter.marked(), "", flowing(typed)),
        page=None,
        flowed=True,
        encoding="7bit",
        mailer="Roundcube Webmail/1.6.6",
    )


def roundcube_page(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Roundcube with HTML: the reply stands above."""
    announced = f"{words.on.split(' ')[0]} 2026-01-05 08:02, {letter.name} {words.wrote}:"
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /></head><body '
        "style='font-size: "
        f'10pt; font-family: Verdana,Geneva,sans-serif\'>{shown(typed, "p")}<p id="reply-intro">'
        f"{announced}</p><blockquote "
        'type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0"><div id="replybody1">'
        f"{letter.page}</div></blockquote></body></html>"
    )
    return Reply(text=joined(typed, "", announced, "", letter.marked()), page=page, mailer="Roundcube Webmail/1.6.6")


def squirrelmail(typed: tuple[str, ...], letter: Letter, _words: Words) -> Reply:
    """SquirrelMail: plain text, a charset of its time, the reply below and a name under dashes."""
    announced = f"On Mon, January 5, 2026 8:02 am, {letter.name} wrote:"
    return Reply(
        text=joined(announced, letter.marked(), "", broken(typed), "", ""),
        page=None,
        charset="iso-8859-1",
        encoding="8bit",
        mailer="SquirrelMail/1.4.23 [SVN]",
    )


def horde(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Horde: it quotes somebody."""
    quotes = "Quoting" if words.wrote == "wrote" else "Mengutip"
    return Reply(
        text=joined(f"{quotes} {letter.sender}:", "", letter.marked(), "", typed),
        page=None,
        mailer="Horde Application Framework 5",
    )


def proton(typed: tuple[str, ...], letter: Letter, _words: Words) -> Reply:
    """Proton: an advertisement, then a day in full."""
    announced = f"On Monday, January 5th, 2026 at 8:02 AM, {letter.sender} wrote:"
    page = (
        f'<div style="font-family: Arial, sans-serif; font-size: 14px;">{shown(typed)}</div><div '
        'style="font-family: Arial, '
        'sans-serif; font-size: 14px;"><br></div><div class="protonmail_signature_block" style="font-family: '
        "Arial, sans-serif; "
        'font-size: 14px;"><div class="protonmail_signature_block-proton">Sent with <a target="_blank" '
        'href="https://proton.me/mail/home" rel="noopener noreferrer">Proton Mail</a> secure email.</div></div><div '
        f'class="protonmail_quote">{html.escape(announced)}<br><blockquote class="protonmail_quote" '
        f'type="cite">{letter.page}'
        "</blockquote><br></div>"
    )
    text = joined(
        typed,
        "",
        "Sent with [Proton Mail](https://proton.me/mail/home) secure email.",
        "",
        announced,
        "",
        letter.marked(),
    )
    return Reply(text=text, page=page)


def mail_ru(typed: tuple[str, ...], letter: Letter, _words: Words) -> Reply:
    """Mail.ru and myMail: announced with a bullet in another alphabet, HTML beside it."""
    announced = f"5 \u044f\u043d\u0432\u0430\u0440\u044f 2026, 8:02 +07:00 \u043e\u0442 {letter.sender}:"
    quote = f'<blockquote style="border-left:1px solid #0857A6; margin:10px;">{letter.page}</blockquote>'
    page = f"<HTML><BODY>{shown(typed)}<br>{html.escape(announced)}<br>{quote}</BODY></HTML>"
    return Reply(text=joined(typed, "", announced, letter.marked(">")), page=page, encoding="base64")
