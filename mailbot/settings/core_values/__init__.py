"""From the five files to the one value that the rules know: `core.model.office.Office`."""

from mailbot.settings.core_values.office import office_of

__all__ = ["office_of"]
