"""Fixtures for all rooms: the real servers."""

from __future__ import annotations

pytest_plugins = ["tests.servers.fixtures"]
