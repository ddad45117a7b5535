"""Configurations of any size, made from the sample office: units, each with so many indicators and budget lines."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from mailbot.settings.packaged import sample_folder
from tests.yaml_files import rewritten, write

INDICATORS_EACH, BUDGET_EACH = 5, 3
DOMAIN = "example.go.id"


def enlarge(
    config: Path, units: int, *, indicators_each: int = INDICATORS_EACH, budget_each: int = BUDGET_EACH
) -> None:
    """Give a configuration folder other units, heads, indicators and budget lines; everything else stays as it is."""
    sample = sample_folder()
    recipients, promises = rewritten(sample / "recipients.yaml"), rewritten(sample / "indicators.yaml")
    keys = [unit_key(number) for number in range(1, units + 1)]
    recipients["units"] = [{"key": key, "name": f"Bidang Pelayanan Urusan Nomor {key[1:]}"} for key in keys]
    recipients["people"] = [one for one in recipients["people"] if "unit" not in one] + [_head(key) for key in keys]
    promises["indicators"] = [
        _renamed(one, f"IKU-{unit}-{number}", key)
        for unit, key in enumerate(keys, 1)
        for number, one in _some(promises["indicators"], indicators_each)
    ]
    programs = promises["programs"]
    promises["budget"] = [
        _renamed(one, f"{programs[number % len(programs)]['code']}.{unit}.{number:04}", key)
        for unit, key in enumerate(keys, 1)
        for number, one in _some(promises["budget"], budget_each)
    ]
    for name, content in (("recipients", recipients), ("indicators", promises)):
        write(config / f"{name}.yaml", content)


def unit_key(number: int) -> str:
    """Return the key of a unit, numbered from 1."""
    return f"U{number:03}"


def head_key(number: int) -> str:
    """Return the key of a unit's head."""
    return f"kabid-{unit_key(number).lower()}"


def _head(unit: str) -> dict[str, str]:
    """Return who submits for a unit."""
    return {
        "key": f"kabid-{unit.lower()}",
        "role": "division_head",
        "unit": unit,
        "title": f"Kepala Bidang Pelayanan Urusan Nomor {unit[1:]}",
        "name": f"Kepala Bidang {unit}",
        "rank": "Pembina",
        "nip": "00000000 000000 0 000",
        "address": f"kabid.{unit.lower()}@{DOMAIN}",
    }


def _some(rows: list[dict[str, Any]], count: int) -> list[tuple[int, dict[str, Any]]]:
    """Return so many of the sample's rows, from the top and round again, numbered from 1."""
    return [(number + 1, rows[number % len(rows)]) for number in range(count)]


def _renamed(row: dict[str, Any], code: str, owner: str) -> dict[str, Any]:
    """Return a copy of a row under another code, owned by another unit."""
    return deepcopy(row) | {"code": code, "owner": owner}
