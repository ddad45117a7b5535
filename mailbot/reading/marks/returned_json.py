"""A returned file as it passes between the daemon and the reader's own process."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from mailbot.core.remarks.remark import Marked, Remark, RemarkSource
from mailbot.core.remarks.returned import Passage, ReturnedFile, ReturnedKind


def dump_returned(read: ReturnedFile) -> dict[str, Any]:
    """Return a read file as plain values."""
    return asdict(read)


def load_returned(values: dict[str, Any]) -> ReturnedFile:
    """Return the file that `dump_returned` made the values from.

    Raises:
        KeyError, ValueError, TypeError: the values are of another make.
    """
    marked = values["marked"]
    remarks = tuple(Remark(**one | {"source": RemarkSource(one["source"])}) for one in marked["remarks"])
    return ReturnedFile(
        **values
        | {
            "kind": ReturnedKind(values["kind"]),
            "marked": Marked(remarks=remarks, more=int(marked["more"]), damaged=tuple(map(str, marked["damaged"]))),
            "passages": tuple(Passage(**one) for one in values["passages"]),
        }
    )
