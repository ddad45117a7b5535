"""The words stand in two languages, and neither says less than the other: keys, values, branches, orders, figures."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.core.codes.languages import Language
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.office import Office
from mailbot.core.model.people import Role
from mailbot.errors import TemplateProblem
from mailbot.writing.archive.checking.proving import witnesses_in
from mailbot.writing.letters.letter import Written, write_letter
from mailbot.writing.letters.mime import Attached
from mailbot.writing.letters.rendering import BLOCKS, wrap
from mailbot.writing.selfcheck.lint import lint_templates
from mailbot.writing.words.templates import read_words, shipped_templates
from tests.offices.long_names import SECRET, long_named_office
from tests.writing.conftest import SNAPSHOTS, face, written
from tests.writing.sample_branches import BRANCHES
from tests.writing.sample_letters import WRITTEN_AT, Sample, bare_letter, full_letter

INDONESIAN = shipped_templates()
ENGLISH = INDONESIAN / Language.ENGLISH.value
BLOCK_FILES = {"_text.j2", "_html.j2"}
"""They say nothing themselves (`_words.j2` does) and serve both."""
TEMPLATES = sorted({path.name for path in (INDONESIAN / "letters").glob("*.j2")} - BLOCK_FILES)
WORD_FILES = ("words.yaml", "faults.yaml", "why.yaml", "plan.yaml")
SHARED = {
    *("empty_words", "spellings", "casual", "beside"),  # how people write: read in every language
    *("file_name", "open_number", "roman"),  # the same file, and the same gap, for everybody
    *("digits", "teens", "tens", "hundred", "hundreds", "noun"),  # numbers spelled out, in documents alone
    *("clock", "running", "severity", "correction", "efficiency", "polarity"),  # documents, which are Indonesian
    *("archive_folder", "archive_file", "counted_form", "paper_file", "figures", "narrative_part"),
}
"""Groups of `words.yaml` that stand once, for all languages."""
FEWER: dict[tuple[str, ...], set[str]] = {("counted",): {"spelled"}}
"""What one language has no use for: English does not write a number twice."""
_INDONESIAN = """
yang dan dengan untuk kami tidak telah mohon dari pada oleh belum akan sebagai adalah ini tersebut agar apabila namun
atas atau dapat sudah kepada dalam karena jika bila sehingga berikut membalas pesan surat balasan isian berkas
"""
_ENGLISH = "the of and for we you your has have been not that this from please is are was were if or it be to will"
ONLY_INDONESIAN, ONLY_ENGLISH = set(_INDONESIAN.split()), set(_ENGLISH.split())
OTHER_OFFICES = {Role.PLANNING_BOARD, Role.COPIED, Role.OVERSEER}
_SANDBOX = ImmutableSandboxedEnvironment()
_SANDBOX.filters["wrap"] = wrap


@cache
def tree(folder: str, name: str) -> nodes.Template:
    """Return a template's syntax."""
    path = (ENGLISH if folder == "en" else INDONESIAN) / "letters" / name
    return _SANDBOX.parse(path.read_text("utf-8"))


def test_every_file_that_speaks_stands_in_both_languages() -> None:
    """A new letter is written in both, or nobody can be written to in one of them."""
    assert sorted(path.name for path in (ENGLISH / "letters").iterdir()) == TEMPLATES
    assert sorted(path.name for path in ENGLISH.glob("*.yaml")) == sorted(WORD_FILES)


