"""Parts of SMTP conversations, to build scripted servers from."""

from __future__ import annotations

from collections.abc import Callable

from tests.post.scripted import Line, Script

EHLO = ("250-mail.example.go.id", "250-SIZE 26214400", "250-8BITMIME", "250-AUTH PLAIN LOGIN", "250 SMTPUTF8")


def greet(line: Line, *ehlo: str) -> None:
    """Greet and answer EHLO."""
    line.say("220 mail.example.go.id ESMTP")
    assert line.hear().upper() == "EHLO EXAMPLE.GO.ID"
    line.say(*(ehlo or EHLO))


def let_in(line: Line) -> None:
    """Greet, answer EHLO and take the login."""
    greet(line)
    assert line.hear().startswith("AUTH PLAIN ")
    line.say("235 2.7.0 ok")


def take_letter(line: Line) -> bytes:
    """Take one letter with a yes at each step."""
    take_up_to_data(line)
    letter = line.hear_letter()
    line.say("250 2.0.0 Ok: queued as 17")
    return letter


def take_up_to_data(line: Line) -> None:
    """Say yes to MAIL and RCPT and ask for the body."""
    for verb, answer in (("MAIL FROM:", "250 ok"), ("RCPT TO:", "250 ok"), ("DATA", "354 go on")):
        heard = line.hear()
        assert heard.upper().startswith(verb), heard
        line.say(answer)


def part(line: Line) -> None:
    """Hear the rest out: QUIT, or a client that just goes."""
    while heard := line.hear():
        line.say("221 bye" if heard.upper() == "QUIT" else "250 ok")


def after_login(*steps: Callable[[Line], object]) -> Script:
    """Make a script: let the client in, then do these steps."""

    def script(line: Line) -> None:
        let_in(line)
        for step in steps:
            step(line)

    return script
