"""On which kind of disk a file lies: SQLite needs locks that a disk over the network does not keep reliably."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

TABLE = Path("/proc/self/mountinfo")
"""Where Linux tells what is mounted where."""
_OVER_THE_NETWORK = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "beegfs", "gpfs"),
        *("9p", "vboxsf", "drvfs", "prl_fs", "davfs", "coda", "orangefs", "ocfs2", "gfs2"),
        *("fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.davfs", "fuse.davfs2", "fuse.rclone", "fuse.s3fs"),
        *("fuse.smbnetfs", "fuse.curlftpfs", "fuse.goofys", "fuse.gcsfuse", "fuse.vmhgfs-fuse", "fuse.juicefs"),
    }
)
"""Network and cluster file systems, and folders that a virtual machine shares with its host."""
_ESCAPED = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkDisk:
    """A disk over the network."""

    kind: str
    source: str
    """Server and folder, as they were mounted."""
    mounted_at: str


def network_disk(table: str, path: Path) -> NetworkDisk | None:
    """Return the network disk that a path lies on; None for a disk of this machine, or one that nobody knows.

    Args:
        table: what is mounted, in the words of `/proc/self/mountinfo`.
        path: absolute, its links followed; it need not be there.
    """
    found: tuple[int, NetworkDisk] | None = None
    for line in table.splitlines():
        before, dash, after = line.partition(" - ")
        fields, told = before.split(" "), after.split(" ")
        if not dash or len(fields) < 5 or len(told) < 2:  # noqa: PLR2004 - the fields up to the mount's place
            continue
        place = _plain(fields[4])
        # Of two at the same place the later one covers the other.
        if path.is_relative_to(place) and (found is None or len(place) >= found[0]):
            found = len(place), NetworkDisk(kind=told[0], source=_plain(told[1]), mounted_at=place)
    return found[1] if found is not None and found[1].kind in _OVER_THE_NETWORK else None


def network_disk_of(path: Path) -> NetworkDisk | None:
    """Return the network disk of this machine that a path lies on; None also where the machine does not tell."""
    try:
        table = TABLE.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    return network_disk(table, path.resolve())


def _plain(escaped: str) -> str:
    """Return a name as it is: blanks and a few other signs stand as octal numbers."""
    return _ESCAPED.sub(lambda number: chr(int(number[1], 8)), escaped)
