"""Every test of mailbot; the folders mirror the package, and what belongs to no single room has a folder of its own.

    core reading writing   the rooms, each test beside the file it is about: `mailbot/core/forms/judging.py` is held by
    ledger post settings   `tests/core/forms/test_judging.py`; what one room alone needs for that lies there too
    clerk cli heartbeat
    rehearsal
    stories                the office at work, from one mail to the next; twelve letters stand there word for word
    crash                  a calm story killed at every write, on SQLite and PostgreSQL
    faults                 the daemon, the disk, the wire and the clock gone wrong, on real servers
    simulation             cycles and mishaps drawn by the thousand, held to ten laws: `python -m tests.simulation 7`
    examiner, examined     somebody outside who judges runs by their mails alone; the runs that are laid before him
    servers                Postfix, Dovecot and PostgreSQL as fixtures, and the stories played on them
    architecture           floors, names, words, documents, the wheel, the installation
    offices                the two invented offices: `small`, and `long_names`

`office` is the toy office of the stories, on the shipped sample; `given`, `copied` and `remembered` make
it cheap to begin.
`pace` says how slow this machine is just now. `conftest` puts the longest tests first.
"""
