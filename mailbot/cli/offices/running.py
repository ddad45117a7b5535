"""`mailbot run` over a folder of offices: one process, each office a daemon of its own in it."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from mailbot.cli.alone import alone
from mailbot.cli.offices.house import LOOK_SECONDS, House
from mailbot.cli.offices.log import logging_of_many
from mailbot.cli.offices.noting import Notes, place_of
from mailbot.cli.options import environment, now
from mailbot.heartbeat import Heartbeat
from mailbot.post.supervisor.notifying import supervisor_in
from mailbot.post.supervisor.pulse import Pulse, Signs, watched_over
from mailbot.writing.word.pdf import PdfMaker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailbot.settings.settings import Settings


class SharedPdf:
    """One LibreOffice for all offices, and one for those that want no letter without its PDF; begun when needed."""

    def __init__(self) -> None:
        """Begin nothing."""
        self._makers = {waits: PdfMaker(waits=waits) for waits in (False, True)}

    @contextmanager
    def __call__(self, settings: Settings) -> Iterator[PdfMaker | None]:
        """Give what makes an office's PDFs, if this machine can or the office wants no letter without."""
        maker = self._makers[not settings.pacing.leave_without_pdf]
        yield maker if maker.waits or maker.available() else None

    def close(self) -> None:
        """End what was begun."""
        for maker in self._makers.values():
            maker.close()


def run_offices(root: Path) -> None:
    """Serve every office of a folder until told to stop.

    Raises:
        LedgerProblem: another process serves the folder.
    """
    with ExitStack() as opened:
        opened.enter_context(logging_of_many())
        place = place_of(root, environment())
        opened.enter_context(alone(place))
        pulse, pdf = Pulse(now, time.monotonic), SharedPdf()
        opened.callback(pdf.close)
        house = House(root, environment, pdf, Notes(place, now))
        opened.callback(house.close)
        house.look()

        def beat() -> None:
            """Look into the folder; it is a sign of life while any office gets on."""
            house.look()
            if house.gets_on:
                pulse.clock()

        def every() -> int:
            """Return how many seconds lie between two looks."""
            return LOOK_SECONDS

        supervisor = supervisor_in(os.environ)
        opened.enter_context(watched_over(supervisor, Signs(supervisor, pulse, every)))
        Heartbeat(beat, tuple, every).run()
