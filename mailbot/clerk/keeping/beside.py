"""Work that is done beside the work on mail, in a thread that keeps no process from ending."""

from __future__ import annotations

from concurrent.futures import Future
from contextvars import copy_context
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


def beside(work: Callable[[], Result], name: str) -> Future[Result]:
    """Begin a piece of work in a thread of that name; return what will hold its result, or what it raised."""
    promised: Future[Result] = Future()

    def run() -> None:
        try:
            promised.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
            promised.set_exception(error)

    # Whose work it is, where one process works for several offices, stays known in the thread.
    Thread(target=copy_context().run, args=(run,), name=name, daemon=True).start()
    return promised
