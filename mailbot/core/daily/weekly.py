"""What the Kepala Dinas is told once a week while a cycle runs: one line a cycle, and nothing that he has to do."""

from dataclasses import dataclass
from typing import ClassVar

from mailbot.core.model.letters import About, LetterKind
from mailbot.core.model.letters_to_operator import Glance


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly(About):
    """To the Kepala Dinas: how the cycles stand about which nothing else was written to him in the week."""

    letter_kind: ClassVar = LetterKind.WEEKLY
    needs: ClassVar = ()
    cycles: tuple[Glance, ...]
