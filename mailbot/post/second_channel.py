"""The second channel: how the operator hears of trouble when mail itself is the trouble, by a program or a webhook."""

from __future__ import annotations

import os
import subprocess
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from mailbot.errors import PostUnavailable
from mailbot.post.https import post_json

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 30.0
_OK = range(200, 300)
_LONGEST_COMPLAINT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice, finished."""

    text: str
    """What a person reads."""
    state: str
    """`broken` or `recovered`; `ending` for what will end."""
    matter: str
    """Code of what is broken."""
    about: str
    """Which mailbox or login, or nothing."""
    since: str
    """ISO 8601; of what is ending, the end."""


def ring(notice: Notice, command: Sequence[str], webhook: str) -> None:
    """Give a notice to every channel there is; each gets it, whatever becomes of the others.

    Raises:
        PostUnavailable: a channel did not take it; nothing the channel said beyond one line is shown.
    """
    channels = [partial(_run, notice, command)] if command else []
    channels += [partial(_call, notice, webhook)] if webhook else []
    failed = []
    for channel in channels:
        try:
            channel()
        except PostUnavailable as away:
            failed.append(str(away))
    if failed:
        raise PostUnavailable(" ".join(failed))


def _run(notice: Notice, command: Sequence[str]) -> None:
    """Run the program, its words on standard input; nothing of our own environment but PATH goes along."""
    env = {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "MAILBOT_STATE": notice.state,
        "MAILBOT_MATTER": notice.matter,
    }
    try:
        ran = subprocess.run(  # noqa: S603 - the operator's own command, without a shell
            list(command),
            input=f"{notice.text}\n".encode(),
            env=env,
            timeout=SECONDS,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
    except subprocess.TimeoutExpired:
        raise PostUnavailable(f"watchdog.command {command[0]} did not end within {SECONDS:g} seconds.") from None
    except OSError as error:
        raise PostUnavailable(f"watchdog.command {command[0]} cannot be run: {error.strerror}.") from error
    if ran.returncode:
        said = " ".join(ran.stderr.decode("utf-8", "replace").split())[:_LONGEST_COMPLAINT]
        raise PostUnavailable(f"watchdog.command {command[0]} ended with exit code {ran.returncode}: {said}")


def _call(notice: Notice, webhook: str) -> None:
    """Post the notice as JSON."""
    status = post_json(webhook, asdict(notice), ca_file=None, seconds=SECONDS).status
    if status not in _OK:
        raise PostUnavailable(f"The webhook of the second channel answered with status {status}.")
