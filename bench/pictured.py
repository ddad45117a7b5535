"""The report with pictures that matplotlib draws, as reports are usually made: the same words, tables and charts."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

from docx.shared import Cm

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.office import Office
from mailbot.writing.charts.chart import Chart, Look, Series
from mailbot.writing.charts.drawing import Drawing
from mailbot.writing.report.report import write_report

EXTRAS = Path(__file__).parents[1] / ".venv" / "bench"
"""Where `make bench` puts matplotlib: beside what mailbot is tested with, not among it."""
DPI = 150
_WIDTH_CM, _CM_PER_INCH = 16, 2.54
_FILLED = {Look.BAR: "#1f4e79", Look.SECOND_BAR: "#9dc3e6", Look.HATCHED_BAR: "white", Look.EMPTY_BAR: "white"}


def matplotlib_version() -> str:
    """Return the version of matplotlib; empty where `make bench` has not installed it."""
    if str(EXTRAS) not in sys.path:
        sys.path.append(str(EXTRAS))
    try:
        import matplotlib as mpl  # noqa: PLC0415 - only `make bench` installs it
    except ImportError:
        return ""
    return str(mpl.__version__)


def add_picture(template: Any, _number: int, chart: Chart) -> Drawing:  # noqa: ANN401 - docxtpl ships no types
    """Add a chart as a picture to an opened template and return the run that shows it."""
    picture = template.docx.part.new_pic_inline(io.BytesIO(picture_of(chart)), width=Cm(_WIDTH_CM))
    return Drawing(f"<w:r><w:drawing>{picture.xml}</w:drawing></w:r>")


def picture_of(chart: Chart) -> bytes:
    """Draw a chart as PNG, as wide as the text of a page."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - only `make bench` installs it
    from matplotlib.figure import Figure  # noqa: PLC0415 - only `make bench` installs it

    figure = Figure(figsize=(_WIDTH_CM / _CM_PER_INCH, chart.height_cm / _CM_PER_INCH), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    bars = [one for one in chart.series if not one.look.is_line]
    below = [0.0] * len(chart.categories)
    for at, series in enumerate(bars):
        _bar(axes, chart, series, at, len(bars), below)
    for series in chart.series:
        if series.look.is_line:
            _line(axes, series)
    set_ticks = axes.set_yticks if chart.across else axes.set_xticks
    set_ticks(range(len(chart.categories)), chart.categories)
    (axes.set_xlabel if chart.across else axes.set_ylabel)(chart.axis.title)
    if chart.legend:
        axes.legend(loc="best", fontsize="small")
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png")
    return drawn.getvalue()


def _bar(axes: Any, chart: Chart, series: Series, at: int, of: int, below: list[float]) -> None:  # noqa: ANN401 - matplotlib ships no types; a bar has this many sides
    """Draw one series of bars, beside or upon the others, with its labels."""
    width = 0.8 if chart.stacked else 0.8 / of
    values = [float(point.value) if point.value is not None else 0.0 for point in series.points]
    shift = 0.0 if chart.stacked else (at - (of - 1) / 2) * width
    places = [place + shift for place in range(len(values))]
    hatch = ["//" if point.failed or series.look is Look.HATCHED_BAR else "" for point in series.points]
    start = list(below) if chart.stacked else [0.0] * len(values)
    side = {"left": start, "height": width} if chart.across else {"bottom": start, "width": width}
    draw = axes.barh if chart.across else axes.bar
    drawn = draw(
        places, values, label=series.name, color=_FILLED[series.look], edgecolor="#1f4e79", hatch=hatch, **side
    )
    axes.bar_label(drawn, [point.printed for point in series.points], fontsize=7)
    if chart.stacked:
        below[:] = [low + value for low, value in zip(below, values, strict=True)]


def _line(axes: Any, series: Series) -> None:  # noqa: ANN401 - matplotlib ships no types
    """Draw one line with its dots and labels."""
    known = [(at, point) for at, point in enumerate(series.points) if point.value is not None]
    style = "s--" if series.look is Look.TARGET_LINE else "o-"
    axes.plot([at for at, _ in known], [float(point.value or 0) for _, point in known], style, label=series.name)
    for at, point in known:
        axes.annotate(point.printed, (at, float(point.value or 0)), fontsize=7, ha="center", va="bottom")


def pictured_report(cycle: Cycle, office: Office, *, version: int, template_folders: tuple[Path, ...]) -> bytes:
    """Return the report as `write_report` makes it, but for its charts, which are pictures."""
    return write_report(cycle, office, version=version, template_folders=template_folders, draw=add_picture)
