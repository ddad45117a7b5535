"""The table of slips (`slips.txt`): one place of a file of the small office changed, and what is said of the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mailbot.core.codes.languages import Language
from mailbot.settings.folder import parse
from mailbot.settings.sayings.catalogue import problems_of
from tests.settings.folders import HERE, SMALL

TABLE = HERE / "slips.txt"
_SIGNS = {"⏎": "\n", "⇥": "\t", "⍽": "\N{NO-BREAK SPACE}", "∅": "\N{ZERO WIDTH SPACE}", "¬": "\N{SOFT HYPHEN}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One slip: where, what stood there, what stands there now, and what is said of it."""

    name: str
    file: str
    old: str
    new: str
    told: tuple[str, ...]

    def said(self) -> tuple[str, ...]:
        """Return what is said of the file now, in Indonesian, a line each."""
        text = (SMALL / self.file).read_text(encoding="utf-8")
        old, new = _signs(self.old), _signs(self.new)
        assert text.count(old) >= 1, f"{self.name}: {self.file} holds no {old!r}"
        changed = text.replace(old, new, 1).encode()
        _, _, mistakes = parse(Path(), {self.file.removesuffix(".yaml"): changed})
        return tuple(map(str, problems_of(mistakes, Language.INDONESIAN)))


def slips() -> list[Slip]:
    """Return the table."""
    blocks = TABLE.read_text(encoding="utf-8").split("\n== ")[1:]
    return [_slip(block.splitlines()) for block in blocks]


def _slip(lines: list[str]) -> Slip:
    """Return one slip."""
    name, file, old, new, *told = (line for line in lines if line)
    return Slip(name=name, file=file, old=old[2:], new=new[2:], told=tuple(line[2:] for line in told))


def _signs(text: str) -> str:
    """Return a change as it stands in the file."""
    return "".join(_SIGNS.get(sign, sign) for sign in text)


def write_anew() -> None:
    """Write down for every slip what is said of it now."""
    head = TABLE.read_text(encoding="utf-8").partition("\n== ")[0]
    blocks = [
        f"\n== {slip.name}\n{slip.file}\n- {slip.old}\n+ {slip.new}\n" + "".join(f"> {line}\n" for line in slip.said())
        for slip in slips()
    ]
    TABLE.write_text(head + "".join(blocks), encoding="utf-8")


if __name__ == "__main__":
    write_anew()
