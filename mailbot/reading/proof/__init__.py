"""How far it is proved who sent a mail: the border's results, DKIM, and what follows from both."""
