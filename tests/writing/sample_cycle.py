"""The toy office's annual cycle in its states: freshly opened, half collected, complete, closed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from mailbot.core.draft.versions import Draft
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState, Verdict
from mailbot.core.model.form import (
    BudgetAnswer,
    Entry,
    Fault,
    FaultCode,
    FormData,
    IndicatorAnswer,
    Narrative,
    Severity,
    Submission,
)
from mailbot.core.model.indicators import BudgetLine, Period
from mailbot.core.model.mail import Evidence, Proof
from mailbot.core.model.sop import Step
from mailbot.core.remarks.listed import ListedRemark, RemarkAnswer
from mailbot.core.remarks.remark import Remark, RemarkSource
from tests.offices.long_names import DUE, OPENED, YEAR, long_named_office

ANNUAL = Period(year=YEAR)

# code: realisasi, faktor pendukung, faktor penghambat, tindak lanjut
_REPORTED = {
    "IKU-01": ("88.94", "Loket prioritas dan antrean daring", "", ""),
    "IKU-02": (
        "98.12",
        "Jemput bola perekaman ke sekolah dan kelurahan",
        "Blangko KTP-el terlambat datang pada triwulan III",
        "Permintaan blangko diajukan satu bulan lebih awal",
    ),
    "IKU-03": ("98.61", "Kerja sama dengan rumah sakit dan bidan", "", ""),
    "IKU-04": ("100", "Pelaporan kematian melalui kelurahan", "", ""),
    "IKU-05": ("74.30", "KIA dicetak di sekolah bersama Dinas Pendidikan", "", ""),
    "IKU-06": (
        "12.85",
        "Pendampingan aktivasi di loket pelayanan",
        "Sebagian warga belum memiliki telepon pintar; jaringan di kelurahan tidak stabil",
        "Aktivasi keliling setiap Jumat dan penambahan petugas pendamping",
    ),
    "IKU-07": ("99.52", "Layanan KK daring sepanjang hari", "", ""),
    "IKU-08": ("19", "Sosialisasi hak akses kepada perangkat daerah", "", ""),
    "IKK-09": ("1.0", "Cetak di tempat", "", ""),
    "IKK-10": ("2.7", "Layanan tiga dalam satu", "", ""),
    "IKK-11": ("0.48", "Pembersihan data semesteran", "", ""),
    "IKK-12": ("52", "Tambahan satu mobil pelayanan", "", ""),
    "IKK-13": ("100", "Petugas pengaduan khusus", "", ""),
    "IKU-14": ("81.75", "Reviu berjenjang", "Bukti dukung terlambat dihimpun", "Penghimpunan bukti setiap triwulan"),
    "IKK-15": ("2", "Lomba inovasi internal", "", ""),
}
_SPENT = {
    "2.12.01.2.01.0006": "17980000",
    "2.12.01.2.02.0001": "5731220450",
    "2.12.01.2.06.0009": "158447300",
    "2.12.01.2.08.0002": "251864912",
    "2.12.01.2.08.0004": "736150000",
    "2.12.02.2.01.0005": "309725000",
    "2.12.02.2.01.0004": "146912500",
    "2.12.02.2.03.0005": "60350000",
    "2.12.03.2.01.0001": "203118000",
    "2.12.03.2.01.0002": "109470000",
    "2.12.04.2.01.0001": "93005000",
    "2.12.04.2.01.0002": "49350000",
    "2.12.05.2.01.0001": "45100000",
}


def _text(text: str, cell: str) -> Entry:
    """Return a written cell of sheet Indikator."""
    return Entry(text=text, sheet="Indikator", cell=cell) if text else Entry()


def _made(line: BudgetLine, row: int) -> Entry:
    """Return the cell in which a line's output is reported: its target, reached; none where it has no output."""
    target = line.output_targets.get(ANNUAL.year)
    if not line.output or target is None:
        return Entry()
    return Entry(value=target, text=str(target), sheet="Anggaran", cell=f"K{row}")


