"""One office at work among others: its daemon in a thread of its own, begun and left without the others noticing."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import ExitStack
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.cli.alone import alone
from mailbot.cli.daemon import Daemon
from mailbot.cli.log.beginning import introduce
from mailbot.cli.offices.claims import take_possession
from mailbot.cli.offices.log import working_for
from mailbot.cli.options import now
from mailbot.cli.process.looking_over import look_over
from mailbot.cli.wiring import ledger_of
from mailbot.errors import MailbotError, nameable
from mailbot.heartbeat import Heartbeat
from mailbot.post.supervisor.pulse import Pulse

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.cli.offices.claims import Claim
    from mailbot.cli.wiring import PdfMakers

_FAREWELL_SECONDS = 5.0
"""So long the thread of each watch is waited for; one that does not end by then ends with the process."""
_log = logging.getLogger("mailbot")


class State(StrEnum):
    """How an office is served."""

    BEGINS = "begins"
    WORKS = "works"
    HANGS = "hangs"
    """A pass has not got on for a long time."""
    REFUSED = "refused"
    LEFT = "left"
    """It was told to stop, and has."""


class Resident:
    """An office that is served; whatever goes wrong in it is its own trouble, and ends its own thread at most."""

    def __init__(self, claim: Claim, env: Callable[[], dict[str, str]], pdf: PdfMakers) -> None:
        """Take the office with its settings; nothing is opened before `begin`.

        Args:
            claim: the office, admitted to its places.
            env: gives its environment.
            pdf: gives what makes PDFs, which all offices share.
        """
        self.claim, self._env, self._pdf = claim, env, pdf
        self.trouble = ""
        """Why it is refused, empty while it is not."""
        self._pulse = Pulse(now, time.monotonic)
        self._poll_seconds = claim.settings.poll_seconds
        self._state = State.BEGINS
        self._heart: Heartbeat | None = None
        self._leaves = threading.Event()
        self._thread = threading.Thread(target=self._live, name=f"office {claim.office.called}", daemon=True)

    @property
    def state(self) -> State:
        """Return how it is served at this moment."""
        hangs = self._state is State.WORKS and not self._pulse.beats(self._poll_seconds)
        return State.HANGS if hangs else self._state

    @property
    def has_ended(self) -> bool:
        """Say whether its thread is over."""
        return not self._thread.is_alive()

    def begin(self) -> None:
        """Let it live, in a thread of its own."""
        self._thread.start()

    def leave(self) -> None:
        """Let it go after the pass under way: a mail that is being read is settled, or stays unsettled, whole."""
        self._leaves.set()
        if self._heart is not None:
            self._heart.stop()

    def wait(self) -> None:
        """Wait until it has left."""
        if self._thread.ident is not None:
            self._thread.join()

    def _live(self) -> None:
        """Open everything, and work until told to leave."""
        settings, office = self.claim.settings, self.claim.office
        with working_for(settings, office.called):
            try:
                self._work()
                self._state = State.LEFT
            except (MailbotError, OSError) as wrong:
                self._refuse(nameable(wrong))
            except Exception as wrong:  # noqa: BLE001 - one office's fault is no other's
                _log.exception("this office cannot be served; the others go on")
                self._refuse(nameable(wrong))

    def _refuse(self, why: str) -> None:
        """Note why it cannot be served."""
        self.trouble, self._state = why, State.REFUSED

    def _work(self) -> None:
        """Be the office's daemon; raises whatever keeps it from beginning."""
        settings, folder = self.claim.settings, self.claim.office.path
        look_over(settings.template_folders)
        with ExitStack() as opened:
            opened.enter_context(alone(settings.data_folder))
            with ledger_of(settings) as ledger:
                take_possession(ledger, self.claim)
            daemon = Daemon(folder, settings, clock=self._pulse.clock, env=self._env, pdf=self._pdf)
            opened.callback(daemon.close)
            lines = opened.enter_context(working_for(daemon.settings, self.claim.office.called))
            introduce(daemon.settings, now())

            def beat() -> None:
                """Make a pass, unless the folder is gone: then there is nothing by which to judge anything."""
                if self._leaves.is_set() or not folder.is_dir():
                    self._heart_of().stop()
                    return
                daemon.beat()
                self._poll_seconds = daemon.settings.poll_seconds
                if daemon.settings is not lines.settings:
                    lines.follow(daemon.settings)

            self._heart = Heartbeat(beat, daemon.watches, lambda: daemon.settings.poll_seconds)
            self._state = State.WORKS
            if not self._leaves.is_set():
                self._heart.run_among_others()
            daemon.let_go()
            self._heart.wait_for_watches(_FAREWELL_SECONDS)

    def _heart_of(self) -> Heartbeat:
        """Return the heart that beats; it is there once anything beats."""
        if self._heart is None:
            raise RuntimeError("nothing beats yet")
        return self._heart
