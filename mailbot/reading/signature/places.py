"""Where on a page things lie: boxes, and the matrices that move them (ISO 32000, 8.3)."""

from __future__ import annotations

from typing import Any

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix_of(operands: Any) -> Matrix:  # noqa: ANN401 - whatever a PDF holds
    """Return six numbers as a matrix; raises ValueError where they are not six."""
    a, b, c, d, e, f = (float(number) for number in operands)
    return a, b, c, d, e, f


def times(one: Matrix, other: Matrix) -> Matrix:
    """Return what comes of one matrix and then the other."""
    return (
        one[0] * other[0] + one[1] * other[2],
        one[0] * other[1] + one[1] * other[3],
        one[2] * other[0] + one[3] * other[2],
        one[2] * other[1] + one[3] * other[3],
        one[4] * other[0] + one[5] * other[2] + other[4],
        one[4] * other[1] + one[5] * other[3] + other[5],
    )


def moved(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    """Return where a point comes to lie."""
    x, y = point
    return x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]


def corners(edges: tuple[tuple[float, float], tuple[float, float]], matrix: Matrix) -> Box:
    """Return the box around a rectangle once it is moved."""
    (left, bottom), (right, top) = edges
    return around([moved(point, matrix) for point in ((left, bottom), (right, bottom), (left, top), (right, top))])


def unit(matrix: Matrix) -> Box:
    """Return where a picture lies: the unit square, moved."""
    return corners(((0.0, 0.0), (1.0, 1.0)), matrix)


def around(points: list[tuple[float, float]]) -> Box:
    """Return the box around points."""
    if not points:
        return 0.0, 0.0, 0.0, 0.0
    rights, ups = [x for x, _ in points], [y for _, y in points]
    return min(rights), min(ups), max(rights), max(ups)


def rounded(box: Box) -> Box:
    """Return a box to the tenth of a point: programs write numbers with more digits or fewer."""
    left, bottom, right, top = (round(number, 1) for number in box)
    return left, bottom, right, top
