"""`mailbot explain FILE...`: what mailbot would make of a mail or a workbook, and why; it touches nothing."""

from __future__ import annotations

import json
import os
import resource
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailbot.cli.options import ConfigOption, JsonOption, folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KIB_PER_MIB = 1024
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def explain(
    files: Annotated[list[Path], typer.Argument(help="Mails (.eml) or workbooks; a folder means every file in it.")],
    config: ConfigOption = None,
    as_json: JsonOption = False,
    table: Annotated[bool, typer.Option("--table", help="Only count the outcomes.")] = False,
) -> None:
    """Say what mailbot would make of mails and workbooks; one bad file never stops the others."""
    counts: Counter[str] = Counter()
    slowest, largest = 0.0, 0.0
    with _explainer(config) as make:
        for path in _every(files):
            found = _one(path, make)
            counts[f"{found['kind']} {found['outcome']}"] += 1
            slowest, largest = max(slowest, found["cpu_seconds"]), max(largest, found["peak_mb"])
            if as_json:
                typer.echo(json.dumps(found, ensure_ascii=False))
            elif not table:
                _tell(found)
    if table:
        for name, count in counts.most_common():
            typer.echo(f"{count:>6}  {name}")
        typer.echo(f"{counts.total():>6}  files; at most {slowest:.2f} s CPU and {largest:.0f} MB for one")


def _every(files: list[Path]) -> Iterator[Path]:
    """Yield every file, folders looked into."""
    for path in files:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.is_file())
        else:
            yield path


class _explainer:  # noqa: N801 - used like a function, in a `with`
    """Opens what explaining needs: the office of the configuration, or the sample office where there is none."""

    def __init__(self, config: Path | None) -> None:
        self._config = config

    def __enter__(self) -> Callable[[bytes, str], dict[str, Any]]:
        from mailbot.clerk.explaining import explain_mail, explain_workbook, is_mail
        from mailbot.clerk.working import mail_limits
        from mailbot.cli.wiring import now
        from mailbot.core.mail import Attachment
        from mailbot.reading.child import FormReader
        from mailbot.settings.loading import load
        from mailbot.settings.packaged import sample_folder

        chosen = folder(self._config)
        settings = load(chosen if chosen.is_dir() else sample_folder(), os.environ)
        secret = settings.kept_key() or b""
        office, limits, at = settings.office(), mail_limits(settings.limits), now()
        self._reader = FormReader(office, secret, settings.limits)
        reader = self._reader.__enter__()

        def make(content: bytes, name: str) -> dict[str, Any]:
            if is_mail(content, name):
                return explain_mail(
                    content,
                    at=at,
                    office=office,
                    authserv_ids=settings.trust.authserv_ids,
                    limits=limits,
                    read_forms=reader.read,
                )
            file = Attachment(
                sha256="", name=name, media_type="application/octet-stream", size_bytes=len(content), content=content
            )
            return explain_workbook(reader.read((file,))[0], office, at)

        return make

    def __exit__(self, *error: object) -> None:
        self._reader.__exit__(None, None, None)


def _one(path: Path, make: Callable[[bytes, str], dict[str, Any]]) -> dict[str, Any]:
    """Explain one file and say what it cost."""
    _forget_peak()
    started = time.process_time()
    try:
        found = make(path.read_bytes(), path.name)
    except OSError as error:
        found = _nothing("file", "no_file", f"{error.strerror}")
    except Exception as error:  # noqa: BLE001 - in the daemon this mail would be set aside; here it is said so
        found = _nothing("mail", "set_aside", f"{type(error).__name__}: {error}")
    return {
        "file": str(path),
        **found,
        "cpu_seconds": round(time.process_time() - started, 4),
        "peak_mb": round(_peak_mb(), 1),
    }


def _nothing(kind: str, outcome: str, defect: str) -> dict[str, Any]:
    """Return the shape of an explanation with nothing in it but a defect."""
    return {
        "kind": kind,
        "outcome": outcome,
        "automatic": None,
        "bounces": [],
        "sender": {"address": "", "proof": "none"},
        "own_words": "",
        "verdict": None,
        "forms": [],
        "defects": [defect],
    }


def _forget_peak() -> None:
    """Let the system count this process's peak of memory anew, where it can."""
    try:
        _CLEAR.write_text("5")
    except OSError:
        return


def _peak_mb() -> float:
    """Return the peak of memory since it was last forgotten, in MiB."""
    try:
        for line in _STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / _KIB_PER_MIB
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_MIB


def _tell(found: dict[str, Any]) -> None:
    """Print one explanation for a person."""
    typer.echo(f"{found['file']}: {found['kind']}, {found['outcome']}")
    if found["automatic"]:
        typer.echo(f"  written by a robot: {found['automatic']}")
    for bounce in found["bounces"]:
        typer.echo(f"  could not reach {bounce['recipient']} ({bounce['status'] or 'no status'})")
    if found["sender"]["address"]:
        typer.echo(f"  from {found['sender']['address']}, proof: {found['sender']['proof']}")
    if found["verdict"]:
        typer.echo(f"  says: {found['verdict']}")
    for form in found["forms"]:
        state = form["unreadable"] or f"{len(form['values'])} values, {len(form['faults'])} findings"
        typer.echo(f"  form {form['unit'] or '?'} / {form['cycle'] or '?'}: {state}")
        for fault in form["faults"]:
            typer.echo(f"    {fault['severity']}: {fault['code']} {fault['sheet']}!{fault['cell']}")
    for defect in found["defects"]:
        typer.echo(f"  defect: {defect}")
