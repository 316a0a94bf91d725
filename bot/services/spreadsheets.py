"""CSV as French spreadsheets read it: semicolons, a byte order mark, and no cell that would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# A cell that begins so would be run as a formula by a spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets read UTF-8 as something else


def csv_bytes(rows: Iterable[Sequence[str | int]]) -> bytes:
    """The rows, UTF-8; text that a spreadsheet would run is neutralised by an apostrophe, numbers stay numbers."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";").writerows([_neutral(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + buffer.getvalue()).encode()


def _neutral(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
