"""`mailbot run` as a process: it begins its log, is alone on its folder, beats, and gives signs of life."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from mailbot.cli.alone import alone
from mailbot.cli.daemon import Daemon
from mailbot.cli.log.beginning import follow, introduce, logging_by
from mailbot.cli.options import environment, now
from mailbot.cli.process.looking_over import look_over
from mailbot.heartbeat import Heartbeat
from mailbot.post.supervisor.notifying import supervisor_in
from mailbot.post.supervisor.pulse import Pulse, Signs, watched_over
from mailbot.settings.loading import load

if TYPE_CHECKING:
    from pathlib import Path


def run_daemon(folder: Path) -> None:
    """Beat until told to stop.

    Raises:
        ConfigProblem: the configuration is wrong; the daemon does not start.
        TemplateProblem: a template is missing or broken; likewise.
        LedgerProblem: the database cannot be used, or another daemon works on it.
    """
    settings = load(folder, environment())
    look_over(settings.template_folders)
    with logging_by(settings) as lines, alone(settings.data_folder):
        pulse = Pulse(now, time.monotonic)
        daemon = Daemon(folder, settings, clock=pulse.clock)
        follow(lines, daemon.settings)
        introduce(daemon.settings, now())  # what counts: an edit that lies in the folder may still wait

        def beat() -> None:
            """Make a pass; the log goes on by the settings that are in force after it."""
            daemon.beat()
            follow(lines, daemon.settings)

        def poll_seconds() -> int:
            """Return how many seconds lie between two passes at most."""
            return daemon.settings.poll_seconds

        try:
            supervisor = supervisor_in(os.environ)
            with watched_over(supervisor, Signs(supervisor, pulse, poll_seconds)):
                Heartbeat(beat, daemon.watches, poll_seconds).run()
        finally:
            daemon.close()
