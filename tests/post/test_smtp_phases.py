"""What `Courier` makes of servers that refuse, break or babble at each point of a conversation."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from mailbot.errors import InDoubt, PostUnavailable, Refused
from mailbot.post.smtp import Courier
from tests.post.letters import letter
from tests.post.scripted import PATIENCE_SECONDS, Line, ScriptedServer
from tests.post.smtp_scripts import after_login, part, take_letter, take_up_to_data

MAILBOT, KABID = "mailbot@example.go.id", "kabid@example.go.id"
LARGE = letter(body="x" * 70 + "\r\n") + b"y" * 70 * 100_000

STAGES = {
    "MAIL": ("MAIL FROM:",),
    "RCPT": ("MAIL FROM:", "RCPT TO:"),
    "DATA": ("MAIL FROM:", "RCPT TO:", "DATA"),
}


class Phases(list[str]):
    """What the caller wrote down, in order."""

    def mark(self) -> None:
        """Write down that the first byte is about to leave."""
        self.append("data")


def refusing(stage: str, answer: str) -> Callable[[Line], None]:
    """Say yes up to a stage, and there give this answer."""

    def step(line: Line) -> None:
        for verb in STAGES[stage]:
            assert line.hear().upper().startswith(verb)
            line.say(answer if verb == STAGES[stage][-1] else "250 ok")

    return step


def answering(answer: str | bytes) -> Callable[[Line], None]:
    """Take a whole letter and give this answer to it."""

    def step(line: Line) -> None:
        take_up_to_data(line)
        line.hear_letter()
        line.say(answer)

    return step


def attempt(server: ScriptedServer, phases: Phases, raw: bytes = b"", seconds: float = PATIENCE_SECONDS) -> str:
    """Try to send one letter over a new courier."""
    with Courier(server.account(), final_reply_seconds=seconds) as courier:
        return courier.send(MAILBOT, KABID, raw or letter(), before_data=phases.mark)


@pytest.mark.parametrize("stage", list(STAGES))
@pytest.mark.parametrize(("code", "permanent"), [(450, False), (452, False), (421, False), (550, True), (554, True)])
def test_a_no_before_the_letter_is_a_refusal_with_its_code(stage: str, code: int, *, permanent: bool) -> None:
    """4xx is for now, 5xx for good; no phase is marked, for no byte left."""
    phases = Phases()
    with (
        ScriptedServer(after_login(refusing(stage, f"{code} 4.0.0 alasan server"), part)) as server,
        pytest.raises(Refused) as caught,
    ):
        attempt(server, phases)

    assert (caught.value.permanent, caught.value.code, caught.value.reply) == (permanent, code, "4.0.0 alasan server")
    assert phases == []


@pytest.mark.parametrize(("code", "permanent"), [(451, False), (421, False), (552, True), (554, True)])
def test_a_no_after_the_letter_is_a_refusal_not_a_doubt(code: int, *, permanent: bool) -> None:
    """The server has answered, so nothing is in doubt, though the phase was marked."""
    phases = Phases()
    with (
        ScriptedServer(after_login(answering(f"{code} tidak"), part)) as server,
        pytest.raises(Refused) as caught,
    ):
        attempt(server, phases)

    assert (caught.value.permanent, caught.value.code) == (permanent, code)
    assert phases == ["data"]


def test_a_refusal_of_several_lines_is_kept_in_one() -> None:
    """Servers explain at length; the operator reads one line."""
    answer = b"550-5.7.1 kotak surat ini\r\n550-5.7.1 hanya untuk\r\n550 5.7.1 pegawai\r\n"
    with (
        ScriptedServer(after_login(answering(answer), part)) as server,
        pytest.raises(Refused) as caught,
    ):
        attempt(server, Phases())

    assert caught.value.reply == "5.7.1 kotak surat ini 5.7.1 hanya untuk 5.7.1 pegawai"


def test_after_a_refusal_the_next_letter_begins_clean() -> None:
    """RSET goes between them, on the same connection."""
    script = after_login(refusing("RCPT", "550 5.1.1 tidak ada"), reset, take_letter, part)
    with ScriptedServer(script) as server, Courier(server.account()) as courier:
        with pytest.raises(Refused):
            courier.send(MAILBOT, "tidak-ada@example.go.id", letter(), before_data=Phases().mark)
        answer = courier.send(MAILBOT, KABID, letter(), before_data=Phases().mark)

    assert answer == "250 2.0.0 Ok: queued as 17"


def reset(line: Line) -> None:
    """Hear RSET."""
    assert line.hear().upper() == "RSET"
    line.say("250 ok")


@pytest.mark.parametrize("stage", list(STAGES))
def test_a_line_that_breaks_before_the_letter_handed_nothing_over(stage: str) -> None:
    """Cut before MAIL, RCPT or DATA is answered: simply to be tried again."""

    def cut(line: Line) -> None:
        for verb in STAGES[stage]:
            assert line.hear().upper().startswith(verb)
            if verb != STAGES[stage][-1]:
                line.say("250 ok")
        line.reset()

    phases = Phases()
    with ScriptedServer(after_login(cut)) as server, pytest.raises(PostUnavailable) as caught:
        attempt(server, phases)

    assert not isinstance(caught.value, InDoubt)
    assert not caught.value.credentials
    assert phases == []


def cut_in_the_body(line: Line) -> None:
    """Take some bytes of the letter, then lose the power."""
    take_up_to_data(line)
    line.hear_bytes(1000)
    line.reset()


def cut_after_the_dot(line: Line) -> None:
    """Take the whole letter and go without an answer."""
    take_up_to_data(line)
    line.hear_letter()
    line.hang_up()


def silent_after_the_dot(line: Line) -> None:
    """Take the whole letter and never answer."""
    take_up_to_data(line)
    line.hear_letter()
    line.hear()


@pytest.mark.parametrize(
    "ending",
    [
        cut_in_the_body,
        cut_after_the_dot,
        silent_after_the_dot,
        answering("apa?"),
        answering("354 go on"),
        answering(b"250-" + b"x" * 20_000 + b"\r\n"),
    ],
    ids=["cut-in-body", "cut-after-dot", "silence", "no-code", "wrong-code", "endless-line"],
)
def test_a_line_that_breaks_after_the_first_byte_leaves_a_doubt(ending: Callable[[Line], None]) -> None:
    """The letter may have arrived; only the caller can find out, and the phase marker was written before."""
    phases = Phases()
    with ScriptedServer(after_login(ending)) as server, pytest.raises(InDoubt, match="may have arrived"):
        attempt(server, phases, LARGE, seconds=0.5)

    assert phases == ["data"]


def test_the_answer_to_a_letter_is_waited_for_longer_than_any_other() -> None:
    """A server may take minutes over a letter; whoever hangs up earlier than it does gets it delivered twice."""

    def answer_late(line: Line) -> None:
        take_up_to_data(line)
        line.hear_letter()
        Event().wait(3.0)
        line.say("250 2.0.0 Ok: queued as 17")

    with ScriptedServer(after_login(answer_late, part)) as server:
        with_little_patience = server.account(timeout_seconds=2.0)
        with Courier(with_little_patience, final_reply_seconds=PATIENCE_SECONDS) as courier:
            answer = courier.send(MAILBOT, KABID, letter(), before_data=Phases().mark)

    assert answer == "250 2.0.0 Ok: queued as 17"


def test_a_line_that_breaks_after_the_yes_harms_nothing() -> None:
    """The letter is accepted; the next one goes over a new connection."""
    first = after_login(take_letter)
    second = after_login(take_letter, part)
    with ScriptedServer(first, second) as server, Courier(server.account()) as courier:
        answers = [courier.send(MAILBOT, KABID, letter(), before_data=Phases().mark) for _ in range(2)]

    assert answers == ["250 2.0.0 Ok: queued as 17"] * 2
    assert len(server.lines) == 2


def test_an_idle_connection_that_the_server_is_closing_is_opened_anew() -> None:
    """421 to MAIL on a connection that had been open means the server's patience ended, not the letter's chances."""
    first = after_login(take_letter, refusing("MAIL", "421 4.4.2 Error: timeout exceeded"))
    second = after_login(take_letter, part)
    with ScriptedServer(first, second) as server, Courier(server.account()) as courier:
        answers = [courier.send(MAILBOT, KABID, letter(), before_data=Phases().mark) for _ in range(2)]

    assert answers == ["250 2.0.0 Ok: queued as 17"] * 2


def test_a_batch_goes_over_one_connection() -> None:
    """Three letters, one login."""
    script = after_login(take_letter, take_letter, take_letter, part)
    with ScriptedServer(script) as server, Courier(server.account()) as courier:
        for _ in range(3):
            courier.send(MAILBOT, KABID, letter(), before_data=Phases().mark)

    assert [line.heard.count(f"RCPT TO:<{KABID}>") for line in server.lines] == [3]
    assert server.lines[0].heard[-1].upper() == "QUIT"


def test_a_marker_that_fails_leaves_an_unfinished_letter_behind() -> None:
    """Without the marker's commit not a byte of the letter is sent, and no final dot either."""
    rest: list[bytes] = []

    def expect_nothing(line: Line) -> None:
        take_up_to_data(line)
        rest.append(line.hear_letter_or_end())

    def full_disk() -> None:
        raise OSError("disk full")

    with (
        ScriptedServer(after_login(expect_nothing)) as server,
        Courier(server.account()) as courier,
        pytest.raises(OSError, match="disk full"),
    ):
        courier.send(MAILBOT, KABID, letter(), before_data=full_disk)

    assert rest == [b""]


@pytest.mark.parametrize("code", [530, 534, 535])
def test_a_no_that_speaks_of_the_login_is_not_held_against_the_letter(code: int) -> None:
    """A server that wants a better login at MAIL FROM would say so to every letter; mend the account."""
    with (
        ScriptedServer(after_login(refusing("MAIL", f"{code} 5.7.0 login"), part)) as server,
        pytest.raises(PostUnavailable) as caught,
    ):
        attempt(server, Phases())

    assert caught.value.credentials
