"""What an archive is proved by, with the standard library alone: by `mailbot verify`, and in its own `verifikasi.py`.

The modules of this room are put together into that one file, in the order of `program.MODULES`: each knows only those
before it, and no name stands in two of them.
"""
