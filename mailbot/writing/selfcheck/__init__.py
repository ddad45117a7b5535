"""Every letter and document once with sample values, so that a wrong template is found when the office is checked."""
