"""The two offices that were invented for tests: a small one with short names, and one whose names are all long.

Beside them stands the sample office that is shipped (`config/`): the toy office, the simulation and the real servers
live in it. `tests/settings/small` is no third one: it is the text that wrong folders are laid over.
"""
