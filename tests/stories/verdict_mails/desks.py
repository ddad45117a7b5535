"""Replies as the mail programs of desks write them: text, page, or both."""

from __future__ import annotations

import html

from tests.stories.verdict_mails.letters import Letter, Words
from tests.stories.verdict_mails.replies import Reply, flowing, joined, shown


def outlook(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Outlook on a desk, which writes as Word does."""
    lines = "".join(
        f'<p class=MsoNormal><span style=\'font-size:11.0pt;font-family:"Calibri",sans-serif;color:#1F497D;'
        f"mso-fareast-language:EN-US'>{html.escape(line) if line else '<o:p>&nbsp;</o:p>'}<o:p></o:p></span></p>\r\n"
        for line in (*typed, "")
    )
    page = (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15 '
        '(filtered medium)"><style><!--\r\n@font-face\r\n\t{font-family:Calibri;\r\n\tpanose-1:2 15 5 2 2 2 '
        "4 3 2 4;}\r\n"
        "p.MsoNormal, li.MsoNormal, div.MsoNormal\r\n\t{margin:0cm;\r\n\tfont-size:11.0pt;\r\n\tfont-family:"
        '"Calibri",sans-serif;}\r\na:link, span.MsoHyperlink\r\n\t{mso-style-priority:99;\r\n\tcolor:#0563C1;\r\n\t'
        "text-decoration:underline;}\r\nspan.EmailStyle19\r\n\t{mso-style-type:personal-reply;"
        "\r\n\tcolor:windowtext;}\r\n"
        "@page WordSection1\r\n\t{size:612.0pt 792.0pt;\r\n\tmargin:72.0pt 72.0pt 72.0pt 72.0pt;}\r\n--></style></head>"
        '<body lang=IN link="#0563C1" vlink="#954F72" style=\'word-wrap:break-word\'><div class=WordSection1>'
        f"{lines}<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>"
        f"<p class=MsoNormal>{words.block_page(letter)}<o:p></o:p></p></div>{letter.page}</div></body></html>"
    )
    return Reply(
        text=joined(typed, "", words.block(letter), "", letter.lines),
        page=page,
        charset="windows-1252",
        mailer="Microsoft Outlook 16.0",
    )


def apple_mail(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Apple Mail on a desk: what announces is marked, too."""
    announced = words.announced(letter)
    page = (
        '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body '
        'style="overflow-wrap: '
        f'break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">{shown(typed)}<div><br><blockquote '
        f'type="cite"><div>{html.escape(announced)}</div><br class="Apple-interchange-newline"><div>{letter.page}</div>'
        "</blockquote></div><br></body></html>"
    )
    return Reply(
        text=joined(typed, "", f"> {announced}", "> ", letter.marked()), page=page, mailer="Apple Mail (2.3776.700.51)"
    )


def thunderbird(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Thunderbird in plain text: the reply stands below what it answers, and lines flow."""
    below = (*flowing(typed), "", "-- ", "Kantor Dinas")
    return Reply(
        text=joined(f"{words.on.split(' ')[0]} 05/01/26 08.02, {letter.name} {words.wrote}:", letter.marked(), below),
        page=None,
        flowed=True,
        encoding="8bit",
        mailer="Mozilla Thunderbird",
    )


def thunderbird_page(typed: tuple[str, ...], letter: Letter, words: Words) -> Reply:
    """Thunderbird in HTML, below."""
    announced = f"{words.on.split(' ')[0]} 05/01/26 08.02, {letter.name} {words.wrote}:"
    page = (
        '<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body>'
        f'<div class="moz-cite-prefix">{announced}<br></div><blockquote type="cite" '
        f'cite="mid:{letter.message_id[1:-1]}">'
        f'{letter.page}</blockquote><p><br></p>{shown(typed, "p")}<div class="moz-signature">-- <br>Kantor '
        "Dinas</div></body></html>"
    )
    return Reply(text=joined(announced, letter.marked(), "", typed, "", "-- ", "Kantor Dinas"), page=page)


def foxmail(typed: tuple[str, ...], letter: Letter, _words: Words) -> Reply:
    """Foxmail and WPS Mail: header lines in Chinese, base64."""
    block = (
        f"\u53d1\u4ef6\u4eba\uff1a {letter.name}",
        "\u53d1\u9001\u65f6\u95f4\uff1a 2026-01-05 08:02",
        f"\u6536\u4ef6\u4eba\uff1a {letter.to}",
        f"\u4e3b\u9898\uff1a {letter.subject}",
    )
    page = (
        '<html><head><meta http-equiv="content-type" content="text/html; charset=UTF-8"><style>body { '
        "line-height: 1.5; }"
        "blockquote { margin-top: 0px; margin-bottom: 0px; margin-left: 0.5em; }</style></head><body>"
        f'{shown(typed)}<div><br></div><hr style="width: 210px; height: 1px;" color="#b5c4df" size="1" align="left">'
        '<blockquote style="margin-Top: 0px; margin-Bottom: 0px; margin-Left: 0.5em">'
        f"{'<br>'.join(map(html.escape, block))}"
        f"<div>{letter.page}</div></blockquote></body></html>"
    )
    return Reply(
        text=joined(typed, "", "", "", block, letter.lines),
        page=page,
        encoding="base64",
        mailer="Foxmail 7.2.25.254[en]",
    )


def notes(typed: tuple[str, ...], letter: Letter, _words: Words) -> Reply:
    """HCL Notes: dashes and a name."""
    return Reply(
        text=joined(
            typed,
            "",
            f"-----{letter.name} wrote: -----",
            f"To: {letter.to}",
            f"From: {letter.sender}",
            "Date: 01/05/2026 08:02AM",
            f"Subject: {letter.subject}",
            "",
            letter.lines,
        ),
        page=None,
    )


def groupwise(typed: tuple[str, ...], letter: Letter, _words: Words) -> Reply:
    """GroupWise: three marks on either side."""
    return Reply(
        text=joined(typed, "", f">>> {letter.name} <{letter.address}> 05/01/2026 08:02 >>>", letter.lines), page=None
    )


def evolution(typed: tuple[str, ...], letter: Letter, _words: Words) -> Reply:
    """Evolution: the day in figures."""
    return Reply(
        text=joined(f"On Mon, 2026-01-05 at 08:02 +0700, {letter.name} wrote:", letter.marked(), "", typed, ""),
        page=None,
    )


def em_client(typed: tuple[str, ...], letter: Letter, _words: Words) -> Reply:
    """The program eM Client: six dashes, then header lines with short names."""
    block = (
        f'From "{letter.name}" <{letter.address}>',
        f"To {letter.to}",
        "Date 05/01/2026 8:02:11",
        f"Subject {letter.subject}",
    )
    page = (
        f'<html><head></head><body>{shown(typed)}<div><br></div><div id="x1"><div>------ Original Message ------</div>'
        + "".join(f"<div>{html.escape(line)}</div>" for line in block)
        + f'</div><div><br></div><blockquote cite="{letter.message_id[1:-1]}" type="cite">'
        f"{letter.page}</blockquote></body></html>"
    )
    return Reply(text=joined(typed, "", "------ Original Message ------", block, "", letter.marked(">")), page=page)
