"""The ledger, the only room that knows a database: what came, what was decided, what leaves, and the journal of it all.

    values      what crosses this room's door: mails kept, letters queued, `Changes` to commit
    columns     what tables are made of; tables: every one of them (SQLModel); migrations/ make exactly these
    place       where a ledger lives, read from its URL without loading a database library
    mark        how often it was written, beside it, so that one that has gone back in time is noticed
    engine      opening it: SQLite or PostgreSQL, transactions, damage; `one_moment` asks each question once
    schema      migrations at opening; a newer schema is refused
    mapping     rows and JSON text <-> the core's values, by their own type hints
    arrivals    mails while there is work with them, copies among them; inbox: all that ever came, for looking
    looks       what each folder has shown, beside which the inbox is held; sets of UIDs
    outbox      what leaves: the states of a letter; letters: looking at it
    cycles, files_and_notes, journal    one class each over the tables of that name
    ledger      all of it together: `open_ledger(url)`, and the one transaction of a decision (R2)
    backup      a copy while it runs, and back again (SQLite)
    light       `status` for the terminal, without loading SQLModel

Nothing here is imported by this file: `light` must start without the weight of the rest.
"""
