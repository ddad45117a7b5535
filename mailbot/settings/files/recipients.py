"""`recipients.yaml`: the units that fill forms, and everybody the office writes to."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from mailbot.core.codes.languages import Language
from mailbot.core.model.people import Acting, Role
from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Address, Key, Line, Nip, Words


class UnitBlock(Block):
    """One unit that fills a form."""

    key: Key = Field(description="Short name of the unit; the other files refer to it.")
    name: Words = Field(description="The unit's name as printed.")


class PersonBlock(Block):
    """One official in one post; who holds two posts stands here twice, the second time with `same_person_as`."""

    key: Key = Field(description="Short name of this entry; it stands in the journal.")
    role: Role = Field(description="Which column of the SOP's table he stands in.")
    unit: Key | None = Field(default=None, description="Key of his unit; required for heads of units and of sections.")
    title: Words = Field(description="Post (jabatan), as printed.")
    name: Words = Field(description="Name with degrees, as printed.")
    rank: Line = Field(default="", description="Rank (pangkat), printed under the name.")
    nip: Nip = Field(default="", description="NIP, 18 digits.")
    phone: Line = Field(default="", description="Telephone.")
    address: Address = Field(description="Where letters to him go.")
    aliases: tuple[Address, ...] = Field(default=(), description="Other addresses he writes from.")
    second_address: Address | None = Field(
        default=None, description="Where to try when letters to `address` come back."
    )
    signs_as: Line = Field(
        default="",
        description=(
            "His name in the certificate of his electronic signature, where that is not his name without degrees."
        ),
    )
    acting: Acting = Field(default=Acting.FULL, description="`Plt.` or `Plh.`; empty: in his own right.")
    since: date | None = Field(default=None, description="First day in the post; empty: since ever.")
    until: date | None = Field(
        default=None, description="Last day in the post, inclusive; empty: until further notice."
    )
    language: Language | None = Field(
        default=None,
        description=(
            "In which he is written to: `id` (Indonesian) or `en` (English); empty: as `language` in `office.yaml` "
            "says, and other offices in Indonesian. Documents are Indonesian in either."
        ),
    )
    same_person_as: Key | None = Field(
        default=None, description="Key of another entry for the same person; only then may both have the same address."
    )


class RecipientsFile(Block):
    """Everybody the office writes to, and nobody else."""

    units: tuple[UnitBlock, ...] = Field(min_length=1, description="The units that fill forms.")
    people: tuple[PersonBlock, ...] = Field(min_length=1, description="The people, each in one post.")
