"""A ledger is taken away and made anew from the mailboxes of a simulated cycle: the two must be equal.

    playing     one simulated cycle (tests/simulation) with all its faults, and the new ledger made from its mailboxes
    comparing   what must be equal of an old and a new ledger
    losses      what a seed's mailboxes do not hold any more, and what may differ for it

Played at length: `python -m tests.rebuilt FIRST COUNT`.
"""
