"""Of many offices' readers few have a process at once; who has rested longest gives its own up."""

from __future__ import annotations

from threading import Event, Thread

from mailbot.reading.workbook.warm import AT_MOST, is_cold, turn


class _Reader:
    """Has a process, as long as nobody lets it rest."""

    def __init__(self, rested: list[int], number: int) -> None:
        """Know where it is written down."""
        self._rested, self._number = rested, number

    def rest(self) -> None:
        """Write it down."""
        self._rested.append(self._number)


def test_whoever_has_rested_longest_gives_its_process_up() -> None:
    """The one that reads again is behind; one that is cold takes no place."""
    rested: list[int] = []
    readers = [_Reader(rested, number) for number in range(AT_MOST + 2)]
    for reader in (*readers[:AT_MOST], readers[0], *readers[AT_MOST:]):
        with turn(reader):
            pass
    assert rested == [1, 2]
    for reader in readers:
        is_cold(reader)


def test_while_all_read_the_next_one_waits_for_a_turn() -> None:
    """However many come at once, the machine does not begin a process for each."""
    rested: list[int] = []
    readers = [_Reader(rested, number) for number in range(AT_MOST + 1)]
    ends, last, begun = Event(), Event(), [Event() for _ in range(AT_MOST)]

    def reads(reader: _Reader, begins: Event) -> None:
        with turn(reader):
            begins.set()
            ends.wait()

    threads = [Thread(target=reads, args=pair) for pair in zip(readers, [*begun, last], strict=True)]
    for thread, begins in zip(threads, begun, strict=False):
        thread.start()
        assert begins.wait(10)
    threads[-1].start()
    assert not last.wait(0.1)
    assert rested == []
    ends.set()
    for thread in threads:
        thread.join(10)
    assert len(rested) == 1
    assert last.is_set()
    for reader in readers:
        is_cold(reader)
