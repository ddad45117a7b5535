"""Whose is what: which units a mail or letter touches, and so whether somebody who sees his own unit sees it.

Who sees his unit alone sees a mail that was written by, or a letter that is to, people of units that he sees and
nothing else: somebody who heads two units may read of both in one letter, which is shown to nobody of one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.codes.letter_kinds import LetterKind
from mailbot.ledger.board.boxes import Whose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.core.model.people import Person
    from mailbot.ledger.board.boxes import LetterSeen, MailSeen
    from mailbot.web.pages.page import Here

SECRET_KINDS: frozenset[str] = frozenset({LetterKind.CHALLENGE.value, LetterKind.BOARD_LINK.value})
"""Letters whose words are for one pair of eyes: who reads the code or link in one could speak in another's name."""


def of_unit(post: Person) -> str:
    """Return the unit of a post; empty where it has none."""
    return post.unit or ""


def units_of(posts: Iterable[Person]) -> frozenset[str]:
    """Return the units of some posts, the empty one among them where a post has none."""
    return frozenset(map(of_unit, posts))


def sees_mail(mail: MailSeen, brought: Iterable[str], here: Here) -> bool:
    """Say whether the viewer sees a mail, which brought forms of these units."""
    whose = whose_boxes(here)
    return whose is None or (mail.sender in whose.addresses and whose.units.issuperset(brought))


def sees_letter(letter: LetterSeen, here: Here) -> bool:
    """Say whether the viewer sees a letter."""
    whose = whose_boxes(here)
    return whose is None or (letter.person in whose.people and letter.unit in whose.units | {""})


def whose_boxes(here: Here) -> Whose | None:
    """Return whose mails and letters the viewer sees; None: everybody's."""
    if here.viewer.sees_everything:
        return None
    people = here.office.roster.people
    own = [post for post in people if post.unit and here.viewer.sees(post.unit)]
    own = [post for post in own if units_of(_posts_of(post, people)) <= here.viewer.units]
    addresses = {one.casefold() for post in own for one in (*post.addresses, post.second_address) if one}
    return Whose(people=frozenset(post.key for post in own), addresses=frozenset(addresses), units=here.viewer.units)


def _posts_of(post: Person, people: Iterable[Person]) -> list[Person]:
    """Return every post of whoever holds one: those that share an address with it."""
    return [other for other in people if any(map(other.owns, post.addresses))]
