"""The object store's client, against a small honest server and a real one."""
