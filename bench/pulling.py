"""Mail pulled into a Django database, in a process of its own: django-mailbox, and a loop like that of paperless-ngx.

paperless-ngx is no package that an index offers, so its loop is written again here, from what its own is made of:
imap-tools in bulk, a look into the table of what is done for each mail, libmagic for each file twice, the file put into
a folder of its own, and a task for the queue, which here is a list. What its queue would do then is left out.

`python -m bench.pulling PULLER FOLDER`: gets ready, says so, begins when it is told to, says how much it has.
"""

from __future__ import annotations

import imaplib
import json
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.pictured import EXTRAS

LOGIN = "login.json"
"""What `FOLDER` holds: host, port, user and password."""
NEEDS = {"django-mailbox": "django_mailbox", "paperless": "magic"}
"""Puller -> what must be installed for it."""
_BULK = 500


def installed(puller: str) -> bool:
    """Say whether `make bench` has installed what a puller is made of."""
    if str(EXTRAS) not in sys.path:
        sys.path.append(str(EXTRAS))
    return find_spec(NEEDS[puller]) is not None


def main(puller: str, folder: Path) -> None:
    """Pull a mailbox once."""
    assert installed(puller)
    login = json.loads((folder / LOGIN).read_text(encoding="utf-8"))
    _look(login)
    pull = {"django-mailbox": _django_mailbox, "paperless": _paperless}[puller](folder, login)
    print("ready", flush=True)
    sys.stdin.readline()
    print(pull(), flush=True)


def _look(login: dict[str, Any]) -> None:
    """Let the server have looked at every mail once, as it has for all others."""
    with imaplib.IMAP4(login["host"], login["port"]) as box:
        box.login(login["user"], login["password"])
        box.select("INBOX", readonly=True)
        box.fetch("1:*", "(RFC822.SIZE)")


def _django(folder: Path, *apps: str) -> None:
    """Set Django up with a SQLite file, as its manual has it."""
    import_module("django.conf").settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "db.sqlite3"}},
        INSTALLED_APPS=list(apps),
        MEDIA_ROOT=folder / "kept",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    import_module("django").setup()
    import_module("django.core.management").call_command("migrate", verbosity=0)


def _django_mailbox(folder: Path, login: dict[str, Any]) -> Any:  # noqa: ANN401 - Django ships no types
    """Return what lets django-mailbox get its new mail, which it then deletes on the server."""
    _django(folder, "django_mailbox")
    models = import_module("django_mailbox.models")
    user, password = (quote(login[name], safe="") for name in ("user", "password"))
    where = f"imap://{user}:{password}@{login['host']}:{login['port']}"
    box = models.Mailbox.objects.create(name="office", uri=where)

    def pull() -> int:
        for _ in box.get_new_mail():
            pass
        return int(models.Message.objects.count())

    return pull


def _paperless(folder: Path, login: dict[str, Any]) -> Any:  # noqa: ANN401 - Django ships no types
    """Return what does as the loop of paperless-ngx does, without its queue."""
    _django(folder)
    done = _table_of_done()
    magic, imap = import_module("magic"), import_module("imap_tools")
    (folder / "kept").mkdir()
    queue: list[dict[str, Any]] = []

    def pull() -> int:
        with imap.MailBoxUnencrypted(login["host"], login["port"]).login(login["user"], login["password"]) as box:
            folder_now = str(box.folder.get())
            counts = box.folder.status(folder_now)["UIDVALIDITY"]
            for mail in box.fetch(mark_seen=False, bulk=_BULK):
                if done.objects.filter(folder=folder_now, uid=mail.uid, uid_validity=counts).exists():
                    continue
                for file in mail.attachments:
                    magic.from_buffer(file.payload, mime=True)
                    path = Path(tempfile.mkdtemp(prefix="mail-", dir=folder / "kept")) / file.filename
                    path.write_bytes(file.payload)
                    kind = magic.from_file(str(path), mime=True)
                    queue.append({"file": str(path), "kind": kind, "title": mail.subject, "from": mail.from_})
        return len(queue)

    return pull


def _table_of_done() -> Any:  # noqa: ANN401 - Django ships no types
    """Make the table in which the loop looks whether a mail is done."""
    models, database = import_module("django.db.models"), import_module("django.db")
    columns = {name: models.CharField(max_length=256) for name in ("folder", "uid", "uid_validity")}
    meta = type("Meta", (), {"app_label": "bench"})
    table = type("Done", (models.Model,), {"__module__": __name__, "Meta": meta, **columns})
    with database.connection.schema_editor() as editor:
        editor.create_model(table)
    return table


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
