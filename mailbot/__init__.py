"""mailbot: a government office's reporting cycle, run over plain email.

In one line: keep what came. Decide once. Write everything down in one stroke. Only then let letters leave.

The rules
    R1  A reporting cycle moves in `core/decide.py`, by the table in `core/procedure/table.py`, and nowhere else.
    R2  One fact, one decision, one transaction: cycle, journal, outgoing letters and the inbox tick commit together.
    R3  Nothing leaves except from the outbox; nothing enters except through the inbox.
    R4  The core knows no clock, no disk, no database, no mail. Time arrives inside the fact.
    R5  Every sentence a recipient reads is in `templates/`. This package holds codes and names only.
    R6  Every letter has a key made from state, never from a clock or chance: `returned/2026-tw1/dafduk/2`. The key
        forbids a second copy, makes the Message-ID, and recognises the answer.
And the law: every mail that arrives reaches exactly one final state, is answered unless it is a robot or a stranger,
and can be replayed.

The map (floors, down only; held by import-linter)
    cli/        the commands, a file for each group, listed in `app`; `wiring` is the only place that builds the real
                thing, `daemon` and `watching` keep it going, `alone` lets one daemon work on a folder; process/ the
                daemon as a process, log/ what it tells of its work
    heartbeat   strikes: ticks and the watch on the mailbox
    tasks/      many processes on one PostgreSQL: the units of work as tasks of procrastinate
    web/        the status board: `app` answers, `viewer` says who sees and may do what; pages/ its pages as values;
                gate/ its door
    rehearsal/  invented staff: the demo on an embedded mail server; foresight/ plays cycles ahead: the plan;
                whole_year/ plays a year with habits: the rehearsal and its report
    clerk/      the walk; `passing` is one pass, `units` its parts that may be called apart, and each stop one file:
                receiving - working - placing - deciding - composing - sending, for a mail and the letters it brings;
                ticking - papers - operator_letters - watchdog - desk/archiving, beside mail, each time in that order;
                restoring, after a backup was put back; reconciling and explaining, which only look;
                parts, what all of these work with; desk/ what is laid beside a mail or a cycle: letters, codes, figures
    post/       the only sockets: imap, smtp, oauth, the second channel, DNS
    ledger/     the only tables: arrivals and inbox, looks (what the servers showed), cycles, outbox and letters,
                journal, files and notes; `ledger` commits a decision in one stroke
    reading/    bytes -> values: `mail` on top; mime/ the envelope, text/ own words, robots/ what no person wrote,
                proof/ who wrote it, files/ what is attached, workbook/ a filled form, lines/ the same in a
                mail's lines, document/ an edited draft, marks/ what is marked in a file that came back
    writing/    values -> bytes, the only room that opens templates/: letters/ and the values/ and words/ they print,
                form/ and returned_form/, word/ (letters and PDFs), report/, edited/ (drafts people edited), recap/,
                archive/, plan/ (and why a letter was sent); selfcheck/ tries them all
    settings/   config/*.yaml and environment -> one frozen Settings: `loading` on top; files/ what may stand in each
                YAML, checks/ whether it fits together; source, wrongness and yaml_mistakes say where something is wrong
    core/       the rules; `decide` on top moves a cycle as the one table says
                procedure/ the table, what a row begins with, how letters are addressed; calendar/ days and hours, and
                every date that is counted in them; model/ the values: office,
                people, sop, cycle, mail, form, facts, letters; language/ reply words, reservations, NIKs; sorting/ what
                a mail is and belongs to; postroom/ to which of several offices, where they share a mailbox; forms/ what
                becomes of a form; orders/ of a word; chasing/ reminders, absences, letters that did not arrive;
                papers/ what came back signed; report/ the figures; draft/ versions of the report, against the data and
                against each other
    errors      what can go wrong that is not a user's fault

The walk of one mail
    1  heartbeat strikes; clerk/passing begins a pass
    2  clerk/receiving: post/imap lists what the ledger does not know and fetches it raw
    3  ledger/arrivals keeps the bytes and commits; only then the mail is moved or flagged on the server
    4  clerk/working: reading makes a `Mail` of the bytes, without judgement
    5  clerk/desk/placing lays our letters and the cycles beside it; core/sorting asks its questions and makes facts
    6  clerk/deciding: core/decide(cycle, fact, office) -> Outcome: the new cycle, the letters meant, lines for the
       journal; what each fact does in each row stands in core/procedure/table
    7  clerk/composing: writing makes each letter into finished bytes
    8  ledger writes cycle, journal, outbox and the inbox tick in one commit
    9  clerk/sending: ledger/outbox claims one due letter; post/smtp hands it over; it is marked sent, put off, given up

A newcomer's four files: this one, `config/sop.yaml`, `core/procedure/table.py`, `tests/stories/test_01_calm.py`.
Where a returned form is decided: this file -> `core/procedure/table.py` -> `core/forms/form_arrived.py` ->
`core/forms/judging.py`.

Words (Indonesian - identifier): perangkat daerah - agency; bidang - unit; Kepala Bidang - division_head; Sub Bagian
Program - planning; Sekretaris - secretary; Kepala Dinas - agency_head; Bappeda Litbang - planning_board; form isian -
form; surat pengantar - cover letter; dikembalikan - returned; pengesahan - ratification; sasaran - objective; satuan -
unit_of_measure; realisasi - actual; capaian - achievement_pct; predikat - rating; pagu - budget; serapan -
absorption_pct; batas waktu - due_at.
"""

__version__ = "0.1.0"
