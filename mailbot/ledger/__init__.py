"""The ledger, the only room that knows a database: what came, what was decided, what leaves, and the journal of it all.

    values      what crosses this room's door: mails kept, letters queued, `Changes` to commit
    tables      every table (SQLModel); migrations/ make exactly these
    place       where a ledger lives, read from its URL without loading a database library
    engine      opening it: SQLite or PostgreSQL, transactions, damage
    schema      migrations at opening; a newer schema is refused
    mapping     rows <-> the core's values, by their own type hints
    inbox, outbox, cycles, files, journal, notes    one class each over the tables of that name
    chain       the journal's hashes, without a database, so that they can be proved on another machine
    commit      the one transaction of a decision (R2)
    ledger      all of it together: `open_ledger(url)`
    backup      a copy while it runs, and back again (SQLite)
    light       `status` for the terminal, without loading SQLModel

Nothing here is imported by this file: `light` must start without the weight of the rest.
"""
