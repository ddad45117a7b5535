"""What is done on the board by a form: each puts what a mail or a command would put, and nothing else."""
