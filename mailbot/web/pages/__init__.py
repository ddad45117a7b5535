"""The board's pages as values: each is made for one viewer out of the ledger, and knows neither HTTP nor HTML."""
