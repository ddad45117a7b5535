"""Whose is what: which units a mail or letter touches, and so whether somebody who sees his own unit sees it.

Who sees his unit alone sees a mail that was written by, or a letter that is to, people of units that he sees and
nothing else: somebody who heads two units may read of both in one letter, which is shown to nobody of one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.core.model.people import Person
    from mailbot.web.pages.page import Here


def of_unit(post: Person) -> str:
    """Return the unit of a post; empty where it has none."""
    return post.unit or ""


def units_of(posts: Iterable[Person]) -> frozenset[str]:
    """Return the units of some posts, the empty one among them where a post has none."""
    return frozenset(map(of_unit, posts))


def sees_mail(here: Here, sender: str, brought: frozenset[str]) -> bool:
    """Say whether the viewer sees a mail.

    Args:
        here: who looks.
        sender: its address, in small letters.
        brought: the units whose forms it brought.
    """
    if here.viewer.sees_everything:
        return True
    posts = [post for post in here.office.roster.people if post.owns(sender)]
    touched = units_of(posts) | brought
    return bool(posts) and all(unit and here.viewer.sees(unit) for unit in touched)


def sees_letter(here: Here, person: str, address: str, unit: str) -> bool:
    """Say whether the viewer sees a letter to that person, at that address, about that unit (empty: about none)."""
    if here.viewer.sees_everything:
        return True
    posts = [post for post in here.office.roster.people if post.key == person or post.owns(address)]
    touched = units_of(posts) | ({unit} if unit else frozenset())
    return bool(posts) and all(one and here.viewer.sees(one) for one in touched)
