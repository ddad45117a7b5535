"""What a mail says in reply words: every rendering read whole, by the words and names of its sender's office."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import category

from mailbot.core.language.agreed import agreed, without_codes, without_version
from mailbot.core.language.beside import Names, not_understood, words_in
from mailbot.core.language.both_by_hand import both_by_hand
from mailbot.core.language.footers import footer_of, without_footer
from mailbot.core.language.plain_line import plain
from mailbot.core.language.reply_words import APPROVES, Lexicon, Said, Word, read_words
from mailbot.core.language.reservations import asks
from mailbot.core.language.wrapping import unwrapped
from mailbot.core.model.mail import OwnText
from mailbot.core.model.people import Role

if TYPE_CHECKING:
    from mailbot.core.model.mail import Mail
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person


def said_in(
    mail: Mail,
    office: Office,
    people: tuple[Person, ...],
    footers: frozenset[str] = frozenset(),
    *,
    affirmed: bool = False,
    version: int = 0,
) -> Said:
    """Return the reply word of a mail, if there is one.

    Args:
        mail: the mail as read.
        office: whose words, units and people they are.
        people: who wrote, in every post that the address holds.
        footers: the known footers of whoever wrote.
        affirmed: whether BENAR was said to what stands beside an approving word.
        version: which version the letter that it answers asks about; 0: none.
    """
    said = _of_speaker(_said(mail, office, people, footers, version), people)
    if not mail.renderings_agree and (said.word is not None or said.unclear):
        meant = said.meant or (said.word if said.word in APPROVES else None)
        said = Said(remarks=said.remarks, unclear=True, meant=meant, in_the_way=said.in_the_way)
    if affirmed and said.meant is not None:
        return Said(word=said.meant, remarks=said.in_the_way, in_the_way=said.in_the_way)
    return said


def _of_speaker(said: Said, people: tuple[Person, ...]) -> Said:
    """Return what a word means in its speaker's mouth: "koreksi" of whoever judges a draft is PERBAIKI."""
    opens_again = not people or any(person.role is Role.PLANNING for person in people)
    return said if said.word is not Word.KOREKSI or opens_again else replace(said, word=Word.PERBAIKI)


def _said(mail: Mail, office: Office, people: tuple[Person, ...], footers: frozenset[str], version: int) -> Said:
    """Return what the renderings of a mail come to, each read whole."""
    lexicon = lexicon_of(office, people)

    def read(own: str, doubtful: str = "") -> Said:
        own, doubtful = (without_codes(text, mail.codes, office.synonyms) for text in (own, doubtful))
        own = without_version(own, version) if version else own
        said = both_by_hand(own, lexicon) or read_words(own, lexicon, doubtful=doubtful)
        return without_footer(own, said, lexicon, footers) if footers else said

    texts = mail.own_texts or (OwnText(own=mail.own_words),)
    # What was put into the subject of ours was written as much as what stands below it.
    above = f"{mail.subject_beside}\n\n" if mail.subject_beside else ""
    said = agreed([read(above + text.own, text.doubtful) for text in texts])
    if said.word is None and not said.unclear:
        # A word in the subject alone counts, for nobody else writes a subject that is a word; unless more was written.
        alone = read(mail.subject)
        if alone.word is not None and not alone.remarks:
            said = agreed([read(f"{mail.subject}\n\n{text.own}", text.doubtful) for text in texts])
    # Remarks are what was typed: a signature is none, and a line that the mail program broke is one.
    typed = read(unwrapped(mail.own_words, lambda line: plain(line) in lexicon.synonyms))
    same = typed.word is said.word
    return replace(said, remarks=typed.remarks, arguments=typed.arguments if same else said.arguments)


def is_courtesy(mail: Mail, office: Office, people: tuple[Person, ...]) -> bool:
    """Say whether greetings, thanks and a signature are all that a mail says, in every rendering."""
    lexicon = lexicon_of(office, people)
    texts = mail.own_texts or (OwnText(own=mail.own_words),)
    lines = [line for text in texts for line in (*text.own.splitlines(), "", *text.doubtful.splitlines(), "")]
    understood = not not_understood([(line, True) for line in lines], lexicon.beside, lexicon.names)
    return understood and not asks(lines) and all(_nothing_else(line) for line in lines)


def _nothing_else(line: str) -> bool:
    """Say whether a line is words, or a sign that agrees: a thumb down, an empty box or a face may be an objection."""
    rest = plain(line)
    return not any(category(sign).startswith("S") for sign in rest)


def footer_in(mail: Mail, office: Office, people: tuple[Person, ...]) -> str:
    """Return the block of a mail that stands in the way of its word and may become a footer; empty if none does.

    Every rendering must have the same one.
    """
    lexicon = lexicon_of(office, people)
    texts = [without_codes(text.own, mail.codes, office.synonyms) for text in mail.own_texts]
    blocks = {footer_of(own, read_words(own, lexicon), lexicon) for own in texts}
    return blocks.pop() if len(blocks) == 1 else ""


def lexicon_of(office: Office, people: tuple[Person, ...]) -> Lexicon:
    """Return how the people of an office write, with the names that the sender may sign with."""
    return Lexicon(
        synonyms=office.synonyms,
        doubtful=office.doubtful,
        casual=office.casual,
        units=frozenset(unit.key.casefold() for unit in office.roster.units),
        beside=office.beside,
        names=Names(
            own=_own(office, people),
            all=frozenset().union(*map(_names, office.roster.people), *office.beside.posts.values()),
        ),
    )


_NO_NAME = frozenset({"no"})
"""In an address it is the number of a house, which other lists know; by itself it is a refusal."""


def _own(office: Office, people: tuple[Person, ...]) -> frozenset[str]:
    """Return the words of the sender's names and titles, of his unit and of the office's letterhead."""
    head = office.letterhead
    units = {unit.key: unit.name for unit in office.roster.units}
    office_words = words_in(
        f"{head.government} {head.agency} {head.agency_name} {head.agency_short} {head.address_line} {head.contact}"
    )
    # A word of somebody who is not listed decides nothing, whatever he signs with.
    signs = people or office.roster.people
    own = {word for person in signs for word in (*_names(person), *words_in(units.get(person.unit or "", "")))}
    posts = {word for person in signs for word in office.beside.posts.get(person.role.value, ())}
    return frozenset({*office_words, *own, *posts}) - _NO_NAME


def _names(person: Person) -> frozenset[str]:
    """Return the words of a person's name, title and rank; Plt. and Plh. only where he is one."""
    return frozenset(words_in(f"{person.name} {person.title} {person.rank} {person.acting}"))
