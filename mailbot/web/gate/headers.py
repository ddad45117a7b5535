"""What every answer of the board tells a browser to refuse; one list for pages, one for files, one for PDFs."""

from __future__ import annotations

_OURS_ALONE = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "object-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
"""Of a page: whatever it loads is ours, nothing stands inline, and nobody shows it inside a page of his."""
_PDF = ("base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'")
"""Of a PDF: our own page may show it; a browser's viewer for it needs what `default-src 'none'` takes away."""
_FILE = ("default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "sandbox")
"""Of any other file: whatever is in it, it can do nothing."""
_PARTS = frozenset({"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"})
_EVERYWHERE = (
    ("x-content-type-options", "nosniff"),
    # Not `no-referrer`: by that a browser hides from us, too, which site a form was sent from.
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-robots-tag", "noindex, nofollow"),
)
_YEAR = 31_536_000


def headers_for(media_type: str, *, secure: bool, has_cache_rule: bool) -> tuple[tuple[str, str], ...]:
    """Return the headers that an answer of that kind gets.

    Args:
        media_type: as the answer has it, with or without its charset.
        secure: the board is opened by https.
        has_cache_rule: the answer says itself how long it may be kept.
    """
    kind = media_type.partition(";")[0].strip().casefold()
    pdf = kind == "application/pdf"
    policy = _PDF if pdf else _OURS_ALONE if kind in _PARTS or not kind else _FILE
    found = [
        *_EVERYWHERE,
        ("content-security-policy", "; ".join(policy)),
        ("x-frame-options", "SAMEORIGIN" if pdf else "DENY"),
    ]
    if secure:
        found.append(("strict-transport-security", f"max-age={_YEAR}"))
    if not has_cache_rule:
        found.append(("cache-control", "no-store"))
    return tuple(found)
