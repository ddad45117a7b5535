"""The file of a permission: ours alone, whole or not at all, and never shown where it is damaged."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from mailbot.errors import PostUnavailable
from mailbot.post.permission import Permission, PermissionFile
from mailbot.settings.oauth import OAuth
from tests.post.oauth_clients import BEGUN, MAILBOX

GOOD = Permission(
    account=MAILBOX,
    client_id="mailbot-kantor",
    token_endpoint="https://login.example.go.id/token",
    refresh_token="segar-kenari",
    granted_at=BEGUN,
    issued_at=BEGUN + timedelta(days=1),
)


@pytest.fixture
def oauth(tmp_path: Path) -> OAuth:
    """A provider whose permissions lie in a folder that is not there yet."""
    return OAuth(
        provider="own",
        client_id="mailbot-kantor",
        client_secret=SecretStr(""),
        token_endpoint="https://login.example.go.id/token",
        token_folder=tmp_path / "data" / "oauth",
    )


@pytest.mark.parametrize("permission", [GOOD, replace(GOOD, ends_at=BEGUN, ended="invalid_grant: über")])
def test_what_was_kept_is_read_again(oauth: OAuth, permission: Permission) -> None:
    """With its moments, and the reason why it ended."""
    file = PermissionFile(oauth, MAILBOX)
    assert file.read() is None
    file.keep(replace(permission, refresh_token="lama"))
    file.keep(permission)
    assert file.read() == permission
    assert "kenari" not in repr(permission)
    assert [path.name for path in file.path.parent.iterdir()] == [f"{MAILBOX}.json"]


@pytest.mark.parametrize("account", ["../../etc/passwd", "kantor/mailbot", "kantor\\mailbot", ".", "a b"])
def test_an_account_cannot_lead_out_of_the_folder(oauth: OAuth, account: str) -> None:
    """Whatever its user name holds."""
    file = PermissionFile(oauth, account)
    file.keep(replace(GOOD, account=account))
    assert file.path.parent == oauth.token_folder
    assert len(list(oauth.token_folder.iterdir())) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"refresh_token": ""},
        {"refresh_token": 5},
        {"granted_at": "kemarin"},
        {"granted_at": "2026-01-05T01:00:00"},
        {"ends_at": 5},
        {"account": None},
    ],
)
def test_a_damaged_file_is_told_without_what_it_holds(oauth: OAuth, change: dict[str, object]) -> None:
    """Nothing is guessed, nothing is overwritten."""
    file = PermissionFile(oauth, MAILBOX)
    file.keep(GOOD)
    values = json.loads(file.path.read_text()) | change
    for content in (json.dumps(values), json.dumps(values)[:40], "[]", "\0", json.dumps({**values, "x": 1})):
        file.path.write_text(content)
        with pytest.raises(PostUnavailable) as caught:
            file.read()
        assert caught.value.credentials
        assert str(caught.value).endswith(f"{file.path} is damaged. Run: mailbot login")
        assert "kenari" not in repr(caught.value.__dict__) + repr(caught.value.__context__)
        assert file.path.read_text() == content


def test_a_file_that_others_can_read_is_refused(oauth: OAuth) -> None:
    """It has to be closed first, and a new consent would be wise."""
    file = PermissionFile(oauth, MAILBOX)
    file.keep(GOOD)
    file.path.chmod(0o640)
    with pytest.raises(PostUnavailable, match=r"can be read by others\. Run: chmod 600") as caught:
        file.read()
    assert caught.value.credentials


def test_a_place_that_cannot_be_used_is_told(oauth: OAuth) -> None:
    """A folder in the file's place, a file in the folder's."""
    file = PermissionFile(oauth, MAILBOX)
    file.path.mkdir(parents=True)
    with pytest.raises(PostUnavailable, match="Is a directory"):
        file.read()
    elsewhere = PermissionFile(replace(oauth, token_folder=file.path / "x" / "y"), MAILBOX)
    (file.path / "x").touch()
    with pytest.raises(PostUnavailable, match="cannot be written to: Not a directory"), elsewhere.locked():
        pass
