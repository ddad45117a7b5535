"""An edited draft against the data of today: what differs, what cannot be checked, what is another office's."""

from __future__ import annotations

from mailbot.core.draft.against_data import differences, of_version, unstamped
from mailbot.core.draft.document import Difference, DifferenceKind, tag_in
from tests.core.draft.documents import block, cell, document

TODAY = document(
    block("BAB III"),
    cell("IKU-05"),
    (cell("69,50"), "mb:IKU-05:actual"),
    (block("69,50"), "mb:IKU-05:actual"),
    (block("1"), "mb::version"),
    (block("Nama"), "mb::signer_name"),
)


def test_a_draft_that_says_what_the_data_say_has_no_difference() -> None:
    """Blanks that Word folds are none, and what we stamp is compared with nothing."""
    draft = document(
        cell("IKU-05"),
        (cell("69,50 "), "mb:IKU-05:actual"),
        (block("69,50"), "mb:IKU-05:actual"),
        (block("7"), "mb::version"),
    )
    assert differences(draft, TODAY) == ()


def test_a_figure_that_differs_is_named_with_its_table() -> None:
    """Tabel 3.2, IKU-05: 67,50 in the draft, 69,50 in the data; each place by itself, the same place once."""
    draft = document((cell("67,50"), "mb:IKU-05:actual"), (cell("67,50"), "mb:IKU-05:actual"))
    assert differences(draft, TODAY) == (
        Difference(
            kind=DifferenceKind.DIFFERS,
            code="IKU-05",
            table="Tabel 3.2",
            heading="BAB III",
            in_draft="67,50",
            in_data="69,50",
        ),
    )


def test_a_figure_may_be_written_in_each_way_that_the_report_has_for_it() -> None:
    """With the sign of the currency in a sentence, without it in a table."""
    today = document((block("Rp1.000"), "mb::spent"), (cell("1.000"), "mb::spent"))
    assert differences(document((block("1.000"), "mb::spent"), (cell("Rp1.000"), "mb::spent")), today) == ()


def test_an_anchor_that_is_gone_is_counted_where_it_stood() -> None:
    """It stood in a table and in a text: nobody can check either; where none is left, nothing at all."""
    assert differences(document(block("Isi")), TODAY) == (Difference(kind=DifferenceKind.GONE, code="", count=2),)
    assert differences(document((block("Isi"), "mb::date")), TODAY) == differences(document(block("Isi")), TODAY)
    assert differences(document((block("Isi"), "mb::other")), TODAY) == (
        Difference(kind=DifferenceKind.GONE, code="IKU-05", table="Tabel 3.2"),
        Difference(kind=DifferenceKind.GONE, code="IKU-05", heading="BAB III"),
    )


def test_a_figure_that_the_report_does_not_have_is_nobodys() -> None:
    """A copied anchor of a former year is compared with nothing."""
    draft = document(*zip(TODAY.blocks[2:4], ("mb:IKU-05:actual",) * 2, strict=True), (block("3"), "mb:IKU-99:actual"))
    assert differences(draft, TODAY) == ()


def test_a_table_of_another_office_is_noticed() -> None:
    """Its codes stand nowhere in our report; at most three are named, and all are counted."""
    codes = ("IKU-05", "BM-01", "BM-02", "1.03.02.2.01.0005", "BM-03", "BM-01", "Jalan mantap")
    pasted = [cell(code, table="Tabel 9", number=5) for code in codes]
    draft = document(*zip(TODAY.blocks[2:4], ("mb:IKU-05:actual",) * 2, strict=True), *pasted, block("BM-77"))
    assert differences(draft, TODAY) == (
        Difference(
            kind=DifferenceKind.FOREIGN,
            code="BM-01, BM-02, 1.03.02.2.01.0005",
            table="Tabel 9",
            heading="BAB III",
            count=4,
        ),
    )


def test_what_we_can_no_longer_stamp_is_named() -> None:
    """Only what the report has can be missing."""
    draft = document((block("1"), "mb::version"))
    assert unstamped(draft, TODAY) == ("mb::signer_name",)
    assert (of_version(draft, 1), of_version(draft, 2), of_version(document(block("1")), 2)) == ("", "1", "")


def test_the_tag_stands_in_the_name_of_our_bookmarks_and_of_no_other() -> None:
    """However a program writes colons."""
    assert tag_in("mb:IKU-05:actual:17") == tag_in("mb%3AIKU-05%3Aactual%3A17") == "mb:IKU-05:actual"
    assert tag_in("mb%25253AIKU-05%253Aactual%3A17") == "mb:IKU-05:actual"
    assert tag_in("mb%3A2.12.02.2.01.0004%3Aoutput_target%3") == "mb:2.12.02.2.01.0004:output_target"
    assert tag_in("_Toc0001") == tag_in("mb:IKU-05:actual") == ""
