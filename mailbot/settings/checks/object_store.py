"""Questions about the object store: is it described, and do files travel there safely."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailbot.settings.checks.oauth import is_safe_endpoint
from mailbot.settings.credentials import masked
from mailbot.settings.sayings.said import Mistake, said
from mailbot.settings.variables import STORE_ACCESS_KEY, STORE_SECRET_KEY, of_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.credentials import Credentials
    from mailbot.settings.files.keeping.object_store import ObjectStoreBlock
    from mailbot.settings.sections import Part, Section

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
"""How S3 lets a bucket be called."""


def store_is_described(store: Part[ObjectStoreBlock]) -> Iterator[Mistake]:
    """A store has a safe address and a bucket; a bucket without an address would be overlooked."""
    block = store.value
    if block.endpoint and not is_safe_endpoint(block.endpoint):
        yield store.problem(
            "endpoint",
            what=said("store_without_tls", url=masked(block.endpoint)),
            hint=said("store_looks_so"),
        )
    if block.endpoint and not _BUCKET.fullmatch(block.bucket):
        yield store.problem("bucket", what=said("store_no_bucket", bucket=block.bucket), hint=said("store_looks_so"))
    if block.bucket and not block.endpoint:
        yield store.problem("endpoint", what=said("store_no_endpoint"), hint=said("store_looks_so"))


def store_has_keys(credentials: Credentials, store: Section | None) -> Iterator[Mistake]:
    """Whoever names a store gives both keys by the environment."""
    if store is None or not store.value.endpoint:  # type: ignore[union-attr]  # a part, not a list
        return
    given = {STORE_ACCESS_KEY: credentials.store_access_key, STORE_SECRET_KEY: credentials.store_secret_key}
    for name, value in given.items():
        if value is None:
            yield of_environment(name, said("store_no_key"), said("store_keys_look_so", name=name))
