"""What lies in the configuration folder, judged against what is in force: the same, wrong, small, or never small."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.clerk.configuration.waiting import accepted_digest, accepted_files, accepted_whole
from mailbot.cli.checking.holding import hold_against
from mailbot.errors import ConfigProblem, Problem
from mailbot.ledger.files_and_notes import CONFIG_APPROVED
from mailbot.settings.covered.copies import AsTheyLie, copies_at, kept_values, lay
from mailbot.settings.covered.env_variables import ENV, weighty_variables
from mailbot.settings.covered.whole_tables import whole_tables
from mailbot.settings.folder import counts_as_it_lies, digest_of, five_of, read_folder
from mailbot.settings.loading import Kept, loaded, reload

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from mailbot.core.configuration.change import Change
    from mailbot.core.configuration.comparing import Configured
    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.settings import Settings


class Judged(StrEnum):
    """What an edit is."""

    SAME = "same"
    UNSETTLED = "unsettled"
    """Somebody may still be saving it."""
    WRONG = "wrong"
    WAITS = "waits"
    """Something of it is never small, and the operator has not approved it."""
    COUNTS = "counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What lies there, and what it is."""

    what: Judged
    settings: Settings
    """By them it goes on: those that lie there where they count or wait, else those in force."""
    contents: Mapping[str, bytes]
    digest: str
    problems: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()


class TwoLooks:
    """Says whether the folder has shown the same bytes for long enough: a file half saved is never judged."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._seen, self._since = "", timedelta()

    def agree(self, digest: str, at: timedelta, apart: timedelta) -> bool:
        """Say whether these bytes were seen long enough ago, and at every look since.

        Args:
            digest: of what lies there now.
            at: now, by a clock that nobody sets (`time.monotonic`).
            apart: how far two looks must lie apart.
        """
        if digest != self._seen:
            self._seen, self._since = digest, at
        return at - self._since >= apart


def judge(
    ledger: Ledger,
    in_force: Settings,
    folder: Path,
    env: Mapping[str, str],
    at: datetime,
    looks: tuple[TwoLooks, timedelta] | None = None,
) -> Judgement:
    """Judge what lies in the folder.

    Args:
        ledger: where the cycles under way stand, and what the operator has approved.
        in_force: the settings that count.
        folder: the configuration folder.
        env: the environment.
        at: the moment.
        looks: the looks before this one, and now by their clock; None: whoever asks has finished saving.
    """
    read = read_folder(folder)
    contents, digest = read[0], digest_of(read[0])
    apart = timedelta(seconds=in_force.files.office.changes.settle_seconds)
    settled = looks is None or looks[0].agree(digest, looks[1], apart)

    def is_(what: Judged, settings: Settings = in_force, **more: tuple[object, ...]) -> Judgement:
        return Judgement(what=what, settings=settings, contents=contents, digest=digest, **more)  # type: ignore[arg-type]  # problems or changes, each as it is named

    if digest != in_force.digest and not settled:
        return is_(Judged.UNSETTLED)
    settings, problems = reload(in_force, folder, env, read)
    if problems:
        return is_(Judged.WRONG, problems=problems)
    if settings is in_force:
        return is_(Judged.SAME)
    try:
        hold_against(ledger, settings, in_force)
    except ConfigProblem as wrong:
        return is_(Judged.WRONG, problems=wrong.problems)
    found = changes_between(ledger, in_force, settings, at)
    return is_(_weighed(ledger, found, digest), settings, changes=found)


def _weighed(ledger: Ledger, found: tuple[Change, ...], digest: str) -> Judged:
    """Say whether changes count, or wait for the operator's word about these very bytes."""
    held = any(change.waits for change in found) and ledger.notes.read(CONFIG_APPROVED) != digest
    return Judged.WAITS if held else Judged.COUNTS


def changes_between(ledger: Ledger, former: Settings, now: Settings, at: datetime) -> tuple[Change, ...]:
    """Return what settings change for the cycles under way in a ledger."""
    from mailbot.clerk.ticking import under_way
    from mailbot.core.configuration.comparing import changes

    cycles = tuple(one.cycle for one in under_way(ledger))
    return changes(_configured(former), _configured(now), cycles, at, frozenset(ledger.cycles.keys()))


def _configured(settings: Settings) -> Configured:
    """Return settings as the core compares them."""
    from mailbot.core.configuration.comparing import Configured

    return Configured(tables=whole_tables(settings), office=settings.office())


def in_force(ledger: Ledger, lying_there: Settings, env: Mapping[str, str]) -> Settings:
    """Return the settings that count: those last accepted, which a restart does not replace by what lies there.

    Where none was ever accepted, what lies there counts, and where the same five files were, by a version that looked
    at nothing else; so it does where what was accepted cannot be read any more (by
    a newer version, or without the values of `.env` that counted), and what lies there was approved on this machine.

    Raises:
        ConfigProblem: what was accepted cannot be read any more, and what lies there is another and was not approved.
    """
    accepted, contents = accepted_digest(ledger), accepted_files(ledger)
    if contents is None or counts_as_it_lies(accepted, lying_there.contents, whole=accepted_whole(ledger)):
        return lying_there
    try:
        return _kept(lying_there, env, accepted, contents)
    except ConfigProblem as unreadable:
        if ledger.notes.read(CONFIG_APPROVED) == lying_there.digest:
            return lying_there
        raise ConfigProblem((_unreadable(lying_there), *unreadable.problems)) from unreadable


def accepted_settings(ledger: Ledger, folder: Path, data: Path, env: Mapping[str, str]) -> Settings | None:
    """Return the settings last accepted, whatever lies in the folder; None where none were.

    Args:
        ledger: it keeps them.
        folder: the configuration folder.
        data: the data folder, where copies of the further files lie.
        env: the environment.

    Raises:
        ConfigProblem: they cannot be read any more.
    """
    accepted, contents = accepted_digest(ledger), accepted_files(ledger)
    if contents is None:
        return None
    lying_there = _LyingThere(folder, data, weighty_variables(folder), read_folder(folder)[0])
    return _kept(lying_there, env, accepted, contents)


@dataclass(frozen=True, slots=True)
class _LyingThere:
    """What can be told of a folder whose files are wrong."""

    folder: Path
    data_folder: Path
    weighty: Mapping[str, str]
    contents: Mapping[str, bytes]


def _kept(
    lying_there: Settings | _LyingThere, env: Mapping[str, str], accepted: str, contents: Mapping[str, bytes]
) -> Settings:
    """Return the settings that were accepted, from what was kept of them; raises ConfigProblem."""
    copies, told = copies_at(lying_there.data_folder, accepted), contents.get(ENV, b"")
    values = lying_there.weighty if told == lying_there.contents.get(ENV, b"") else kept_values(copies)
    if values is None and told:
        what = "no longer says what counted, and nothing else knows it"
        raise ConfigProblem((Problem(file=ENV, line=0, what=what),))
    if contents.keys() != five_of(contents).keys():
        lay(copies, contents)
    places = copies if contents.keys() != five_of(contents).keys() else AsTheyLie(lying_there.folder)
    return loaded(lying_there.folder, env, (contents, ()), Kept(places=places, values=values or {}))


def _unreadable(lying_there: Settings) -> Problem:
    """Return what is told where nothing can say what an edit changes: it is looked at, and approved, by hand."""
    return Problem(
        file=str(lying_there.folder),
        line=0,
        what="was edited, and the configuration that counted cannot be read any more",
        hint=f"put back what it lacks; or, if what lies there is right: mailbot apply {lying_there.digest[:16]}",
    )
