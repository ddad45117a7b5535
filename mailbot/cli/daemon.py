"""What beats in `mailbot run`: a clerk, built anew whenever the configuration has changed for the better."""

from __future__ import annotations

import logging
import time
from contextlib import ExitStack, suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.configuration.mistakes import tell_configuration
from mailbot.clerk.configuration.taking import hold_up, put_back, take
from mailbot.clerk.configuration.waiting import accept, accepted_digest
from mailbot.clerk.held.sealing_former import seal_former
from mailbot.clerk.keeping.backing_up import BackupMaker
from mailbot.clerk.keeping.carrying import Carrier
from mailbot.clerk.keeping.ends import EndsAsker
from mailbot.clerk.logins import logins_of, resume
from mailbot.clerk.passing import Passed, one_pass
from mailbot.clerk.sending import take_back
from mailbot.clerk.watchdog import note_proof
from mailbot.cli.checking.holding import hold_against
from mailbot.cli.configuration.judging import Judged, Judgement, TwoLooks, in_force, judge
from mailbot.cli.configuration.ledger_place import keep_ledger_place, same_office
from mailbot.cli.door.bell import BellWatch
from mailbot.cli.options import environment, now
from mailbot.cli.upkeep.backups import backup_plan
from mailbot.cli.upkeep.ends import asked_ends
from mailbot.cli.watching import ClockWatch, Failing, MailboxWatch
from mailbot.cli.wiring import account_of, clerk_on, ledger_account, ledger_of, pdf_maker
from mailbot.errors import ConfigProblem, MailbotError, Problem, TemplateProblem
from mailbot.heartbeat import Watch
from mailbot.ledger.files_and_notes import BEGAN_RUN, PASSED_AT
from mailbot.ledger.place import same_ledger, shown
from mailbot.settings.covered.copies import keep_only
from mailbot.settings.loading import as_it_counts

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from mailbot.clerk.parts import Clerk
    from mailbot.cli.wiring import PdfMakers
    from mailbot.ledger.ledger import Ledger
    from mailbot.post.account import Account
    from mailbot.settings.settings import Settings

_log = logging.getLogger("mailbot")


