"""What keeps an office's record for years: backups that are proved, and ends that are told of beforehand."""
