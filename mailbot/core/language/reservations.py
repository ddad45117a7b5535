"""What, written beside an approval, takes some of it back: then the mail is asked back, and nothing is approved.

A question too many costs a mail, an approval too many costs the office its trust: whoever doubts is asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ANYWHERE = {
    "denials": "tidak tdk tak bukan belum blm jangan jgn ga gak nggak ngga enggak kagak not never don't",
    "contrasts": "namun tapi tetapi kecuali asal asalkan but however except unless only",
    "conditions": "apabila bila bilamana jika jikalau kalau syarat syaratnya bersyarat if provided",
    "faults": (
        "salah keliru kurang kosong rusak harusnya seharusnya mestinya semestinya wrong fix "
        "perbaikan diperbaiki betulkan dibetulkan pembetulan koreksi dikoreksi revisi direvisi ralat diralat "
        "ubah diubah ganti diganti lengkapi dilengkapi tambahkan ditambahkan hapus dihapus catatan"
    ),
    "parts": "hanya saja khusus sebagian sementara",
    "delays": "nanti besok lusa tunggu menunggu ditunda dulu dahulu wait later yet",
    "withdrawals": "batal dibatalkan abaikan cancel ignore",
    "words spoken of": "contoh ketik tulis katanya balas cuti",
}
"""Words that reserve wherever they stand beside the approval."""
AFTERWARDS = {"conditions": "setelah sesudah sebelum after before", "faults": "masih"}
"""Words that reserve only below it: "Setelah kami pelajari:" above it is how a letter begins."""
HARMLESS = (
    r"(?:tidak|tak|tdk) ada (?:lagi )?(?:catatan|koreksi|perbaikan|revisi|masalah|keberatan|tambahan|perubahan)",
    r"tanpa (?:catatan|koreksi|perbaikan|revisi|perubahan)",
    r"maaf (?:bila|apabila|jika|kalau) ada (?:kekurangan|kesalahan|salah kata|salah)",
    r"(?:apabila|bila|jika|kalau) ada (?:yang ingin ditanyakan|pertanyaan)",
    r"terima ?kasih(?: banyak)? atas (?:perbaikan|koreksi|revisi|catatan)\w*",
)
"""Courtesies that hold such a word and reserve nothing."""

_CITED = re.compile(
    r"(?<![\w./-])(?:[a-z]{2,4}-\d{1,3}|(?:iku|ikk|ikp|iki)\W{0,2}\d{1,3})(?!\w)|"
    r"\b(?:tabel|bab|halaman|poin|butir|kolom|baris|lampiran|angka)\W{0,2}(?:\d|[ivx]+\b)"
)
"""A place in the form or in the report (`IKU-02`, `bab III`): whoever names one has something to say about it."""
_REPORTED = re.compile(r"(?<!\w)(?:kata|dari|menurut|arahan|pesan|titip\w*|disposisi)(?!\w)[^:]*:\s*$")
"""The word below is somebody else's ("Kata Bapak Kadis:")."""
_HARMLESS = re.compile("|".join(HARMLESS))
_LINK = re.compile(r"https?://\S+")
_NOT_TICKED = re.compile(r"\[\s*\]|\(\s*\)|[\u2610\u2b1c\u25a1\u274c\u274e\u2716-\u2718\U0001f44e\U0001f6ab\u26d4~]")
"""An empty box, a cross, a thumb down, a line struck through."""


def _pattern(groups: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that finds any word of these groups as a whole word."""
    words = sorted(word for group in groups for word in group.split())
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


_ANYWHERE = _pattern(ANYWHERE.values())
_UNDONE = re.compile(
    rf"^\W*(?:{_pattern([ANYWHERE['denials'], ANYWHERE['delays'].replace('dulu dahulu', '')]).pattern})"
)
_CONDITIONS = _pattern([ANYWHERE["conditions"]])
_DENIED = _pattern([ANYWHERE["denials"], ANYWHERE["conditions"], ANYWHERE["withdrawals"]])
_AFTERWARDS = _pattern(AFTERWARDS.values())


def reserves(line: str, *, below: bool) -> bool:
    """Say whether a line beside an approval takes some of it back.

    Args:
        line: the line as it was written.
        below: whether it stands below the approval.
    """
    rest = _HARMLESS.sub("", line.casefold())
    found = (pattern.search(rest) for pattern in (_ANYWHERE, _CITED, _REPORTED, *([_AFTERWARDS] if below else [])))
    return any(found)


def unsays(rest: str) -> bool:
    """Say whether what follows a wish takes it back, or names a condition: what is asked for then may not be wanted."""
    said = rest.casefold()
    return _UNDONE.search(said) is not None or _CONDITIONS.search(said) is not None


def asks(lines: Sequence[str]) -> bool:
    """Say whether one of these lines holds a question, or is the lone question mark of the line above."""
    return any("?" in _LINK.sub("", line) for line in lines)


def denies(line: str) -> bool:
    """Say whether a line that should tell how something is known tells that it is not so, or only under a condition."""
    return _DENIED.search(_HARMLESS.sub("", line.casefold())) is not None


def not_ticked(lines: Sequence[str]) -> bool:
    """Say whether one of these lines holds a box without a tick, or is crossed out: then no word counts as given."""
    return any(_NOT_TICKED.search(line) for line in lines)