def filled_in(unit: str, *, without: frozenset[str] = frozenset()) -> FormData:
    """Return everything that unit reports for 2025, except the rows of these codes."""
    office = long_named_office()
    indicators = []
    for row, indicator in enumerate(office.asked_indicators(unit, ANNUAL), start=7):
        value, enabling, obstacles, follow_up = _REPORTED[indicator.code]
        if indicator.code not in without:
            indicators.append(
                IndicatorAnswer(
                    code=indicator.code,
                    actual=Entry(value=Decimal(value), text=value, sheet="Indikator", cell=f"H{row}"),
                    enabling_factors=_text(enabling, f"K{row}"),
                    obstacles=_text(obstacles, f"L{row}"),
                    follow_up=_text(follow_up, f"M{row}"),
                    data_source=_text(indicator.data_source, f"N{row}"),
                    evidence=_text(f"Rekap {indicator.code}.pdf", f"O{row}"),
                )
            )
    budget = [
        BudgetAnswer(
            code=line.code,
            spent_idr=Entry(value=Decimal(_SPENT[line.code]), text=_SPENT[line.code], sheet="Anggaran", cell=f"E{row}"),
            output_actual=_made(line, row),
        )
        for row, line in enumerate(office.asked_budget(unit, ANNUAL), start=6)
        if line.code not in without
    ]
    narrative = Narrative(
        analysis=Entry(
            text=f"Kinerja {office.roster.unit(unit).name} secara umum tercapai.", sheet="Narasi", cell="C6"
        ),
        innovation=Entry(text="Layanan malam setiap Kamis.", sheet="Narasi", cell="C7")
        if unit == "dafduk"
        else Entry(),
        recommendation=Entry(text="Penambahan alat cetak & jaringan <cadangan>.", sheet="Narasi", cell="C9"),
    )
    return FormData(
        indicators=tuple(indicators), budget=tuple(budget), narrative=narrative, filled_by="Petugas pengisi"
    )


def submission(unit: str, number: int = 1, *, accepted: bool = True, **data: frozenset[str]) -> Submission:
    """Return one form of a unit as it came on the third day."""
    return Submission(
        number=number,
        file_sha256=hashlib.sha256(f"{unit}/{number}".encode()).hexdigest(),
        file_name=f"Form {unit} ({number}) fix final.xlsx",
        sender=f"kabid.{unit}@example.go.id",
        message_id=f"<form-{unit}-{number}@example.go.id>",
        received_at=datetime(2026, 1, 8, 2, 15 + number, tzinfo=UTC),
        data=filled_in(unit, **data),
        faults=() if accepted else FAULTS,
        accepted=accepted,
    )


FAULTS = (
    Fault(
        code=FaultCode.NOT_A_NUMBER,
        sheet="Indikator",
        cell="H7",
        row="IKU-02",
        column="Realisasi",
        given="98,l2",
        proposal="98,12",
    ),
    Fault(
        code=FaultCode.OBSTACLES_REQUIRED,
        sheet="Indikator",
        cell="L7",
        row="IKU-02",
        column="Faktor Penghambat",
        expected="100",
        other="98.71",
    ),
    Fault(
        code=FaultCode.SPENT_OVER_BUDGET,
        sheet="Anggaran",
        cell="E6",
        row="2.12.02.2.01.0005",
        column="Realisasi (Rp)",
        given="335.000.000",
        expected="325000000",
    ),
    Fault(
        code=FaultCode.JUMP,
        severity=Severity.WARNING,
        sheet="Indikator",
        cell="H8",
        row="IKU-05",
        column="Realisasi",
        given="97,30",
        expected="50",
        other="60.15",
    ),
    Fault(
        code=FaultCode.SAME_AS_LAST_YEAR,
        severity=Severity.NOTE,
        sheet="Indikator",
        cell="H9",
        row="IKU-07",
        column="Realisasi",
        given="99,10",
        other="99.10",
    ),
)


EVIDENCE = (
    Evidence(
        file_sha256=hashlib.sha256(b"rekap").hexdigest(),
        file_name="Rekap DKB Semester II.pdf",
        mail_sha256=hashlib.sha256(b"mail").hexdigest(),
        received_at=datetime(2026, 1, 8, 2, 16, tzinfo=UTC),
    ),
    Evidence(
        file_sha256=hashlib.sha256(b"pemohon").hexdigest(),
        file_name="Daftar pemohon.xlsx",
        mail_sha256=hashlib.sha256(b"mail").hexdigest(),
        received_at=datetime(2026, 1, 8, 2, 16, tzinfo=UTC),
        held=True,
    ),
)
"""What a unit sent beside its form; the second file is held back, and no letter lists it."""


def unit_form(unit: str, state: UnitState = UnitState.ACCEPTED) -> UnitForm:
    """Return a unit's part in the cycle, in that state."""
    match state:
        case UnitState.WAITING:
            return UnitForm(unit=unit, due_at=DUE)
        case UnitState.RETURNED:
            return UnitForm(
                unit=unit, state=state, due_at=DUE, submissions=(submission(unit, accepted=False),), evidence=EVIDENCE
            )
        case UnitState.PARTIAL:
            part = submission(unit, without=frozenset({"IKU-06", "2.12.04.2.01.0002"}))
            return UnitForm(unit=unit, state=state, due_at=DUE, submissions=(part,), counted=1, evidence=EVIDENCE)
        case UnitState.ACCEPTED:
            return UnitForm(
                unit=unit,
                state=state,
                due_at=DUE,
                submissions=(submission(unit),),
                counted=1,
                evidence=EVIDENCE,
                accepted_at=datetime(2026, 1, 8, 2, 20, tzinfo=UTC),
            )


