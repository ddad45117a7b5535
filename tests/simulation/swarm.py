"""Which faults a seed meets at all, and how hard: each is drawn off, as usual, or at full strength."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

OFF: dict[str, str] = {}
"""Faults that no seed meets until the row of `docs/faults.md` that they break is mended, each with its reason."""

_OFTEN = ("off", "off", "off", "usual", "usual", "usual", "full")
_FULL, _AT_MOST = 6.0, 0.6


@dataclass(frozen=True, slots=True)
class Swarm:
    """The faults of one seed. A fault's lot depends on the seed and its name alone, not on what else is drawn."""

    seed: int
    _lots: dict[str, str] = field(default_factory=dict)

    def lot(self, name: str) -> str:
        """Return `off`, `usual` or `full`."""
        if name not in self._lots:
            chance = Random(f"{self.seed}/{name}")  # noqa: S311 - chance with a seed, to play by
            self._lots[name] = "off" if name in OFF else chance.choice(_OFTEN)
        return self._lots[name]

    def chance(self, name: str, usual: float) -> float:
        """Return how likely a fault is at each occasion in this seed."""
        lot = self.lot(name)
        if lot == "full":
            return max(usual, min(usual * _FULL, _AT_MOST))
        return 0.0 if lot == "off" else usual

    def often(self, name: str, usual: float) -> float:
        """Return how often a mishap befalls this seed on average."""
        return usual * {"off": 0.0, "usual": 1.5, "full": 4.0}[self.lot(name)]
