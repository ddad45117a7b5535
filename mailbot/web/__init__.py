"""The status board: shows what stands in the ledger, and puts a word given there where a mail would put it."""
