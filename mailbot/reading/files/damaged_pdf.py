"""What the reader of a damaged PDF raises; anything else is ours."""

from __future__ import annotations

import logging

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it says of a file nobody at a terminal can use


def damaged_pdf() -> tuple[type[Exception], ...]:
    """Return those exceptions; the library itself is loaded where a PDF comes, for it costs time and memory.

    A file that uses what the library has given up on is told of by an error that is none of its usual ones.
    """
    from pypdf.errors import DeprecationError, PyPdfError  # noqa: PLC0415 - as above

    usual = (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
    return (PyPdfError, DeprecationError, *usual)
