"""A port that is held belongs to us: the kernel gives it to nobody, nobody listens, and our own server may."""

from __future__ import annotations

import socket

import pytest

from tests.servers.processes import held_ports


def test_a_held_port_is_given_to_nobody_and_opened_by_our_server() -> None:
    """Whoever asks for it is turned away, whoever knocks finds nobody, until a server of ours listens there."""
    with held_ports(2) as ports:
        assert len(set(ports)) == 2
        for port in ports:
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", port))
            with socket.socket() as other, pytest.raises(OSError, match="in use"):
                other.bind(("127.0.0.1", port))
            with socket.create_server(("127.0.0.1", port)):
                socket.create_connection(("127.0.0.1", port)).close()
