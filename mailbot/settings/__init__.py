"""One office's YAML and environment as one frozen value; what is wrong is named at once, with file, line and hint.

The walk: `folder` reads five files -> `source` (YAML with lines) -> `files/` (models) -> `checks/` (do they fit each
other) -> `core_values` -> `settings.Settings`; `loading.load` is its door. Secrets come by environment alone
(`variables`, `credentials`).
"""
