"""`mailbot explain FILE...`: what mailbot would make of a mail or a workbook, and why; it touches nothing."""

from __future__ import annotations

import json
import os
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailbot.cli.options import DEFAULT_FOLDER, ConfigOption, JsonOption, folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailbot.settings.settings import Settings

    Explain = Callable[[bytes, str], dict[str, Any]]


def explain(
    files: Annotated[list[Path], typer.Argument(help="Mails (.eml) or workbooks; a folder means every file in it.")],
    config: ConfigOption = None,
    as_json: JsonOption = False,
    table: Annotated[bool, typer.Option("--table", help="Only count the outcomes.")] = False,
) -> None:
    """Say what mailbot would make of mails and workbooks; one bad file never stops the others."""
    counts: Counter[str] = Counter()
    slowest, largest = 0.0, 0.0
    with _explainer(_settings(config)) as make:
        for path in _every(files):
            found = _one(path, make)
            counts[f"{found['kind']:<8} {found['outcome']}"] += 1
            slowest, largest = max(slowest, found["cpu_seconds"]), max(largest, found["peak_mb"])
            if as_json:
                typer.echo(json.dumps(found, ensure_ascii=True))
            elif not table:
                _tell(found)
    if table and not as_json:
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            typer.echo(f"{count:>6}  {name}")
        typer.echo(f"{counts.total():>6}  files; at most {slowest:.2f} s CPU and {largest:.0f} MB for one")
    absent = [path for path in files if not path.exists()]
    for path in absent:
        typer.echo(f"{path}: there is no such file.", err=True)
    if absent:
        raise typer.Exit(1)


def _settings(config: Path | None) -> Settings:
    """Load the configuration; the sample office's where none was named and there is no folder `config`."""
    from mailbot.settings.loading import load
    from mailbot.settings.packaged import sample_folder

    chosen = folder(config)
    return load(sample_folder() if chosen == DEFAULT_FOLDER and not chosen.is_dir() else chosen, os.environ)


def _every(files: list[Path]) -> Iterator[Path]:
    """Yield every file, folders looked into."""
    for path in files:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.is_file())
        else:
            yield path


@contextmanager
def _explainer(settings: Settings) -> Iterator[Explain]:
    """Open what explaining needs, and give the function that explains a file's bytes and name."""
    from mailbot.clerk.explaining import Explainer
    from mailbot.cli.moment import now
    from mailbot.reading.workbook.reader_process import FormReader

    office = settings.office()
    with FormReader(office, settings.kept_key() or b"", settings.limits) as reader:
        explainer = Explainer(
            at=now(), office=office, trust=settings.trust, limits=settings.limits, read_form=reader.read_one
        )
        # The reader's process is started here, lest the first file pay for it.
        reader.read_one("", b"")
        yield explainer.explain


def _one(path: Path, make: Explain) -> dict[str, Any]:
    """Explain one file and say what it cost."""
    from mailbot.clerk.explaining import is_mail, nothing
    from mailbot.cli.effort import Meter

    meter = Meter()
    kind = "mail" if is_mail(b"", path.name) else "workbook"
    try:
        found = make(path.read_bytes(), path.name)
    except OSError as error:
        found = nothing(kind, "no_file", error.strerror or str(error))
    except Exception as error:  # noqa: BLE001 - in the daemon this mail would be set aside; here it is said so
        found = nothing(kind, "set_aside", f"{type(error).__name__}: {error}")
    effort = meter.read()
    return {"file": str(path), **found, "cpu_seconds": effort.cpu_seconds, "peak_mb": effort.peak_mb}


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
