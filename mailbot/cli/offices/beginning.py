"""By which settings an office begins: those in its folder, or where they are wrong those it accepted last."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from mailbot.cli.configuration.last_accepted import last_accepted
from mailbot.cli.process.looking_over import look_over
from mailbot.errors import ConfigProblem, TemplateProblem
from mailbot.settings.loading import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.cli.offices.folders import OfficeFolder
    from mailbot.settings.settings import Settings

_log = logging.getLogger("mailbot")


def settings_to_begin_by(office: OfficeFolder, env: Mapping[str, str]) -> Settings:
    """Return the settings by which an office is served.

    An office alone does not start on a mistake: somebody sits before it. Among others nobody does, and a machine that
    was started anew must not leave an office without service for an edit of yesterday; its operator is told by mail.

    Raises:
        ConfigProblem: something is wrong, and nothing was accepted before that could be gone on by.
        TemplateProblem: the same of the office's own templates.
    """
    try:
        settings = load(office.path, env)
        look_over(settings.template_folders)
    except (ConfigProblem, TemplateProblem) as wrong:
        accepted = last_accepted(office.path, env)
        if accepted is None:
            raise
        look_over(accepted.template_folders)
        _log.error("%s cannot be used as it lies there, and is served by what it accepted last: %s", office.name, wrong)
        return accepted
    return settings
