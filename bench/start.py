"""What a start costs: the CPU of whole processes beyond an empty Python, and of loading a configuration."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from mailbot.rehearsal.cast import PASSWORD, accounts
from mailbot.rehearsal.sandbox import fresh_folder, point_at
from mailbot.rehearsal.server import EmbeddedServer
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from tests.yaml_files import rewritten, write

ROUNDS = 9
INDICATORS = (15, 500)
_EMPTY = ("-c", "pass")
_NAMES_ITS_MODULES = """
import atexit, sys
atexit.register(lambda: open(sys.argv[1], "w").write("\\n".join(sys.modules)))
from mailbot.cli import main
main(sys.argv[2:])
"""
_ONLY_IMPORTS = """
import contextlib, gc, importlib, sys
gc.disable()
for name in open(sys.argv[1]).read().split("\\n"):
    with contextlib.suppress(ImportError):
        importlib.import_module(name)
gc.freeze()
"""
"""Collects no garbage, as the command hardly does: what is left is the price of the code."""
_SECRETS = {"MAILBOT_IMAP_PASSWORD": PASSWORD, "MAILBOT_SMTP_PASSWORD": PASSWORD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """CPU seconds of a process beyond an empty Python started beside it, one figure for each round."""

    name: str
    seconds: tuple[float, ...]


def main() -> None:
    """Print what each command costs, and what loading costs."""
    with _office() as config:
        commands = {
            "mailbot --help": ("-m", "mailbot", "--help"),
            "mailbot status": ("-m", "mailbot", "--config", str(config), "status"),
            "mailbot tick, idle": ("-m", "mailbot", "--config", str(config), "tick"),
            "  its imports alone": ("-c", _ONLY_IMPORTS, str(config / "modules")),
        }
        for _ in range(2):
            _cpu_seconds(("-c", _NAMES_ITS_MODULES, str(config / "modules"), "--config", str(config), "tick"))
        empty, found = beyond_empty(commands)
    print(f"Start: CPU of the whole process, its children's too, beyond an empty Python; median of {ROUNDS} rounds")
    print(f"  {'an empty Python itself':<40}{statistics.median(empty):>7.2f} s")
    for one in found:
        low, middle, high = statistics.quantiles(one.seconds, n=4)
        print(f"  {one.name:<40}{middle:>7.2f} s   middle half {low:.2f} - {high:.2f}")
    for count in INDICATORS:
        print(f"  {f'loading a configuration, {count} indicators':<40}{loading_seconds(count):>7.3f} s")


def beyond_empty(commands: dict[str, tuple[str, ...]]) -> tuple[tuple[float, ...], tuple[Beyond, ...]]:
    """Return what an empty Python took in each round, and what each command took beyond it in the same round."""
    empty: list[float] = []
    seen: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        empty.append(_cpu_seconds(_EMPTY))
        for name, words in commands.items():
            seen[name].append(_cpu_seconds(words) - empty[-1])
    return tuple(empty), tuple(Beyond(name=name, seconds=tuple(taken)) for name, taken in seen.items())


def loading_seconds(indicators: int) -> float:
    """Return the CPU seconds of loading the sample office with that many indicators, the median, in a warm process."""
    with TemporaryDirectory(prefix="mailbot-bench-") as name:
        config = _with_indicators(Path(name) / "config", indicators)
        assert len(load(config, {}).office().indicators) == indicators
        taken = []
        for _ in range(ROUNDS):
            began = time.process_time()
            load(config, {}).office()
            taken.append(time.process_time() - began)
    return statistics.median(taken)


def _with_indicators(config: Path, count: int) -> Path:
    """Copy the sample office and repeat its indicators, each under a code of its own, until there are so many."""
    shutil.copytree(sample_folder(), config)
    path = config / "indicators.yaml"
    content = rewritten(path)
    listed = content["indicators"]
    content["indicators"] = [{**listed[number % len(listed)], "code": f"IKU-{number:03}"} for number in range(count)]
    write(path, content)
    return config


def _cpu_seconds(words: tuple[str, ...]) -> float:
    """Return the CPU seconds, user and system, of a Python with these words and of the children it has waited for."""
    silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    started = os.posix_spawn(sys.executable, (sys.executable, *words), os.environ | _SECRETS, file_actions=silent)
    _, status, used = os.wait4(started, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code == 0, f"{' '.join(words)}: exit code {code}"
    return used.ru_utime + used.ru_stime


@contextmanager
def _office() -> Iterator[Path]:
    """Give the sample office's configuration folder, its servers running on this machine."""
    with TemporaryDirectory(prefix="mailbot-bench-") as name:
        config = fresh_folder(Path(name) / "office")
        known = accounts(load(config, {}).office())
        with EmbeddedServer(known, now=lambda: datetime.now(UTC)) as server:
            point_at(config, server, "mail.example.go.id")
            yield config


if __name__ == "__main__":
    main()
