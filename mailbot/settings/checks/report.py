"""Questions about what the report says of the office: do its aims, posts and criteria fit what else the files say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.settings.sayings.said import Mistake, said
from mailbot.settings.slips.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.files.indicators import ObjectiveBlock
    from mailbot.settings.files.profile import EvaluationBlock, ProfileBlock
    from mailbot.settings.sections import Items, Part

_WHOLE = 100


def posts_hang_together(profile: Part[ProfileBlock]) -> Iterator[Mistake]:
    """Each post stands once, under a post that is there, and all of them under one head."""
    titles: list[str] = []
    for place, post in enumerate(profile.value.posts):
        if post.title in titles:
            yield profile.problem("posts", place, "title", what=said("post_twice", title=post.title))
        if post.under and post.under not in titles:
            what = said("post_under_unknown", title=post.title, under=post.under)
            yield profile.problem("posts", place, "under", what=what, hint=did_you_mean(post.under, titles))
        if place and not post.under:
            what = said("post_under_none", title=post.title)
            yield profile.problem("posts", place, "title", what=what, hint=said("say_whose"))
        titles.append(post.title)


def aims_and_actions_are_known(profile: Part[ProfileBlock], objectives: Items[ObjectiveBlock]) -> Iterator[Mistake]:
    """Each aim stands once, and it and every action name objectives that there are."""
    codes = [objective.code for objective in objectives.blocks]
    seen: set[str] = set()
    for place, aim in enumerate(profile.value.aims):
        if aim.code in seen:
            yield profile.problem("aims", place, "code", what=said("aim_twice", code=aim.code))
        seen.add(aim.code)
        for at, code in enumerate(aim.objectives):
            if code not in codes:
                what = said("aim_objective_unknown", code=aim.code, code_2=code)
                yield profile.problem("aims", place, "objectives", at, what=what, hint=did_you_mean(code, codes))
    for place, action in enumerate(profile.value.actions):
        if action.objective not in codes:
            what = said("action_objective_unknown", given=place + 1, objective=action.objective)
            yield profile.problem("actions", place, "objective", what=what, hint=did_you_mean(action.objective, codes))


def criteria_add_up(evaluation: Part[EvaluationBlock]) -> Iterator[Mistake]:
    """Each criterion stands once, and all of them weigh no more than the whole sheet."""
    seen: set[str] = set()
    for place, criterion in enumerate(evaluation.value.criteria):
        if criterion.code in seen:
            what = said("criterion_twice", code=criterion.code)
            yield evaluation.problem("criteria", place, "code", what=what)
        seen.add(criterion.code)
    total = sum(criterion.weight for criterion in evaluation.value.criteria)
    if total > _WHOLE:
        yield evaluation.problem("criteria", what=said("criteria_too_heavy", total=total, whole=_WHOLE))
