"""Whether the name in a certificate is that of a person of the office: titles and degrees are written by some only."""

from __future__ import annotations

import re
import unicodedata

_TITLES = frozenset({"dr", "drs", "dra", "drg", "ir", "h", "hj", "kh", "prof", "apt", "ns", "rr"})
_DEGREES = frozenset(
    {
        *(
            "sh",
            "se",
            "st",
            "sp",
            "sag",
            "shi",
            "sip",
            "spd",
            "ssi",
            "shum",
            "ssos",
            "skep",
            "skes",
            "skm",
            "skom",
            "sstp",
            "sak",
        ),
        *(
            "mm",
            "mt",
            "mh",
            "ma",
            "mp",
            "mag",
            "mak",
            "map",
            "mpa",
            "mpd",
            "msi",
            "mhum",
            "mkes",
            "mkom",
            "msos",
            "msc",
            "phd",
        ),
        *("amd", "ak", "ca"),
    }
)
"""What may stand behind a name where no comma does, without its dots."""
_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")


def is_named(certified: str, known: str) -> bool:
    """Say whether a certificate's name is the person's: the same words, titles before and degrees behind it aside."""
    wanted = _words(known)
    return bool(wanted) and _words(certified) == wanted


def _words(name: str) -> list[str]:
    """Return the words of a bare name."""
    plain = unicodedata.normalize("NFKC", name).casefold().split(",", maxsplit=1)[0].replace("'", "")
    words = [word.replace(".", "") for word in _WORD.findall(plain)]
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    while len(words) > 1 and words[-1] in _DEGREES:
        del words[-1]
    return words