def opened() -> Cycle:
    """Return the cycle on its first day: row 1, nothing asked yet."""
    units = tuple(UnitForm(unit=unit.key) for unit in long_named_office().roster.units)
    return Cycle(key="2025", period=ANNUAL, step=Step.INFORM, since=OPENED, due_at=DUE, opened_at=OPENED, units=units)


def collecting() -> Cycle:
    """Return the cycle in row 3, one unit in each state."""
    states = (UnitState.ACCEPTED, UnitState.RETURNED, UnitState.WAITING, UnitState.PARTIAL)
    units = tuple(unit_form(form.unit, state) for form, state in zip(opened().units, states, strict=True))
    return replace(opened(), step=Step.COLLECT, units=units)


def complete(step: Step = Step.DRAFT) -> Cycle:
    """Return the cycle with every form accepted and a second draft, in that row."""
    draft = Draft(
        version=2,
        docx_sha256=hashlib.sha256(b"draft 2").hexdigest(),
        pdf_sha256=hashlib.sha256(b"draft 2 as pdf").hexdigest(),
        compiled_at=datetime(2026, 1, 15, 3, 0, tzinfo=UTC),
    )
    verdicts = (verdict(Step.REVIEW, "secretary", "SETUJU"),) if step in {Step.RATIFY, Step.SUBMIT} else ()
    return replace(
        opened(),
        step=step,
        units=tuple(unit_form(form.unit) for form in opened().units),
        draft=draft,
        verdicts=verdicts,
        due_at=datetime(2026, 1, 21, 9, 0, tzinfo=UTC),
    )


REMARKS = (
    Remark(source=RemarkSource.MAIL, text="Tabel 3.2 mohon ditambah tahun 2023.", heading="Bab III", number=1),
    Remark(
        source=RemarkSource.COMMENT,
        text="Realisasi IKU-06 mohon dicek dengan data Desember.",
        author="Sekretaris",
        around="69,50",
        heading="BAB III AKUNTABILITAS KINERJA",
        number=2,
    ),
    Remark(
        source=RemarkSource.REPLACED,
        text="dua puluh petugas",
        former="beberapa petugas",
        around="dilayani oleh dua puluh petugas keliling",
        heading="BAB IV PENUTUP",
        number=3,
    ),
    Remark(source=RemarkSource.PHOTOGRAPH, file_name="halaman-12.jpg", number=4),
)
"""Remarks written in four ways."""


def remarked(step: Step = Step.DRAFT) -> Cycle:
    """Return the cycle with remarks of the Sekretaris, and one of the Kepala Dinas, of which two have been met."""
    given_at = datetime(2026, 1, 19, 3, 0, tzinfo=UTC)
    mail = hashlib.sha256(b"PERBAIKI").hexdigest()
    answer = RemarkAnswer(text="diperbaiki, hal. 12", person="planning", given_at=given_at, mail_sha256=mail)
    own = tuple(
        ListedRemark(
            remark=remark,
            person="secretary",
            step=Step.REVIEW,
            version=2,
            given_at=given_at,
            mail_sha256=mail,
            unit="piak" if remark.number == 2 else "",
            passed_to="piak" if remark.number == 2 and step is Step.REVIEW else "",
            passed_at=given_at if remark.number == 2 and step is Step.REVIEW else None,
            answers=(answer,) if remark.number == 1 else (),
        )
        for remark in REMARKS
    )
    head = replace(
        own[0], remark=replace(REMARKS[0], text="Sampul diganti.", number=5), person="head", step=Step.RATIFY
    )
    return replace(complete(step), remarks=(*own, replace(head, answers=(replace(answer, text="sudah diganti"),))))


def verdict(step: Step, person: str, word: str) -> Verdict:
    """Return a recorded decision on the second draft."""
    return Verdict(
        step=step,
        person=person,
        address=f"{person}@example.go.id",
        word=word,
        approved=True,
        draft_version=2,
        docx_sha256=hashlib.sha256(b"draft 2").hexdigest(),
        given_at=datetime(2026, 1, 20, 3, 0, tzinfo=UTC),
        message_id=f"<{word}@example.go.id>",
        mail_sha256=hashlib.sha256(word.encode()).hexdigest(),
        proof=Proof.AUTHENTICATED,
    )


def closed() -> Cycle:
    """Return the cycle after Bappeda Litbang confirmed receipt."""
    done = complete(Step.SUBMIT)
    verdicts = (*done.verdicts, verdict(Step.RATIFY, "head", "DISAHKAN"), verdict(Step.SUBMIT, "bappeda", "DITERIMA"))
    return replace(done, verdicts=verdicts, closed_at=datetime(2026, 1, 23, 3, 0, tzinfo=UTC))
