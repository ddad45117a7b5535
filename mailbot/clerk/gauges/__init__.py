"""What a machine that runs mailbot is watched by: figures for Prometheus, and whether all is well."""
