"""The object store as the settings want it, and whether it does what it says."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.errors import StoreUnavailable
from mailbot.settings.sayings.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.ledger.elsewhere.store import Elsewhere
    from mailbot.post.objects.bucket import Bucket
    from mailbot.settings.settings import Settings, StorePlace

_KB = 1000
_ALONE = "office"
"""With which an office's objects begin that has no key of its own."""


def elsewhere_of(settings: Settings) -> Elsewhere | None:
    """Return the object store, and which files go there; None where the office has none."""
    place = settings.object_store
    if place is None:
        return None
    from mailbot.ledger.elsewhere.store import Elsewhere

    block = place.block
    return Elsewhere(
        store=bucket_of(place),
        office=settings.office_key or _ALONE,
        smallest_bytes=block.from_kb * _KB,
        after=timedelta(days=block.after_days),
    )


def bucket_of(place: StorePlace) -> Bucket:
    """Return the bucket; nothing is asked yet."""
    from mailbot.post.objects.bucket import Bucket, Place
    from mailbot.post.objects.signing import Key

    block = place.block
    access, secret = place.access_key.get_secret_value(), place.secret_key.get_secret_value()
    return Bucket(
        Place(
            endpoint=block.endpoint,
            bucket=block.bucket,
            key=Key(access=access, secret=secret, region=block.region),
            ca_file=place.ca_file,
            timeout_seconds=block.timeout_seconds,
        )
    )


def store_lines(settings: Settings) -> Iterator[Said]:
    """Give a line about the object store, which is tried with an object of its own; none where there is no store."""
    if settings.object_store is None:
        return
    bucket = bucket_of(settings.object_store)
    name, content = f"{_ALONE}/probe/{secrets.token_hex(16)}", secrets.token_bytes(64)
    try:
        bucket.put(name, content)
        try:
            kept = bucket.get(name)
        except KeyError:
            kept = b""
        bucket.delete(name)
    except StoreUnavailable as away:
        told = away.told
        yield told if isinstance(told, Said) else said("store_away", where=bucket.where, why=str(away))
        return
    finally:
        bucket.close()
    yield said("doctor_store" if kept == content else "store_lies", where=bucket.where)
