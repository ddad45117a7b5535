"""The name server of the tests finds a port that is free for both its protocols."""

from __future__ import annotations

import socket

from tests.post.name_server import NameServer, serving


def test_a_port_that_somebody_holds_for_one_protocol_is_passed_over() -> None:
    """A number free for UDP may be held for TCP by any connection of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as holder:
        held = int(holder.getsockname()[1])
        others = (0,) * 50  # what the kernel gives may be held for the other protocol as well, by chance
        with serving(NameServer({}), ports=(held, *others)) as server:
            assert server.port not in {0, held}
