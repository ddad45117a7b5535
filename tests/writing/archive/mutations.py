"""Changes to an archive at random: bytes, lines, values and files, with its list put right or not."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from mailbot.writing.archive.checking.spelling import spread
from tests.writing.archive.forger import JOURNAL, RECORD, Forger


def mutated(archive: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """Return an archive in which one thing is otherwise, at least."""
    while True:
        changed = chance.choice((_byte, _file, _value, _line, _two))(archive, chance)
        if changed != archive:
            return changed


def _byte(archive: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """Change, take out or add some bytes of a file."""
    path = chance.choice([path for path, content in sorted(archive.items()) if content])
    content = bytearray(archive[path])
    at = chance.randrange(len(content))
    match chance.randrange(4):
        case 0:
            content[at] ^= 1 << chance.randrange(8)
        case 1:
            del content[at : at + chance.randrange(1, 40)]
        case 2:
            content[at:at] = chance.randbytes(chance.randrange(1, 20))
        case _:
            del content[at:]
    return archive | {path: bytes(content)}


def _file(archive: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """Take a file away, give it another name, lay it down twice, or add one."""
    path = chance.choice(sorted(archive))
    others = {name: content for name, content in archive.items() if name != path}
    other = f"{path}.{chance.randrange(9)}"
    return chance.choice(
        (others, others | {other: archive[path]}, archive | {other: archive[path]}, archive | {other: b""})
    )


def _two(archive: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """Put one file in another's place, or both in each other's."""
    one, other = chance.sample(sorted(archive), 2)
    if chance.random() < 0.5:
        return archive | {one: archive[other]}
    return archive | {one: archive[other], other: archive[one]}


def _line(archive: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """Take a line of the journal away, repeat it, or put two in each other's place; the list may be put right."""
    forger = Forger(archive)
    one, other = chance.sample(range(len(forger.lines)), 2)
    match chance.randrange(3):
        case 0:
            del forger.lines[one]
        case 1:
            forger.lines.insert(one, forger.lines[other])
        case _:
            forger.lines[one], forger.lines[other] = forger.lines[other], forger.lines[one]
    if chance.random() < 0.5:
        return forger.finish(papers=False, seal=False, chain=False)
    return archive | {JOURNAL: b"".join(json.dumps(line).encode() + b"\n" for line in forger.lines)}


def _value(archive: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """Change one value of the list, the journal or the record, spelled as it should be; the list may be put right."""
    path = chance.choice(("manifest.json", JOURNAL, RECORD))
    if path == JOURNAL:
        entries = [json.loads(line) for line in archive[JOURNAL].splitlines()]
        _changed(chance.choice(entries), chance)
        changed = b"".join(
            json.dumps(entry, sort_keys=True, separators=(",", ":")).encode() + b"\n" for entry in entries
        )
    else:
        told = json.loads(archive[path])
        _changed(told, chance)
        changed = spread(told)
    if path == RECORD and chance.random() < 0.5:
        forger = Forger(archive | {path: changed})
        return forger.finish(papers=False, seal=False, chain=False)
    return archive | {path: changed}


def _changed(told: Any, chance: random.Random) -> None:  # noqa: ANN401 - JSON may be anything
    """Change one of the values below."""
    inside, key = chance.choice(list(_places(told)))
    old = inside[key]
    others: tuple[Any, ...] = (None, True, 0, 7, "", "x", [], {}, "0" * 64, -1, 1.5, str(old)[:-1])
    inside[key] = chance.choice([other for other in others if other is not old])


def _places(told: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - as above
    """Yield every place of a value."""
    keys: Any = told.keys() if isinstance(told, dict) else range(len(told)) if isinstance(told, list) else ()
    for key in keys:
        yield told, key
        yield from _places(told[key])
