"""Many processes on one PostgreSQL: the units of work as tasks of procrastinate, an existing queue on that database."""
