"""Version, date and signatory are stamped into an edited file, whatever program saved it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mailbot.reading.document.document import read_document
from mailbot.reading.workbook.workbook import USUAL_LIMITS
from mailbot.writing.edited.stamping import stamped
from tests.writing.edited.small_documents import (
    GOOGLE,
    LIBREOFFICE,
    STRICT,
    WPS,
    Elsewhere,
    docx,
    figure,
    members_of,
    paragraph,
    run,
    with_body,
)

CONTENT = docx(
    paragraph(run("Versi "), figure("mb::version", "1")),
    paragraph(figure("mb::signer_name", "Nama Lama"), figure("mb:IKU-05:actual", "69,50")),
)
TEXTS = {"mb::version": "2", "mb::signer_name": "Nama Baru", "mb:IKU-05:actual": "1,00"}


@pytest.mark.parametrize("program", [Elsewhere(), WPS, STRICT, LIBREOFFICE])
def test_our_anchors_say_what_we_stamp_and_no_other_figure_is_touched(program: Elsewhere) -> None:
    """By the control, or by the bookmark where the control is gone."""
    made = stamped(program.saves(CONTENT), TEXTS)
    read = read_document(made, USUAL_LIMITS)
    assert [(one.tag, one.text) for one in read.figures] == [
        ("mb::version", "2"),
        ("mb::signer_name", "Nama Baru"),
        ("mb:IKU-05:actual", "69,50"),
    ]
    assert stamped(made, TEXTS) is made


def test_a_file_without_our_anchors_stays_as_it_is() -> None:
    """There is nothing to stamp; the letter says so."""
    content = GOOGLE.saves(CONTENT)
    assert stamped(content, TEXTS) is content


def test_an_emptied_control_says_it_again() -> None:
    """Somebody deleted the text and left the control."""
    hollow = docx(
        '<w:p><w:sdt><w:sdtPr><w:tag w:val="mb::version"/></w:sdtPr><w:sdtContent/></w:sdt></w:p>',
        '<w:p><w:bookmarkStart w:id="1" w:name="mb::version:1"/><w:bookmarkEnd w:id="1"/></w:p>',
        '<w:p><w:bookmarkStart w:id="2" w:name="mb::version:2"/><w:r><w:t>x</w:t></w:r></w:p>',
    )
    read = read_document(stamped(hollow, TEXTS), USUAL_LIMITS)
    assert read.figures[0].text == "2"


def test_what_libreoffice_makes_of_names_and_counts_is_undone() -> None:
    """Saved twice, a colon is `%253A`; a caption that began anew would count on when the file is opened next."""
    begin, then, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))

    def caption(number: int, switch: str = "") -> str:
        told = f"<w:r><w:instrText> SEQ Tabel \\* ARABIC {switch}</w:instrText></w:r>"
        return paragraph(run("Tabel "), begin, told, then, run(str(number)), end)

    twice = replace(LIBREOFFICE, colons="%253A").saves(CONTENT)
    made = stamped(with_body(twice, "".join(map(caption, (1, 2, 1, 2)))), TEXTS)
    body = members_of(made)["word/document.xml"].decode()
    assert "%25" not in body
    assert [("\\r 1" in told) for told in re.findall(r"<w:instrText[^>]*>([^<]*)", body)] == [False, False, True, False]
    assert ("mb::version", "2") in [(one.tag, one.text) for one in read_document(made, USUAL_LIMITS).figures]
    assert stamped(made, TEXTS) is made
