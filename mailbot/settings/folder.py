"""One configuration folder: all that belongs to it read as bytes, its five files as models, with every problem."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from pydantic import ValidationError

from mailbot.settings.covered.env_variables import ENV, fingerprints, weighty_variables
from mailbot.settings.covered.further_files import further_contents
from mailbot.settings.credentials import secrets_in
from mailbot.settings.files import FILES, Block, CyclesFile, IndicatorsFile, OfficeFile, RecipientsFile, SopFile
from mailbot.settings.sayings.said import Mistake, said
from mailbot.settings.sections import Section, sound_sections, whole_sections
from mailbot.settings.source import read_source
from mailbot.settings.wrongness import told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The five files of one office, each as its model."""

    office: OfficeFile
    recipients: RecipientsFile
    indicators: IndicatorsFile
    sop: SopFile
    cycles: CyclesFile


def files_of(models: Mapping[str, Block]) -> Files:
    """Return the models of `parse` under their own types; raises KeyError if one file could not be read."""
    return Files(
        office=cast("OfficeFile", models["office"]),
        recipients=cast("RecipientsFile", models["recipients"]),
        indicators=cast("IndicatorsFile", models["indicators"]),
        sop=cast("SopFile", models["sop"]),
        cycles=cast("CyclesFile", models["cycles"]),
    )


def tables_of(files: Files) -> dict[str, Any]:
    """Return what five files say, defaults filled in, as plain tables: file -> key -> value."""
    return {name: getattr(files, name).model_dump() for name in FILES}


def read_folder(folder: Path) -> tuple[dict[str, bytes], tuple[Mistake, ...]]:
    """Read the bytes of all that belongs to a configuration.

    Returns:
        The five files by name, those that they name and the office's own templates by kind and name, the fingerprints
        of weighty variables in `.env`; and what is wrong: one of the five that cannot be read.
    """
    if not folder.is_dir():
        what = said("no_such_folder")
        other = _other_folder(folder)
        hint = said("make_folder", folder=folder)
        hint = hint if other is None else said("name_the_folder", other=other, folder=folder)
        return {}, (Mistake(file=str(folder), line=1, what=what, hint=hint),)
    contents, problems = {}, []
    for name in FILES:
        path = folder / f"{name}.yaml"
        try:
            contents[name] = path.read_bytes()
        except FileNotFoundError:
            twin = _twin(path)
            hint = said("init_writes_missing", folder=folder)
            hint = said("rename_twin", name=twin.name, path_name=path.name) if twin is not None else hint
            problems.append(Mistake(file=str(path), line=1, what=said("file_missing"), hint=hint))
        except OSError as error:
            problems.append(Mistake(file=str(path), line=1, what=said("file_unreadable", strerror=error.strerror)))
    contents |= further_contents(folder, contents.get("office", b""))
    if told := fingerprints(weighty_variables(folder)):
        contents[ENV] = told
    return contents, tuple(problems)


def _twin(path: Path) -> Path | None:
    """Return the file that was meant for one that is missing: another ending, `.txt` behind it, capitals."""
    meant = {f"{path.stem}{ending}" for ending in (".yaml", ".yml", ".yaml.txt", ".yml.txt", ".txt")}
    return next((there for there in sorted(path.parent.iterdir()) if there.name.casefold() in meant), None)


def _other_folder(folder: Path) -> Path | None:
    """Return the one folder of an office beside a folder that is not there; None if there is none, or several."""
    there = [office.parent for office in folder.parent.glob("*/office.yaml")]
    return there[0] if len(there) == 1 else None


def parse(
    folder: Path, contents: Mapping[str, bytes]
) -> tuple[dict[str, Block], dict[str, Section], tuple[Mistake, ...]]:
    """Read each file by itself: its YAML, its shape, its values.

    Returns:
        The model of every file in order, by file name; what could be read of every file, by `file.field`, so that one
        mistake does not hide the next; and the problems.
    """
    models: dict[str, Block] = {}
    sections: dict[str, Section] = {}
    problems: list[Mistake] = []
    for name, content in five_of(contents).items():
        source, found = read_source(str(folder / f"{name}.yaml"), content)
        problems += (*found, *secrets_in(source))
        if source.data is None:
            continue
        try:
            models[name] = FILES[name].model_validate(source.data)
        except ValidationError as error:
            problems += told(error, FILES[name], source)
            readable = sound_sections(FILES[name], source, error)
        else:
            readable = whole_sections(models[name], source)
        sections |= {f"{name}.{section.name}": section for section in readable}
    return models, sections, tuple(problems)


def five_of(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the five files among the contents of a folder."""
    return {name: contents[name] for name in FILES if name in contents}


def digest_of(contents: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of the contents together, hexadecimal: of the five files, then of all else with its name."""
    whole = hashlib.sha256()
    for name in FILES:
        whole.update(hashlib.sha256(contents.get(name, b"")).digest())
    for name in sorted(contents.keys() - FILES.keys()):
        whole.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(contents[name]).digest())
    return whole.hexdigest()


def counts_as_it_lies(accepted: str, contents: Mapping[str, bytes], *, whole: bool) -> bool:
    """Say whether what lies in the folder is what counts, or was never held against anything.

    Args:
        accepted: digest of what was accepted last; empty where nothing was.
        contents: what lies in the folder, as it is read.
        whole: that digest is of all that belongs to a configuration, and not of its five files alone, as once.
    """
    return accepted in {"", digest_of(contents)} or (not whole and accepted == digest_of(five_of(contents)))
