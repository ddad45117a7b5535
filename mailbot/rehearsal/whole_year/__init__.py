"""A whole year in seconds: mail in memory, staff with habits dealt by a seed, and a report of what came of it."""