def leaves(words: object, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every text of a table with its place."""
    if isinstance(words, dict):
        for key, value in words.items():
            yield from leaves(value, (*at, str(key)))
    elif isinstance(words, list):
        for number, value in enumerate(words):
            yield from leaves(value, (*at, str(number)))
    else:
        yield at, str(words)


def fields(text: str) -> set[str]:
    """Return the placeholders of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", WORD_FILES)
def test_both_files_of_words_have_the_same_keys_and_placeholders(name: str) -> None:
    """What one of them says with a value, the other says with the same value."""
    indonesian = {place: text for place, text in leaves(read_words(INDONESIAN / name)) if place[0] not in SHARED}
    english = dict(leaves(read_words(ENGLISH / name)))
    assert indonesian.keys() == english.keys()
    differs = {
        place: (fields(text), fields(english[place]))
        for place, text in indonesian.items()
        if fields(text) - FEWER.get(place, set()) != fields(english[place])
    }
    assert differs == {}


def asked(node: nodes.Node) -> set[str]:
    """Return what a piece of a template asks for: values, attributes, filters, tests; not the words it says."""
    names = {one.name for one in node.find_all(nodes.Name)}
    names |= {f".{one.attr}" for one in node.find_all(nodes.Getattr)}
    names |= {f"|{one.name}" for one in node.find_all(nodes.Filter)}
    return names | {f"is {one.name}" for one in node.find_all(nodes.Test)}


def bare(node: object) -> object:
    """Return an expression's shape; of what is said only reply words, codes and numbers count."""
    if isinstance(node, nodes.Const):
        value = node.value
        return value if not isinstance(value, str) or not value.strip(" -").islower() else value.strip()
    if isinstance(node, nodes.Node):
        return (type(node).__name__, *(bare(value) for _, value in node.iter_fields()))
    return tuple(map(bare, node)) if isinstance(node, list) else node


def skeleton(node: nodes.Node) -> Iterator[object]:
    """Yield in their order the branches of a letter, the blocks it is made of, and the words that it offers."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.CallBlock):
            yield ("p", frozenset(asked(child)))
            continue
        if isinstance(child, nodes.If):
            yield ("if", bare(child.test))
        elif isinstance(child, nodes.For):
            yield ("for", bare(child.target), frozenset(asked(child.iter)))
        elif isinstance(child, nodes.Call) and isinstance(child.node, nodes.Name) and child.node.name in BLOCKS:
            yield (child.node.name, frozenset(asked(child)), frozenset(orders(child)))
            continue
        elif isinstance(child, nodes.Assign | nodes.AssignBlock):
            yield ("set", frozenset(asked(child)), frozenset(keys(child)), frozenset(orders(child)))
            continue
        elif isinstance(child, nodes.Include):
            yield ("include", bare(child.template))
        yield from skeleton(child)


def orders(node: nodes.Node) -> Iterator[str]:
    """Yield the reply words that are offered, each with what is written behind it; not those that a sentence names."""
    for one in node.find_all(nodes.Const):
        if isinstance(one.value, str) and one.value.partition(" ")[0] in set(Word):
            yield re.sub(r"\([^)]*\)", "", one.value)


def keys(node: nodes.Node) -> Iterator[object]:
    """Yield the keys of tables: the codes that a letter has words for."""
    yield from (bare(pair.key) for pair in node.find_all(nodes.Pair))


@pytest.mark.parametrize("name", TEMPLATES)
def test_both_letters_have_the_same_branches_values_and_orders(name: str) -> None:
    """Whoever changes a letter changes the other: what is asked of the reader hangs on the same conditions in both."""
    assert list(skeleton(tree("en", name))) == list(skeleton(tree("id", name)))


def said(node: nodes.Node) -> Iterator[str]:
    """Yield every word that a template says."""
    texts = [one.data for one in node.find_all(nodes.TemplateData)]
    texts += [one.value for one in node.find_all(nodes.Const) if isinstance(one.value, str)]
    for text in texts:
        yield from re.findall(r"\w+", text)  # a code in lower case stays whole


def test_neither_language_speaks_the_other() -> None:
    """Nothing was left as it was; examples of what is typed into the form are Indonesian, as the form is."""
    left = {f"{name}: {word}" for name in TEMPLATES for word in ONLY_INDONESIAN.intersection(said(tree("en", name)))}
    left |= {f"{name}: {word}" for name in TEMPLATES for word in ONLY_ENGLISH.intersection(said(tree("id", name)))}
    for name in WORD_FILES:
        for folder, foreign in ((ENGLISH, ONLY_INDONESIAN), (INDONESIAN, ONLY_ENGLISH)):
            for place, text in leaves(read_words(folder / name)):
                words = foreign.intersection(text.split()) if place[-1] != "example" and place[0] not in SHARED else ()
                left |= {f"{folder.name}/{name}: {'.'.join(place)}: {word}" for word in words}
    assert left == set()


@cache
def english_office() -> Office:
    """Return the toy office with everybody written to in English."""
    office = long_named_office()
    people = tuple(replace(person, language=Language.ENGLISH) for person in office.roster.people)
    return replace(office, language=Language.ENGLISH, roster=replace(office.roster, people=people))


def in_english(sample: Sample, *folders: Path) -> Written:
    """Write a sample letter in English; folders given stand before the shipped one."""
    files = (Attached(name=name, media_type="application/octet-stream", content=b"content") for name in sample.files)
    return write_letter(
        sample.letter,
        sample.cycle,
        english_office(),
        enclosures=tuple(files),
        edits=sample.edits,
        secret=SECRET,
        written_at=WRITTEN_AT,
        template_folders=(*folders, INDONESIAN),
    )


SAMPLES = {
    **{kind.value: full_letter(kind) for kind in LetterKind},
    **{f"{kind.value}.bare": bare_letter(kind) for kind in LetterKind},
    **BRANCHES,
}


def offer(line: str) -> str:
    """Return what is to be sent back without what differs: the hint in brackets, a remark's answer, a month's name."""
    return re.sub(r"\([^)]*\)|(?<=^\d): .*|^Re: .*(?=\[)|(?<= Januar)[iy]", "", line).strip()


def to_copy(text: str) -> list[str]:
    """Return the lines that are offered to be sent back, without what only explains them."""
    return list(map(offer, re.findall(r"^    (\S.*)$", text, re.MULTILINE)))


def figures(text: str) -> set[str]:
    """Return every figure, date, token and file that a letter names."""
    return set(re.findall(r"\d+(?:[.,]\d+)*|mb1\.[0-9a-f]{16}|\[[A-Z/0-9-]+\]|\S+\.(?:xlsx|pdf|docx|ics|eml)\b", text))


@pytest.mark.parametrize("name", SAMPLES)
def test_an_english_letter_says_all_that_the_indonesian_one_says(name: str) -> None:
    """Held to the snapshot of the Indonesian one: the same lines to send back, figures, tokens, files, and buttons."""
    letter, indonesian = in_english(SAMPLES[name]), (SNAPSHOTS / f"{name}.txt").read_text(encoding="utf-8")
    english = f"{letter.subject}\n\n{face(letter, 'plain')}".replace("copy.eml", "salinan.eml")
    lines = to_copy(english)
    assert lines == to_copy(indonesian)
    assert figures(english) == figures(indonesian)
    assert witnesses_in(english) == witnesses_in(indonesian)
    links = re.findall(r'href="(mailto:[^"]*body[^"]*)"', face(letter, "html"))
    offered = [parse_qs(urlsplit(link.replace("&amp;", "&")).query)["body"][0] for link in links]
    assert [line for line in lines if line in map(offer, offered)] == list(map(offer, offered))


def own(folder: Path, name: str, source: str) -> Path:
    """Return an office's folder of templates with one letter of its own."""
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text("{% set subject %}x{% endset %}" + source, encoding="utf-8")
    return folder


def test_an_office_s_own_words_win_in_the_language_they_are_in(tmp_path: Path) -> None:
    """Its English letter is read by those who read English; its Indonesian one is not put before them."""
    sample = full_letter(LetterKind.STATUS)
    english = own(tmp_path / "a", "en/letters/status.j2", "Ours.")
    assert "Ours." in face(in_english(sample, english), "plain")
    assert "Ours." not in face(written(sample, english), "plain")
    indonesian = own(tmp_path / "b", "letters/status.j2", "Milik kami.")
    assert "Milik kami." not in face(in_english(sample, indonesian), "plain")


def test_what_is_wrong_with_an_english_letter_names_its_folder(tmp_path: Path) -> None:
    """Before it counts, and if it fails all the same."""
    folder = own(tmp_path, "en/letters/status.j2", "{{ perod }}")
    told = "en/letters/status.j2, line 1: no letter is given a value 'perod'"
    assert lint_templates((folder, INDONESIAN)) == (told,)
    with pytest.raises(TemplateProblem, match=r"^en/letters/status\.j2, line 1: 'perod' is undefined$"):
        in_english(full_letter(LetterKind.STATUS), folder)


def test_other_offices_are_written_to_in_indonesian_unless_they_have_a_language_of_their_own() -> None:
    """An English office still hands its report over in the language of the State."""
    office = replace(long_named_office(), language=Language.ENGLISH)
    spoken = {person.role: office.speaks_to(person) for person in office.roster.people}
    assert {
        role for role, language in spoken.items() if language is Language.INDONESIAN
    } == OTHER_OFFICES & spoken.keys()
    assert {english_office().speaks_to(person) for person in english_office().roster.people} == {Language.ENGLISH}
