"""Every letter there is, word for word beside the mail or the moment that caused it, as one reads them in `kept/`."""
