"""Office-years: a year of one invented office, judged on the wire by somebody who knows nothing of how mailbot works.

    sample    the settings of the sample office
    days      the judge's own calendar: a set of working days, and hours as minutes of a day
    drawing   the office of a year: units, people who come and go, cycles that overlap, days off, numbers of the policy
    habits    when somebody answers: at once, on the day, a minute before he would be reminded, late, when told, never
    staff     what people and their mail programs write: forms, words, TUNDA, vacation replies true and forged
    mishaps   what goes wrong: storms, a machine that is off, a dead address, a day declared closed, another zone
    year      the clock of a year: what arrives, when the daemon looks, what leaves
    account   who owes what, from what left and what was heard alone
    orders    what was ordered beside the cycles' own course: cancelled, put off, called off, edited
    desk      who orders and edits it at the machine
    rules     what must hold, in thirteen sentences
    planted   faults planted on purpose, each of which the judge must find

What is real: the core, the clerk's whole walk, the reading of mails. Ledger, letters, forms and servers are those of
`tests/simulation`. One office-year is played again, and told, by its number: `python -m tests.years 17`.
"""
