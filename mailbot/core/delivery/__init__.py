"""How the ratified report leaves: signed papers, numbers of letters, receipts, and what follows (SOP rows 7 and 8)."""
