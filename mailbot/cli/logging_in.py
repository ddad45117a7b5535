"""`mailbot login`: whoever owns the mailbox consents, once, and mailbot logs in without a password ever after."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from mailbot.cli.options import ConfigOption, settings_of, spelled
from mailbot.errors import PostUnavailable

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.post.permission import PermissionFile
    from mailbot.post.token_office import Denied, Granted
    from mailbot.settings.oauth import OAuth
    from mailbot.settings.settings import Settings


class Way(StrEnum):
    """How consent is given."""

    DEVICE = "device"
    BROWSER = "browser"
    PASTE = "paste"


PATIENCE_SECONDS = 15 * 60.0
_PASTE_PORT = 49_152
"""Nothing listens there: the browser shows an error, and the address bar holds what we need."""
_WITHOUT_MEANING = frozenset({"offline_access", "openid", "email", "profile"})
"""Scopes that providers do not name again in their answer."""
_WHAT_IT_MEANS = {
    "access_denied": "Consent was refused. Run the command again, sign in as the mailbox, and agree.",
    "authorization_declined": "Consent was refused. Run the command again, sign in as the mailbox, and agree.",
    "expired_token": "Nobody entered the code in time. Run the command again.",
    "wrong_state": "That address does not belong to this run of the command. Copy the whole address, or begin again.",
    "no_code": "That is not the address the browser ended at. It begins with http:// and holds code=. Begin again.",
    "invalid_client": "Check oauth.client_id in office.yaml, and MAILBOT_OAUTH_CLIENT_SECRET.",
    "unauthorized_client": "The provider does not let this client do that: at Microsoft, allow public client flows.",
    "invalid_scope": "The provider does not know, or does not allow, what is asked for: see oauth.scopes.",
    "invalid_grant": "The provider did not take the answer; perhaps too much time went by. Run the command again.",
}


def login(
    config: ConfigOption = None,
    account: Annotated[
        str | None, typer.Option("--account", help="User name at the mail server; needed if there are several.")
    ] = None,
    by: Annotated[
        Way | None,
        typer.Option("--by", help="A code typed in anywhere, a browser on this machine, or an address pasted here."),
    ] = None,
) -> None:
    """Let mailbot log in to the mailbox without a password (OAuth2): says what to open and what to do there."""
    from mailbot.cli.options import now
    from mailbot.post.oauth import first
    from mailbot.post.permission import PermissionFile
    from mailbot.post.token_office import Denied

    settings = settings_of(config)
    user, oauth = _chosen(settings, account)
    way = by or (Way.DEVICE if oauth.device_endpoint else Way.BROWSER)
    typer.echo(f"mailbot is to read and send mail as {user}. The owner of that mailbox has to agree, once.\n")
    answer = _consent(oauth, user, way)
    if isinstance(answer, Denied):
        raise PostUnavailable(f"No permission came: {answer}. {_WHAT_IT_MEANS.get(answer.error, '')}".strip())
    if not answer.refresh_token:
        raise PostUnavailable(
            "The provider let us in but gave no lasting permission (no refresh token). With provider own, add the "
            "scope offline_access; at Google, remove mailbot under the account's third-party access and begin again."
        )
    file, permission = PermissionFile(oauth, user), first(oauth, user, answer, now())
    with file.locked():
        file.keep(permission)
    _end_the_pause(settings, user)
    _tell_what_lacks(oauth, answer)
    end = permission.known_end(oauth)
    _tell_the_end(file, f"{end:%Y-%m-%d}" if end else "", config)


def _tell_the_end(file: PermissionFile, end: str, config: Path | None) -> None:
    """Say where the permission is, until when it lasts as far as is known, and what comes next."""
    typer.echo(
        f"Done. The permission is kept in {file.path}.\n"
        f"It is as secret as a password; only the user who ran this can read it, and mailbot must run as the same.\n"
        + (f"It ends on {end} unless it is renewed; the operator is warned before.\n" if end else "")
        + f"Next: {spelled('check --live', config)} (a running daemon takes it up at its next look)"
    )


def _end_the_pause(settings: Settings, user: str) -> None:
    """Let the logins that waited for this be tried at once."""
    from mailbot.clerk.logins import OUTGOING, resume
    from mailbot.cli.options import existing_ledger
    from mailbot.cli.wiring import ledger_account
    from mailbot.errors import LedgerProblem

    incoming = (settings.imap, *(further.server for further in settings.further))
    logins = [ledger_account(server) for server in incoming if server.user == user]
    logins += [OUTGOING] if settings.smtp.user == user else []
    # Before the first pass there is no ledger, and nothing waits; a damaged one is told of by whoever needs it.
    with suppress(LedgerProblem), existing_ledger(settings) as ledger:
        resume(ledger, logins)


def _chosen(settings: Settings, account: str | None) -> tuple[str, OAuth]:
    """Return whose permission is meant."""
    from mailbot.cli.wiring import oauth_accounts
    from mailbot.settings.variables import OAUTH_CLIENT_SECRET

    known = oauth_accounts(settings)
    if not known:
        raise typer.BadParameter(
            "office.yaml logs in by password (oauth.provider is none), so there is nothing to consent to. For Gmail or "
            "Microsoft 365 set oauth.provider and oauth.client_id there first."
        )
    if OAUTH_CLIENT_SECRET in settings.missing_secrets():
        raise PostUnavailable(f"{OAUTH_CLIENT_SECRET} must be set first: the provider wants to see it.")
    if account is None and len(known) > 1:
        raise typer.BadParameter(f"name one with --account: {', '.join(known)}")
    user = account or next(iter(known))
    if user not in known:
        raise typer.BadParameter(f"no account {user} logs in by OAuth2; there is: {', '.join(known)}")
    return user, known[user]


def _consent(oauth: OAuth, user: str, way: Way) -> Granted | Denied:
    """Say what to do, and wait until it is done."""
    if way is Way.DEVICE and not oauth.device_endpoint:
        raise typer.BadParameter("this provider has no device codes for mail; use --by browser or --by paste")
    if way is not Way.DEVICE and not oauth.authorize_endpoint:
        raise typer.BadParameter("oauth.authorize_endpoint is not set; use --by device")
    match way:
        case Way.DEVICE:
            return _by_device(oauth, user)
        case Way.BROWSER:
            return _by_browser(oauth, user)
        case Way.PASTE:
            return _by_paste(oauth, user)
    assert_never(way)


def _by_device(oauth: OAuth, user: str) -> Granted | Denied:
    """Show a code that is typed into any browser."""
    from mailbot.post.consent.device_login import ask_for_code, await_consent
    from mailbot.post.token_office import Denied

    code = ask_for_code(oauth)
    if isinstance(code, Denied):
        return code
    typer.echo(
        f"1. Open this address in a browser, on any computer or telephone:\n\n       {code.url}\n\n"
        f"2. Type this code there:\n\n       {code.user_code}\n\n"
        f"3. Sign in as {user} (not as yourself), and agree.\n\n"
        f"Waiting. The code is good for {code.lasts_seconds / 60:.0f} minutes; Ctrl-C stops."
    )
    return await_consent(oauth, code)


def _by_browser(oauth: OAuth, user: str) -> Granted | Denied:
    """Show an address to open on this machine, and wait for the browser to come back."""
    from mailbot.post.consent.browser_login import CallbackDoor, answered, question
    from mailbot.post.consent.device_login import EXPIRED

    with CallbackDoor() as door:
        asked = question(oauth, user, door.port)
        typer.echo(
            f"1. Open this address in a browser on this very computer:\n\n{asked.url}\n\n"
            f"2. Sign in as {user} (not as yourself), and agree.\n\n"
            f"Waiting, {PATIENCE_SECONDS / 60:.0f} minutes at most; Ctrl-C stops. No browser on this computer? "
            f"Stop, and run the same command with --by paste"
        )
        address = door.wait(asked, PATIENCE_SECONDS)
    return EXPIRED if address is None else answered(oauth, asked, address)


def _by_paste(oauth: OAuth, user: str) -> Granted | Denied:
    """Show an address to open anywhere; what the browser ends at is pasted here."""
    from mailbot.post.consent.browser_login import answered, question

    asked = question(oauth, user, _PASTE_PORT)
    typer.echo(
        f"1. Open this address in a browser, on any computer:\n\n{asked.url}\n\n"
        f"2. Sign in as {user} (not as yourself), and agree.\n\n"
        f"3. The browser then shows an error: nothing answers at {asked.redirect_uri}. That is as it should be.\n"
        f"   Copy the whole address from its address bar, and paste it here.\n"
    )
    return answered(oauth, asked, typer.prompt("Address"))


def _tell_what_lacks(oauth: OAuth, answer: Granted) -> None:
    """Say which of the things asked for were not granted: at Google each can be left unticked."""
    lacking = set(oauth.scopes) - set(answer.scopes) - _WITHOUT_MEANING if answer.scopes else set()
    if lacking:
        named = ", ".join(sorted(lacking))
        typer.echo(f"note: the provider did not grant {named}; mail may be refused. Tick all boxes.")
