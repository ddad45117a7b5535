"""People at the board, in a process of their own: each signs in by a link, then opens pages and lets them poll."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import sys
import time
from dataclasses import dataclass, field

import httpx2

PAGES = ("/", "/units", "/letters", "/mails", "/cycles", "/journal", "/plan", "/search?q=isian")
READS_SECONDS = 10.0
"""So long somebody reads a page before he opens the next one; a page of a cycle that runs polls as well."""
_FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')


@dataclass(slots=True)
class Seen:
    """How long every page took, in seconds, and how many were none."""

    took: list[float] = field(default_factory=list)
    failed: int = 0


async def person(url: str, link: str, starts_after: float, ends_at: float, seen: Seen) -> None:
    """Sign in, then look until the end."""
    await asyncio.sleep(starts_after)
    async with httpx2.AsyncClient(base_url=url, headers={"origin": url}, timeout=60) as browser:
        page = await browser.get(link)
        await browser.post("/sign-in/link", data=dict(_FIELD.findall(page.text)))
        for address in itertools.cycle(PAGES):
            if time.monotonic() > ends_at:
                return
            began = time.perf_counter()
            answer = await browser.get(address)
            seen.took.append(time.perf_counter() - began)
            seen.failed += answer.status_code != httpx2.codes.OK
            if address == "/":
                await asyncio.sleep(READS_SECONDS / 2)
                await browser.get("/", headers={"board-seen": "now=0"})
                await asyncio.sleep(READS_SECONDS / 2)
            else:
                await asyncio.sleep(READS_SECONDS)


async def everybody(url: str, links: list[str], seconds: float) -> Seen:
    """Let everybody look for so long, each beginning a little after the one before."""
    seen, ends_at = Seen(), time.monotonic() + seconds
    apart = READS_SECONDS / len(links)
    await asyncio.gather(*(person(url, link, place * apart, ends_at, seen) for place, link in enumerate(links)))
    return seen


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    found = asyncio.run(everybody(asked["url"], asked["links"], asked["seconds"]))
    json.dump({"took": found.took, "failed": found.failed}, sys.stdout)
