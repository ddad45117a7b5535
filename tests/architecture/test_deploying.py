"""docs/deploy: what stands there to be copied fits the program: commands, paths, variables, packages, ports."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from configparser import ConfigParser
from typing import Any

import pytest
import yaml

from mailbot.cli.app import COMMANDS, GROUPS
from mailbot.settings.variables import FILE, VARIABLES
from tests.architecture.source import ROOT

DEPLOY = ROOT / "docs" / "deploy"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
README = (DEPLOY / "README.md").read_text(encoding="utf-8")
KNOWN = {name for name, _ in COMMANDS} | {group for group, _, _ in GROUPS}
CALL = re.compile(r"(?:/mailbot|(?<![/\w])mailbot)((?: --config \S+)?) ([a-z]+)\b")


def unit(name: str) -> ConfigParser:
    """Read a unit of systemd; a setting stands there once."""
    parser = ConfigParser(interpolation=None, delimiters="=", comment_prefixes="#")
    parser.optionxform = str  # type: ignore[assignment,method-assign] # systemd's names have capitals
    parser.read_string((DEPLOY / name).read_text(encoding="utf-8"))
    return parser


def compose() -> Any:  # noqa: ANN401 - whatever YAML holds
    """Read the compose file, its shared part merged in."""
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def shown(text: str) -> Iterator[str]:
    """Give every line that a page shows to be typed."""
    yield from (line.strip() for line in text.splitlines() if line.startswith("    "))


@pytest.mark.parametrize(("name", "command"), [("mailbot.service", "run"), ("mailbot-web.service", "web")])
def test_a_unit_starts_a_command_that_is_there_and_writes_one_folder(name: str, command: str) -> None:
    """The user, the folder and the program are those that the page makes."""
    service = unit(name)["Service"]
    program, option, folder, started = shlex.split(service["ExecStart"])
    assert (option, folder, started) == ("--config", "kantor", command)
    assert started in KNOWN
    lines = list(shown(README))
    assert f"make install PREFIX={program.removesuffix('/bin/mailbot')}" in lines
    assert f"useradd --system --create-home --home-dir {service['WorkingDirectory']} {service['User']}" in lines
    assert service["ReadWritePaths"] == service["WorkingDirectory"]
    assert service["ProtectSystem"] == "strict"
    assert not service["CapabilityBoundingSet"]
    assert [line for line in lines if line.startswith("install ") and f"docs/deploy/{name}" in line]
    assert [line for line in lines if f"enable --now {name.removesuffix('.service')}" in line]


def test_the_daemons_unit_waits_for_what_it_hears_from_it() -> None:
    """It is ready when it says so, and a sign of life is wanted now and then."""
    service = unit("mailbot.service")["Service"]
    assert (service["Type"], service["NotifyAccess"], service["WatchdogSec"]) == ("notify", "main", "5min")


def test_the_containers_have_the_images_folders_and_commands_that_are_there() -> None:
    """Both from one image; the ledger outlives them; nothing of them is open to another machine."""
    services = compose()["services"]
    volumes = set(re.findall(r"\"(/[^\"]+)\"", re.search(r"VOLUME \[(.*)\]", DOCKERFILE)[1]))  # type: ignore[index] # it is there
    for name in ("mailbot", "board"):
        service = services[name]
        assert (DEPLOY / service["build"]["context"] / "Dockerfile").is_file()
        assert {volume.partition(":")[2] for volume in service["volumes"]} == volumes
        assert set(service.get("command", ["run"])) <= KNOWN
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
        assert service["image"] == services["mailbot"]["image"]
    assert {name for one in services.values() for name in one.get("profiles", ())} == {"board", "postgres"}
    named = {volume.partition(":")[0] for one in services.values() for volume in one["volumes"]}
    assert {name for name in named if not name.startswith(".")} == set(compose()["volumes"])


def test_the_page_names_commands_and_variables_that_are_there() -> None:
    """Whatever stands there to be typed."""
    called = [found[2] for line in shown(README) for found in CALL.finditer(line.partition("#")[0])]
    assert len(called) > 10
    assert set(called) <= KNOWN
    told = set(re.findall(r"MAILBOT_[A-Z_]+", README + (DEPLOY / "compose.yaml").read_text(encoding="utf-8")))
    assert {name.removesuffix(FILE) for name in told} <= set(VARIABLES)


def test_the_page_installs_the_packages_of_the_image() -> None:
    """Beside what builds it there."""
    image = set(re.search(r"--no-install-recommends (.*?)&&", DOCKERFILE)[1].split())  # type: ignore[index] # it is there
    (line,) = (line for line in shown(README) if line.startswith("apt-get install"))
    assert set(line.split()[3:]) == image | {"make", "python3-venv"}
