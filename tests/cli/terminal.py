"""A terminal: types a command, and gives back its exit code and what it printed."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mailbot.cli import main
from mailbot.ledger.ledger import open_ledger
from mailbot.settings.packaged import init
from tests.copied import closed_with_its_last_user
from tests.office import ToyOffice


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command came to."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """What stood on the screen, the boxes around errors taken away and their lines joined."""
        return " ".join((self.out.decode() + self.err).replace("│", " ").split())

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever a command prints
        """Standard output, read as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output, read as one JSON value a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def mailbot(*words: str | Path) -> Ran:
    """Type `mailbot` and these words."""
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    code = ended.value.code
    assert isinstance(code, int), f"no exit code but {code!r}"
    written = out.buffer
    assert isinstance(written, io.BytesIO)
    return Ran(code=code, out=written.getvalue(), err=err.getvalue())


def office_in(folder: Path) -> Path:
    """Make a configuration folder `kantor` with the sample office, and return it."""
    init(folder / "kantor")
    return folder / "kantor"


def worked_in(folder: Path) -> ToyOffice:
    """Return an office at work on the ledger that `office_in(folder)` names."""
    return ToyOffice(ledger=closed_with_its_last_user(open_ledger(f"sqlite:///{folder / 'ledger.db'}")))
