"""The reader of edited drafts."""
