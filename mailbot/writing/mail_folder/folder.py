"""The files of such a folder: mails to be opened by any mail program, what hung on them, a mailbox file, an index.

Names come out of mails that anybody wrote: none of them is ever more than a plain name inside of the folder.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.errors import TemplateProblem
from mailbot.writing.mail_folder.threads import threaded
from mailbot.writing.words.phrases import safe_name
from mailbot.writing.words.templates import find_template, read_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from mailbot.core.model.office import Office
    from mailbot.writing.mail_folder.threads import Handed

_LONGEST_WHO, _LONGEST_SUBJECT = 30, 60
_DEEPEST = 8
"""Deeper answers are not set in any further."""
_QUOTED = re.compile(rb"(?m)^(>*From )")


def folder_files(
    mails: Sequence[Handed],
    papers: Mapping[str, bytes],
    about: Mapping[str, str],
    office: Office,
    folders: tuple[Path, ...],
) -> dict[str, bytes]:
    """Return every file by its path.

    Args:
        mails: every letter and mail, in order of time.
        papers: forms, drafts, reports, what was decided, by path.
        about: `period` and `cycle`, as they are to be read.
        office: whose matter it is.
        folders: where the words are, the office's own folder first.

    Raises:
        TemplateProblem: `mail_folder.yaml` or one of the two indexes is missing or broken.
    """
    words = read_words(find_template(folders, "mail_folder.yaml"))
    try:
        rows = [_row(number, mail, office, words) for number, mail in enumerate(mails, start=1)]
        files = {f"{words['papers']}/{path}": content for path, content in papers.items()}
        listed = [{"path": path, "link": quote(path)} for path in sorted(files)]
        for row, mail in zip(rows, mails, strict=True):
            if mail.raw is not None:
                files[row["path"]] = mail.raw
                files |= {file["path"]: content for file, (_, content) in zip(row["files"], mail.files, strict=True)}
        files[words["mailbox"]] = b"".join(_in_mailbox(mail) for mail in mails if mail.raw is not None)
        values = {
            "rows": [rows[place] | {"depth": min(depth, _DEEPEST)} for place, depth in threaded(mails)],
            "papers": listed,
            "office": office.letterhead,
            "about": about,
            "words": words,
        }
    except (KeyError, TypeError) as missing:
        raise TemplateProblem(f"mail_folder.yaml lacks a word: {missing}") from missing
    return files | dict(_indexes(values, folders))


def _row(number: int, mail: Handed, office: Office, words: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the index tells of one mail, and where it and its files lie."""
    local = office.calendar.local(mail.at)
    side = words["to"] if mail.ours else words["from"]
    who = safe_name(mail.who)[:_LONGEST_WHO]
    unsent = "" if mail.left else f"_{words['unsent_name']}"
    stem = f"{number:03d}_{local:%Y-%m-%d_%H%M}_{side}-{who}_{safe_name(mail.subject)[:_LONGEST_SUBJECT]}{unsent}"
    path = f"{words['mails']}/{stem}.eml"
    return {
        "number": number,
        "when": f"{local:%Y-%m-%d %H.%M}",
        "side": side,
        "who": mail.who,
        "subject": mail.subject or words["no_subject"],
        "left": mail.left,
        "held": mail.raw is None,
        "path": path,
        "link": quote(path),
        "files": list(_files(f"{words['enclosed']}/{number:03d}", mail)),
    }


def _files(folder: str, mail: Handed) -> Iterator[dict[str, str]]:
    """Yield name and place of what hangs on a mail, each place once."""
    for place, (name, _) in enumerate(mail.files, start=1):
        path = f"{folder}/{place:02d}_{safe_name(name)}"
        yield {"name": name, "path": path, "link": quote(path)}


def _in_mailbox(mail: Handed) -> bytes:
    """Return a mail as it stands in a mailbox file (mboxrd)."""
    raw = (mail.raw or b"").replace(b"\r\n", b"\n")
    began = f"From MAILER-DAEMON {mail.at:%a %b %d %H:%M:%S %Y}\n".encode()
    return began + _QUOTED.sub(rb">\1", raw).rstrip(b"\n") + b"\n\n"


def _indexes(values: Mapping[str, Any], folders: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield both indexes: a page for a browser without a network, and a text."""
    for name, escaped in (("index.html", True), ("index.txt", False)):
        environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([folder / "mail_folder" for folder in folders]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=escaped,
        )
        try:
            yield name, environment.get_template(f"{name}.j2").render(values).encode()
        except TemplateError as problem:
            raise TemplateProblem(f"mail_folder/{name}.j2: {problem}") from problem
