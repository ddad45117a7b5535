"""An S3-compatible object store over HTTPS: five kinds of request, signed, bounded in time."""
