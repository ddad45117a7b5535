"""The envelope of a mail: headers, addresses, parts, charsets, transfer encodings."""
