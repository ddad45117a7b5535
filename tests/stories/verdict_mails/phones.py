"""Replies as the mail programs of telephones write them, and what people copy together there."""

from __future__ import annotations

import html

from tests.stories.verdict_mails.letters import Letter, Words
from tests.stories.verdict_mails.replies import Reply, broken, joined, shown


def gmail_phone(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Gmail on a telephone: short lines, base64."""
    announced = f"{words.on} {letter.name} <{letter.address}> {words.wrote}:"
    text = joined(typed, "", announced, "", letter.marked())
    page = (
        f'<div dir="auto">{html.escape(typed[0])}{shown(typed[1:]) if typed[1:] else ""}</div><br><div '
        'class="gmail_quote">'
        f'<div dir="ltr" class="gmail_attr">{html.escape(announced)}<br></div><blockquote class="gmail_quote" '
        'style="margin:0 0 0 '
        f'.8ex;border-left:1px #ccc solid;padding-left:1ex">{letter.page}</blockquote></div>'
    )
    return Reply(text=text, page=page, encoding="base64")


def outlook_phone(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Outlook on a telephone: what it advertises stands between the word and the ruler."""
    get = "Get Outlook for Android" if words.wrote == "wrote" else "Dapatkan Outlook untuk Android"
    page = (
        '<html><head></head><body><div style="direction:ltr;font-family: Aptos, Calibri, Helvetica, '
        "sans-serif; font-size: 12pt; "
        f'color: rgb(0, 0, 0); background-color: rgb(255, 255, 255);">{shown(typed)}</div><div '
        'id="ms-outlook-mobile-body-separator-line" '
        'data-applydefaultfontstyles="true" style="font-size: 12pt;"><div><br></div></div><div '
        'id="ms-outlook-mobile-signature" '
        f'style="font-size: 12pt;"><div><br></div><a href="https://aka.ms/AAb9ysg">{get}</a></div>'
        '<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font '
        'face="Calibri, sans-serif" '
        f'style="font-size:11pt" color="#000000">{words.block_page(letter)}</font></div>{letter.page}</body></html>'
    )
    text = joined(typed, "", f"{get}<https://aka.ms/AAb9ysg>", "_" * 32, words.block(letter), "", letter.lines)
    return Reply(text=text, page=page, encoding="base64")


def iphone(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """An iPhone: its own line, then a quotation that begins with a sign nobody sees."""
    announced = words.announced(letter)
    signed = words.phone.format("iPhone")
    page = (
        '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">'
        f'{shown(typed)}<div dir="ltr"><br></div><div dir="ltr">{signed}</div><div dir="ltr"><br><blockquote '
        'type="cite">'
        f'{html.escape(announced)}<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">'
        f"\ufeff{letter.page}</div>"
        "</blockquote></body></html>"
    )
    text = joined(typed, "", signed, "", f"> {announced}", "> ", f"> \ufeff{letter.lines[0]}", letter.marked()[1:])
    return Reply(text=text, page=page, mailer="iPhone Mail (21C62)")


def samsung(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Samsung's program: its own line, dashes in words, header lines with other names."""
    names = ("From", "Date", "To", "Subject") if words.wrote == "wrote" else ("Dari", "Tanggal", "Ke", "Subjek")
    block = tuple(
        f"{name}: {value} "
        for name, value in zip(
            names, (letter.sender, "05/01/26  08.02  (GMT+07:00)", letter.to, letter.subject), strict=True
        )
    )
    ruled = f"-------- {words.original.capitalize()} --------"
    signed = words.phone.format("Galaxy")
    page = (
        f'<html><head></head><body><div dir="auto">{shown(typed)}</div><div dir="auto"><br></div><div '
        'dir="auto"><br></div>'
        '<div id="composer_signature" dir="auto"><div style="font-size:12px;color:#575757" dir="auto">'
        f"{signed}</div></div>"
        '<div dir="auto"><br></div><div align="left" dir="auto" style="font-size:100%;color:#000000"><div>'
        f"{ruled}</div>"
        f"{''.join(f'<div>{html.escape(line)}</div>' for line in block)}<div><br></div></div>"
        f"{letter.page}</body></html>"
    )
    return Reply(text=joined(typed, "", "", signed, "", ruled, block, letter.lines), page=page, encoding="base64")


def k9(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """The program K-9 and Thunderbird for Android: the quotation above or below, and a line under dashes."""
    on = "On 5 January 2026 08:02:11 GMT+07:00" if words.wrote == "wrote" else "Pada 5 Januari 2026 08.02.11 GMT+07.00"
    below = ("-- ", "Sent from my Android device with K-9 Mail. Please excuse my brevity.")
    if words.wrote != "wrote":
        below = ("-- ", "Dikirim dari perangkat Android saya dengan K-9 Mail. Harap maklumi keringkasan saya.")
    announced = f"{on}, {letter.sender} {words.wrote}:"
    page = (
        f'<!DOCTYPE html><html><body><div dir="auto">{"<br>".join(map(html.escape, typed))}<br><div '
        "class='k9mail-signature'>"
        f'{"<br>".join(below)}</div><br><br><div class="gmail_quote"><div dir="auto">'
        f"{html.escape(announced)}</div><blockquote "
        'class="gmail_quote" style="margin: 0pt 0pt 0pt 0.8ex; border-left: 1px solid rgb(204, 204, 204); '
        'padding-left: 1ex;">'
        f"{letter.page}</blockquote></div></div></body></html>"
    )
    return Reply(text=joined(typed, below, "", announced, letter.marked(">")), page=page)


def yahoo_phone(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Yahoo on a telephone: an advertisement, then what announces, unmarked."""
    get = "Yahoo Mail: Search, Organize, Conquer" if words.wrote == "wrote" else "Dikirim dari Yahoo Mail untuk Android"
    announced = f"{words.on} {letter.name} <{letter.address}> {words.wrote}:"
    page = (
        f'{shown(typed)}<br><br><div id="ymail_android_signature"><a id="ymail_android_signature_link" '
        f'href="https://mail.onelink.me/107872968?pid=nativeplacement">{get}</a></div> <br> <blockquote '
        'style="margin: 0 0 20px 0;"> '
        f'<div style="font-family:Roboto, sans-serif; color:#6D00F6;"> <div>{html.escape(announced)}</div> </div> <div '
        f'style="padding: 10px 0 0 20px; margin: 10px 0 0 0; border-left: 1px solid #6D00F6;"> {letter.page} '
        "</div> </blockquote>"
    )
    return Reply(text=joined(typed, "", get, " ", f"  {announced}  ", letter.lines), page=page)


def huawei(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """A Huawei or Xiaomi telephone: dashes in words, the subject first."""
    first, sent, to, subject = words.header
    block = (
        f"{subject}: {letter.subject}",
        f"{first}: {letter.sender}",
        f"{to}: {letter.to}",
        f"{sent}: 5 Jan 2026 08.02",
        "CC: ",
    )
    signed = "Dikirim dari telepon Huawei saya" if words.wrote != "wrote" else "Sent from my Huawei phone"
    return Reply(
        text=joined(typed, "", signed, f"-------- {words.original} --------", block, "", letter.lines), page=None
    )


def whatsapp(typed: tuple[str, ...], letter: Letter, _words: Words) -> Reply:
    """What was written in a group is copied into a new mail, with who wrote when before every piece."""
    copied = (f"[05/01/26 08.02] Subbag Program: {letter.lines[0]}", *letter.lines[1:12])
    return Reply(text=joined(typed, "", copied), page=None)


def copied_from_whatsapp(typed: tuple[str, ...], _letter: Letter, _words: Words) -> Reply:
    """Somebody else's words out of WhatsApp are all that the mail holds."""
    said = tuple(f"[05/01/26 09.14] Bpk Kadis: {line}" for line in typed if line)
    return Reply(text=joined(said), page=None)


def bare(typed: tuple[str, ...], _letter: Letter, _words: Words) -> Reply:
    """The word alone: what a link in our letter opens, or a program that quotes nothing."""
    return Reply(text=joined(typed), page=None)


def bare_page(typed: tuple[str, ...], _letter: Letter, _words: Words) -> Reply:
    """The same as a page without a text beside it."""
    return Reply(text=None, page=f"<html><body>{shown(typed)}</body></html>")


def unbroken(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """A page that holds everything in one paragraph."""
    quoted = "<br>".join(html.escape(line) for line in (*typed, "", words.announced(letter), *letter.marked()))
    return Reply(
        text=joined(broken(typed), "", words.announced(letter), letter.marked()),
        page=f"<html><body><p>{quoted}</p></body></html>",
    )
