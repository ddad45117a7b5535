"""An office's own templates are looked over before a letter needs them: blocks, names, subject; the file is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mailbot.core.model.letters import LetterKind
from mailbot.errors import TemplateProblem
from mailbot.writing.selfcheck.lint import lint_templates
from mailbot.writing.words.templates import shipped_templates
from tests.writing.conftest import values_of, written
from tests.writing.sample_letters import Sample, bare_letter, full_letter

SUBJECT = "{% set subject %}x{% endset %}"


def own(folder: Path, name: str, source: str) -> tuple[Path, Path]:
    """Return the office's folder with one template of its own, before the shipped one."""
    (folder / "letters").mkdir()
    (folder / "letters" / name).write_text(source, encoding="utf-8")
    return folder, shipped_templates()


def shipped(name: str) -> str:
    """Return a shipped template's source."""
    return (shipped_templates() / "letters" / name).read_text(encoding="utf-8")


def test_the_shipped_templates_are_in_order() -> None:
    """Nothing is said of them, so whatever is said is about the office's own."""
    assert lint_templates((shipped_templates(),)) == ()


@pytest.mark.parametrize("make", [full_letter, bare_letter])
@pytest.mark.parametrize("kind", LetterKind)
def test_every_name_stands_for_something_everywhere(kind: LetterKind, make: Callable[[LetterKind], Sample]) -> None:
    """A template may ask for any of them, whatever the letter has."""
    sample = make(kind)
    values = values_of(sample.letter, sample.cycle)
    assert len([values[name] for name in values]) == len(values)


@pytest.mark.parametrize("face", ["_text.j2", "_html.j2"])
def test_building_blocks_that_lack_one_are_found_by_the_check(tmp_path: Path, face: str) -> None:
    """As an older own file does after an upgrade; the letter says the same, as a fault of the template."""
    folders = own(tmp_path, face, shipped(face).replace("macro copy(", "macro other("))
    told = f"letters/{face} lacks copy; the shipped file shows what each is given"
    assert lint_templates(folders) == (told,)
    with pytest.raises(TemplateProblem, match=f"^{told}$"):
        written(full_letter(LetterKind.STATUS), tmp_path)


@pytest.mark.parametrize(
    ("name", "source", "told"),
    [
        ("_text.j2", "{% macro", "letters/_text.j2: "),
        (
            "status.j2",
            SUBJECT + "{{ nobody.knows.this }}",
            "letters/status.j2, line 1: no letter is given a value 'nobody'",
        ),
        (
            "status.j2",
            SUBJECT + "{% if about.cod %}x{% endif %}",
            "letters/status.j2, line 1: this kind of letter is given no value 'about.cod'",
        ),
        (
            "status.j2",
            SUBJECT + "{# { a } #}\nSebelum { due | day } dan {{ to }}",
            "letters/status.j2, line 2: { due | day } has one brace on each side and is printed as it stands; write {",
        ),
        ("status.j2", SUBJECT + "{% if to %}", "letters/status.j2, line 1: Unexpected end of template"),
        ("status.j2", SUBJECT + "{{ to | unknown }}", "letters/status.j2, line 1: No filter named 'unknown'"),
    ],
)
def test_a_faulty_template_of_the_offices_own_is_named(tmp_path: Path, name: str, source: str, told: str) -> None:
    """One line for each fault, with the file."""
    (found,) = lint_templates(own(tmp_path, name, source))
    assert found.startswith(told)


def test_a_template_without_a_subject_is_a_fault_of_the_template(tmp_path: Path) -> None:
    """A letter has to be called something."""
    own(tmp_path, "status.j2", "{{ to }}")
    with pytest.raises(TemplateProblem, match=r"^letters/status.j2 sets no subject$"):
        written(full_letter(LetterKind.STATUS), tmp_path)


def test_a_template_that_calls_wrongly_is_a_fault_of_the_template(tmp_path: Path) -> None:
    """Not of the program: whoever waits for the letter is told which file to mend."""
    own(tmp_path, "status.j2", SUBJECT + "\n{{ counted(1, 2, 3, 4, 5, 6) }}")
    with pytest.raises(TemplateProblem, match=r"^letters/status.j2, line 2: "):
        written(full_letter(LetterKind.STATUS), tmp_path)
