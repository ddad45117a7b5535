"""Tests of the settings: every way to be wrong, the sample office, secrets, reload, schemas and reference."""
