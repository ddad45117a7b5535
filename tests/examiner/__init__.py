"""The examiner: somebody outside who reads the office's mail in both directions and says where the law was broken.

It knows who is who, the rows of the SOP, days and hours (`office`), and the mails on the wire with their moments
(`tape`). It imports nothing of mailbot, shares no reading and no rule with it, and asks no ledger: what it cannot see
from outside, it does not judge.

    office   who is who, which row is whose, days and hours, ceilings: read from an office's YAML files
    tape     what each mailbox got and what people sent, with moments, and whether a sender could be proved
    letter   a letter as its reader sees it: which kind (by its subject), in which thread, which files
    mail     a mail as anybody reads it: the words above the quotation, the codes, the forms
    figures  the figures of a form and of a recap, read from the cells
    thread   which letter a mail speaks to, and whether its word is proved or confirmed by a code
    account  every mail has its answer, every letter leaves once, to whom it may, when it may
    rows     the rows of the SOP: each letter that opens one stands on the word that it needs
    forms    each form is answered as it deserves, and the recap shows the figures that count
    examine  all of it: `examine(tape, office)` returns the charges, none for a sound run

What plays the runs and lays the tapes stands outside: `tests/examined`.
"""
