"""The seeded simulation: whole cycles with chance in people, post, clock and machine, and what must hold of each.

    dice          the one seeded generator of a run, and the chances of everything that can go wrong
    disk          the real ledger on SQLite in memory: wiped, copied and put back between runs
    light_*       a ledger in dictionaries behind the same doors, eight times as quick, held to the real one by tests
    seams         the ledger as the clerk holds it: dies at a seam on command, and remembers what it has read
    letter_maker  plain letters with the real Message-IDs, tokens, codes and threads; or the real maker, listened to
    forms         a form as a small file: the core's own values as JSON, with the real stamp's signature
    server        the mail server in memory: folders, UIDs, deliveries, and everything a server does wrong
    mails         mails as people and robots write them
    phrases       the words they write, from `templates/rehearsal.yaml`
    people        what everybody does with the letters he gets: right, wrong, twice, late, never
    mischief      robots, strangers, spoofers, the wrong person's word, chatter
    swarm         which faults a seed meets at all, and how hard
    weather       what goes wrong between us and the servers, with its chances
    mishaps       what befalls mailbox, machine and clock
    flood         dozens of mails within minutes
    edits         what an admin edits while a cycle runs
    cancelling    a cycle that is cancelled in the middle of everything, and opened anew
    drawing       the office of a run
    machine       the daemon's life from one death to the next
    invariants    I1 to I13 (the law of the product), looked at after every pass and at the end
    sometimes     what must be reached by the seeds of a run: outcomes, rows, letters
    run           one seed, from the first morning to the archive
    sweep         many seeds, and the totals

What is real in every run: settings, the core, the clerk's whole walk (receive, work, tick, draft, morning, send), the
reading of mails, the journal's chain, the crash at any seam. What is not: the pace per minute and day, the network.

    quick      light ledger; letters without templates, forms and draft as small files, no archive on disk: thousands
    checked    the same on SQLite; a run must be equal to the quick one event by event: dozens
    faithful   SQLite, real letters, workbooks, report and archive: a score
"""
