"""What is taken back: a word before it stands, a draft before anybody has decided, and what is told of it."""
