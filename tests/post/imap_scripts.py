"""An IMAP server made of a table: what it answers to each command, for servers that lack or lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tests.post.scripted import Line, Script

# The ordinary answers; "{tag}" is the command's own tag.
ORDINARY: Mapping[str, bytes] = {
    "CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n",
    "LOGIN": b"{tag} OK in\r\n",
    "LOGOUT": b"* BYE so long\r\n{tag} OK done\r\n",
    "NOOP": b"{tag} OK done\r\n",
    "LIST": b'* LIST () "/" "Arsip"\r\n{tag} OK done\r\n',
    "SELECT": (
        b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 13] ok\r\n"
        b"* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] ok\r\n{tag} OK [READ-WRITE] done\r\n"
    ),
    "EXAMINE": b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 13] ok\r\n{tag} OK [READ-ONLY] done\r\n",
}

Answer = bytes | Callable[[Line, bytes], None]


def sizes(*uids: int, size: int = 3) -> bytes:
    """Answer a question for sizes: these mails are here, all of one size."""
    lines = (b"* %d FETCH (UID %d RFC822.SIZE %d)\r\n" % (number, uid, size) for number, uid in enumerate(uids, 1))
    return b"".join(lines) + b"{tag} OK done\r\n"


def mail(uid: int, body: bytes, *, size: int | None = None) -> bytes:
    """Give one untagged answer with a whole mail, the size being the true one unless another is told."""
    stated = len(body) if size is None else size
    date = b' INTERNALDATE " 2-Nov-2026 08:00:00 +0700"'
    return b"* 1 FETCH (UID %d RFC822.SIZE %d%b BODY[] {%d}\r\n%b)\r\n" % (uid, stated, date, len(body), body)


def imap(*, capabilities: str = "IMAP4rev1", **answers: Answer | Sequence[Answer]) -> Script:
    """Make a script that answers by table until the client leaves.

    Args:
        capabilities: what the server says it can do once the client has logged in; before, it says only IMAP4rev1.
        answers: by the words of a command joined with "_", such as UID_FETCH; several answers serve one after the
            other, the last for ever. They add to the ordinary ones.
    """
    table: dict[str, list[Answer]] = {command: [answer] for command, answer in ORDINARY.items()}
    table["CAPABILITY"].append(f"* CAPABILITY {capabilities}\r\n{{tag}} OK done\r\n".encode())
    for command, given in answers.items():
        table[command.replace("_", " ")] = list(given) if isinstance(given, list | tuple) else [given]  # type: ignore[list-item]  # a script gives one answer or several

    def script(line: Line) -> None:
        line.say("* OK ready")
        while command := line.hear():
            tag, _, words = command.partition(" ")
            _answer(line, tag.encode(), table, words.upper())

    return script


def _answer(line: Line, tag: bytes, table: Mapping[str, list[Answer]], words: str) -> None:
    """Give the answer of the longest table entry that the command begins with."""
    entry = max((key for key in table if words.startswith(key)), key=len, default="")
    assert entry, f"the script has no answer to: {words}"
    waiting = table[entry]
    answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
    if callable(answer):
        answer(line, tag)
    else:
        line.say(answer.replace(b"{tag}", tag))


def commands(line: Line) -> list[str]:
    """Give the commands the client said, without tags, and without its coming and leaving."""
    said = [heard.partition(" ")[2] for heard in line.heard if heard != "DONE"]
    return [words for words in said if words.split()[0] not in {"CAPABILITY", "LOGIN", "LOGOUT"}]
