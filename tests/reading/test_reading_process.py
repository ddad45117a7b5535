"""A mail is read in the reader's own process as it would be here; one that costs too much can kill it and no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mailbot.core.model.mail import Mail
from mailbot.reading.workbook.reader_process import FormReader
from mailbot.settings.files.limits import Limits
from tests.offices.long_names import SECRET
from tests.offices.long_names import long_named_office as office
from tests.reading.hostile import RECIPES
from tests.reading.mails import OURS, RECEIVED_AT, case_names, load_case, plain, read

LITTLE = plain("SETUJU\n")


@contextmanager
def reader(**limits: int) -> Iterator[FormReader]:
    """Give a reader with limits that no office could set."""
    with FormReader(office(), SECRET, Limits().model_copy(update=limits)) as opened:
        yield opened


def read_apart(opened: FormReader, raw: bytes, believed: tuple[str, ...] = ()) -> Mail:
    """Read a mail there as the office of the cases does here."""
    return opened.read_mail(raw, received_at=RECEIVED_AT, own_addresses=(OURS,), authserv_ids=believed)


def test_every_case_is_read_there_as_it_is_here() -> None:
    """Nothing of a mail is lost on the way: no word, no file, no oddity."""
    with reader() as opened:
        for name in case_names():
            raw, believed, _ = load_case(name)
            assert read_apart(opened, raw, believed) == read(raw, believed=believed), name


def test_a_mail_that_costs_too_much_is_known_by_its_sender_and_the_next_one_is_read() -> None:
    """The process dies of it; who sent it is known all the same, and no word of it is."""
    dear = RECIPES["one file of 17 MB"]().replace(b"kabid@", b"sekretaris@", 1)
    with reader(memory_mb=40) as opened:
        killed = read_apart(opened, dear + RECIPES["HTML: only tags"]())
        after = read_apart(opened, LITTLE)
    assert (killed.defects, killed.own_words, killed.attachments) == (("too_dear",), "", ())
    assert killed.senders == read(dear).senders
    assert after == read(LITTLE, believed=())
