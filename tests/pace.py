"""How slow this machine is just now, so that a limit of computing time speaks of the program and not of the machine."""

from __future__ import annotations

import re
import time

REFERENCE_SECONDS = 0.01
"""What the piece of work takes on the machine that the limits are given for, when it does nothing else."""
_TEXT = "Yth. Kepala Bidang <kabid@example.go.id>, data sampai hari Rabu. " * 200
_WORD = re.compile(r"[a-z]+@?")


def slowness() -> float:
    """Return how many times as much CPU time a piece of work takes here as on the machine of reference, at least 1."""
    began = time.process_time()
    for _ in range(4):
        counted: dict[str, int] = {}
        for word in _WORD.findall(_TEXT):
            counted[word] = counted.get(word, 0) + 1
        "".join(sorted(_TEXT))
    return max(1.0, (time.process_time() - began) / REFERENCE_SECONDS)