class Daemon:
    """The clerk at work; a configuration edited badly is told of once, and the last good one stays in force."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        clock_watch: ClockWatch | None = None,
        clock: Callable[[], datetime] = now,
        env: Callable[[], dict[str, str]] = environment,
        pdf: PdfMakers = pdf_maker,
    ) -> None:
        """Open everything.

        Args:
            folder: the configuration folder.
            settings: what lies there; what was accepted last counts.
            clock_watch: sees when the machine's clock is set.
            clock: tells the time; it is asked at each step of a pass.
            env: gives the environment; it is asked whenever the configuration is looked at.
            pdf: gives what makes PDFs, by the settings in force.

        Raises:
            LedgerProblem: the database cannot be used.
            ConfigProblem: the key that signs forms cannot be used, or a cycle under way cannot go on by these settings.
            PostUnavailable: a mail server's settings are unsafe.
        """
        self._folder, self._clock, self._env, self._pdf = folder, clock, env, pdf
        self._told: tuple[Problem, ...] = ()
        self._operator_knows: bool | None = None  # whether he was told that it is wrong; None: nobody was asked yet
        self._open, self._ledger_open = ExitStack(), ExitStack()
        self._watches: dict[str, MailboxWatch] = {}
        self._paused: frozenset[str] = frozenset()
        self._failing, self._clock_watch = Failing(), clock_watch or ClockWatch()
        self._backups, self._ends, self._carrier = BackupMaker(), EndsAsker(), Carrier()
        self._clerk: Clerk
        self._settings, self._looks = settings, TwoLooks()
        self._bell: BellWatch | None = None
        self._start(settings)
        self._take_over()

    def _take_over(self) -> None:
        """Hang up the bell, and take back what this daemon had in hand when it ended."""
        self._bell = BellWatch(self._settings.data_folder)
        books = self._clerk.books
        take_back(books.ledger, books.clock(), self._clerk.post.name)
        books.ledger.notes.write(BEGAN_RUN, books.clock().isoformat())

    @property
    def settings(self) -> Settings:
        """Return the settings in force."""
        return self._settings

    def beat(self) -> Passed:
        """Make one pass with the configuration as it is now; passes that keep failing are told of."""
        try:
            passed = self._pass()
        except Exception:
            self._failing.failed(self._clerk)
            raise
        self._failing.worked(self._clerk)
        return passed

    def _pass(self) -> Passed:
        """Make one pass."""
        self._look_at_configuration()
        self._look_at_clock()
        books = self._clerk.books
        take_back(books.ledger, books.clock())
        passed = one_pass(self._clerk)
        self._keep_up()
        if passed.received or passed.worked or passed.sent:
            _log.info("received %d, worked %d, sent %d", passed.received, passed.worked, passed.sent)
        for trouble in passed.trouble:
            _log.warning("%s", trouble)
        if passed.locked_out:
            _log.error("a mail server refuses our credentials; waiting 15 minutes before the next try")
        self._paused = frozenset(passed.paused)
        self._rest()
        return passed

    def _keep_up(self) -> None:
        """Do what is done beside the mail: prove that none is lost, back up, ask what ends, note that it goes on."""
        books = self._clerk.books
        note_proof(books, self._clerk.post.boxes)
        self._backups.look(books, backup_plan(self._settings))
        self._ends.look(books, partial(asked_ends, self._settings))
        if hindered := self._carrier.look(books):
            _log.warning("%s", hindered)
        books.ledger.notes.write(PASSED_AT, books.clock().isoformat())

    def _rest(self) -> None:
        """Let go of a LibreOffice that is not needed just now."""
        if (pdf := self._clerk.lookout.pdf) is not None:
            pdf.rest()

    def watches(self) -> tuple[Watch, ...]:
        """Return the bell, and a watch for every mailbox whose server lets us in, the same ones from beat to beat."""
        logins = {"": self._settings.imap} | {further.mailbox.key: further.server for further in self._settings.further}
        keys = [key for key, server in logins.items() if ledger_account(server) not in self._paused]
        self._watches = {key: self._watches.get(key) or MailboxWatch(partial(self._watched, key)) for key in keys}
        return (*self._watches.values(), *((self._bell,) if self._bell is not None and self._bell.hangs else ()))

    def _watched(self, key: str) -> tuple[Account, str]:
        """Return login and inbox of a mailbox (the first one for an empty key), by the settings in force."""
        further = next((each for each in self._settings.further if each.mailbox.key == key), None)
        if further is not None:
            return account_of(further.server), further.mailbox.folders.inbox
        return account_of(self._settings.imap), self._settings.folders.inbox

    def let_go(self) -> None:
        """Let every watch under way end: the process goes on without this daemon."""
        if self._bell is not None:
            self._bell.let_go()
        for watch in self._watches.values():
            watch.let_go()

    def close(self) -> None:
        """Close everything; a watch under way ends with the process, a backup is broken off."""
        if self._bell is not None:
            self._bell.take_down()
        self._backups.close()
        self._open.close()
        self._ledger_open.close()

    def _start(self, lying_there: Settings) -> None:
        """Open the ledger, and begin by what counts there: a restart lets no edit in that waits for a word."""
        with ExitStack() as opened:
            ledger = opened.enter_context(ledger_of(lying_there))
            settings = as_it_counts(in_force(ledger, lying_there, self._env()))
            self._settings = settings
            self._begin(settings, ledger)
            if accepted_digest(ledger) != settings.digest:
                accept(ledger, settings.digest, settings.contents, self._clerk.books.clock())
            keep_only(settings.data_folder, settings.digest)
            self._ledger_open = opened.pop_all()

    def _begin(self, settings: Settings, open_already: Ledger | None = None) -> None:
        """Build a clerk; only when all of that has worked is the former one let go.

        Args:
            settings: what it is built by.
            open_already: the ledger of the former one, where the settings name the same; it stays open throughout.
        """
        with ExitStack() as ledger_opened, ExitStack() as opened:
            ledger = open_already or ledger_opened.enter_context(ledger_of(settings, counts=True))
            hold_against(ledger, settings, self._settings if open_already is not None else None)
            clerk = self._named(opened.enter_context(clerk_on(ledger, settings, self._clock, self._pdf)))
            seal_former(clerk.books, clerk.reader)
            self._log_in_again(clerk)
            self._open.close()
            self._open = opened.pop_all()
            if open_already is None:
                self._ledger_open.close()
                self._ledger_open = ledger_opened.pop_all()
        self._clerk, self._settings = clerk, settings

    def _named(self, clerk: Clerk) -> Clerk:
        """Return the clerk under the name by which it claims letters: the same after a restart."""
        return clerk

    def _log_in_again(self, clerk: Clerk) -> None:
        """Leave no login alone: whoever starts the daemon or changes its settings may have mended it."""
        resume(clerk.books.ledger, logins_of(clerk.post.boxes))

    def _begin_anew(self, judged: Judgement) -> None:
        """Go on by changed settings; a ledger in another place is told of, for it knows nothing of what was done."""
        before, clerk, settings = self._settings, self._clerk, as_it_counts(judged.settings)
        former, wanted = (each.database_url.get_secret_value() for each in (before, settings))
        stays = same_ledger(former, wanted) and same_office(before, settings)
        self._begin(settings, clerk.books.ledger if stays else None)
        keep_ledger_place(settings)
        if judged.changes or not stays:
            take(clerk, self._clerk, (before.digest, settings.digest), judged.contents, judged.changes)
        elif before.digest != settings.digest:
            accept(self._clerk.books.ledger, settings.digest, judged.contents, self._clerk.books.clock())
        _log.info("configuration read anew")
        if not stays and (was := shown(former)) != (now_at := shown(wanted)):
            _log.warning("the ledger is now %s; what stands in %s, letters that wait too, stays there", now_at, was)

    def _look_at_configuration(self) -> None:
        """Take an edit that may count, hold one up that may not; of one that is wrong say so once, and go on."""
        books = self._clerk.books
        looks = (self._looks, timedelta(seconds=time.monotonic()))
        problems: tuple[Problem, ...] = ()
        try:
            judged = judge(books.ledger, self._settings, self._folder, self._env(), books.clock(), looks)
            if judged.what is Judged.UNSETTLED:
                return
            problems = judged.problems
            self._act_on(judged)
        except ConfigProblem as wrong:
            problems = wrong.problems
        except MailbotError as wrong:
            problems = (Problem(file=str(self._folder), line=0, what=str(wrong)),)
        if problems and problems != self._told:
            for problem in problems:
                _log.error("%s", problem)
            _log.error("the configuration as it was stays in force")
        self._tell_operator(problems)
        self._told = problems

    def _act_on(self, judged: Judgement) -> None:
        """Do what follows from what lies in the folder."""
        self._take_passwords(judged)
        if judged.what is Judged.COUNTS:
            self._begin_anew(judged)
        elif judged.what is Judged.SAME:
            put_back(self._clerk)
        elif judged.what is Judged.WAITS and hold_up(self._clerk, judged.digest, judged.changes):
            _log.warning(
                "an edit waits for the operator, %d changes; until then the configuration as it was stays in force. To "
                "see what it changes: mailbot apply; to let it count: mailbot apply %s",
                len(judged.changes),
                judged.digest[:16],
            )

    def _take_passwords(self, judged: Judgement) -> None:
        """Log in with new passwords though an edit waits or is wrong: the word about it would else never be read."""
        if judged.what in {Judged.WAITS, Judged.WRONG}:
            with suppress(ConfigProblem):  # told by then, where the environment is what is wrong
                anew = as_it_counts(self._settings, self._env())
                if anew.credentials != self._settings.credentials:
                    self._begin(anew, self._clerk.books.ledger)

    def _tell_operator(self, problems: tuple[Problem, ...]) -> None:
        """Write to the operator once that what was edited cannot be used, and once that it can again."""
        if self._operator_knows is bool(problems):
            return
        clerk = self._clerk
        try:
            tell_configuration(clerk.books, clerk.maker, clerk.lookout, tuple(map(str, problems)))
        except TemplateProblem as problem:
            _log.warning("%s", problem)
        else:
            self._operator_knows = bool(problems)

    def _look_at_clock(self) -> None:
        """Hold the outbox if the clock was set by days: letters of a wrong day cannot be called back."""
        if jump := self._clock_watch.jump():
            self._clerk.books.ledger.outbox.hold_all()
            _log.error(
                "the clock of this machine was set by %+.0f hours; nothing leaves until you have looked at it and at "
                "`mailbot outbox list`, and have said `mailbot outbox release`",
                jump.total_seconds() / 3600,
            )
