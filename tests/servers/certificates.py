"""Certificates for one test run: an authority, a server certificate it signed, and one that nobody signed."""

from __future__ import annotations

from pathlib import Path

from tests.servers.processes import run

_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def make_certificates(folder: Path, *, domain: str) -> None:
    """Write ca.pem, server.pem with server.key (for localhost and mail.DOMAIN, not 127.0.0.1), and a self-signed pair.

    Args:
        folder: where to write them.
        domain: the domain whose "mail." host the certificate is also for.
    """
    ca = ("-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    run(
        *("openssl", "req", "-x509", *_KEY, "-days", "365", "-subj", "/CN=mailbot test authority", *ca),
        *("-keyout", folder / "ca.key", "-out", folder / "ca.pem"),
    )
    run(
        *("openssl", "req", *_KEY, "-subj", f"/CN=mail.{domain}"),
        *("-keyout", folder / "server.key", "-out", folder / "server.csr"),
    )
    extensions = folder / "server.ext"
    extensions.write_text(
        f"subjectAltName=DNS:localhost,DNS:mail.{domain}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n"
    )
    run(
        *(
            "openssl",
            "x509",
            "-req",
            "-in",
            folder / "server.csr",
            "-CA",
            folder / "ca.pem",
            "-CAkey",
            folder / "ca.key",
        ),
        *("-CAcreateserial", "-days", "365", "-extfile", extensions, "-out", folder / "server.pem"),
    )
    make_self_signed(folder)


def make_self_signed(folder: Path) -> None:
    """Write self-signed.pem with self-signed.key, for localhost, signed by no authority."""
    run(
        *("openssl", "req", "-x509", *_KEY, "-days", "365", "-subj", "/CN=localhost"),
        *("-addext", "subjectAltName=DNS:localhost"),
        *("-keyout", folder / "self-signed.key", "-out", folder / "self-signed.pem"),
    )
