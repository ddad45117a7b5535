"""Tests of `mailbot/core/orders/`."""
