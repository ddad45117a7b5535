"""What surrounds one office among others: its own `.env` before the process's environment, its own data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.cli.offices.folders import OWN_DATA
from mailbot.errors import ConfigProblem
from mailbot.settings.env_file import env_files, read_env_files
from mailbot.settings.sayings.catalogue import language_of, problems_of
from mailbot.settings.sayings.said import Mistake, said
from mailbot.settings.variables import DATA, FILE, LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mailbot.cli.offices.folders import OfficeFolder

_OF_A_LEDGER = ("ledger.db", "ledger.place", "secret.key")


def surroundings(root: Path, office: OfficeFolder, env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of one office among others.

    What its own `.env` says goes before what the process was given; what is given to all, in the process's environment
    or in the `.env` of the folder of offices, stands in for the rest. A data folder that is given to all holds one
    folder for each office, by its key.

    Args:
        root: the folder of offices.
        office: the one that is meant.
        env: the environment of the process.

    Raises:
        ConfigProblem: nothing says where the office keeps its things, and where they would lie others' things are.
    """
    ours = tuple(file for file in env_files(office.path) if file.parent.resolve() != root.resolve())
    own, _ = read_env_files(office.path, ours)
    of_all, _ = read_env_files(office.path, tuple(file for file in (root / ".env",) if file.is_file()))
    bare = {name.removesuffix(FILE) for name in own} - {LANGUAGE}
    around = {name: value for name, value in env.items() if name.removesuffix(FILE) not in bare}
    if DATA in own:
        return around
    if given := around.get(DATA) or of_all.get(DATA):
        return around | {DATA: f"{given}/{office.key or office.name}"}
    if office.path.parent.resolve() != root.resolve():
        return around  # it has a house of its own, in which its things lie beside the YAML
    own_data = office.path / OWN_DATA
    if not own_data.is_dir() and any((root / name).exists() for name in _OF_A_LEDGER):
        raise _whose(root, own_data, env)
    return around | {DATA: str(own_data)}


def _whose(root: Path, own_data: Path, env: Mapping[str, str]) -> ConfigProblem:
    """Return the refusal to begin an empty ledger beside one that may be the office's."""
    hint = said("whose_ledger_way", root=root, folder=own_data)
    mistake = Mistake(file=str(own_data.parent), line=0, what=said("whose_ledger", root=root), hint=hint)
    return ConfigProblem(problems_of((mistake,), language_of(dict(env), b"")))
