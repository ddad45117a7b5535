"""Questions about what the report says of the office: do its aims, posts and criteria fit what else the files say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.settings.wrongness import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.errors import Problem
    from mailbot.settings.files.indicators import ObjectiveBlock
    from mailbot.settings.files.profile import EvaluationBlock, ProfileBlock
    from mailbot.settings.sections import Items, Part

_WHOLE = 100


def posts_hang_together(profile: Part[ProfileBlock]) -> Iterator[Problem]:
    """Each post stands once, under a post that is there, and all of them under one head."""
    titles: list[str] = []
    for place, post in enumerate(profile.value.posts):
        if post.title in titles:
            yield profile.problem("posts", place, "title", what=f"the post '{post.title}' stands twice")
        if post.under and post.under not in titles:
            what = f"the post '{post.title}' is under '{post.under}', which is no post above it in the list"
            yield profile.problem("posts", place, "under", what=what, hint=did_you_mean(post.under, titles))
        if place and not post.under:
            what = f"the post '{post.title}' is under none, but only the first may be"
            yield profile.problem("posts", place, "title", what=what, hint="say whose it is: `under: ...`")
        titles.append(post.title)


def aims_and_actions_are_known(profile: Part[ProfileBlock], objectives: Items[ObjectiveBlock]) -> Iterator[Problem]:
    """Each aim stands once, and it and every action name objectives that there are."""
    codes = [objective.code for objective in objectives.blocks]
    seen: set[str] = set()
    for place, aim in enumerate(profile.value.aims):
        if aim.code in seen:
            yield profile.problem("aims", place, "code", what=f"the aim '{aim.code}' stands twice")
        seen.add(aim.code)
        for at, code in enumerate(aim.objectives):
            if code not in codes:
                what = f"{aim.code}: there is no objective '{code}'"
                yield profile.problem("aims", place, "objectives", at, what=what, hint=did_you_mean(code, codes))
    for place, action in enumerate(profile.value.actions):
        if action.objective not in codes:
            what = f"action {place + 1}: there is no objective '{action.objective}'"
            yield profile.problem("actions", place, "objective", what=what, hint=did_you_mean(action.objective, codes))


def criteria_add_up(evaluation: Part[EvaluationBlock]) -> Iterator[Problem]:
    """Each criterion stands once, and all of them weigh no more than the whole sheet."""
    seen: set[str] = set()
    for place, criterion in enumerate(evaluation.value.criteria):
        if criterion.code in seen:
            what = f"the criterion '{criterion.code}' stands twice"
            yield evaluation.problem("criteria", place, "code", what=what)
        seen.add(criterion.code)
    total = sum(criterion.weight for criterion in evaluation.value.criteria)
    if total > _WHOLE:
        yield evaluation.problem("criteria", what=f"the criteria weigh {total} together, more than {_WHOLE}")
