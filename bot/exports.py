"""Writes leads to a file or to standard output: JSON, CSV for French spreadsheets, XLSX."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.services.spreadsheets import csv_bytes

COLUMNS = ("id", "created_at", "updated_at", "conversation_id", "verdict", "reasons", "level", "diploma", "experience_months", "status", "route",
           "name", "email", "phone", "consent_at", "consent_version", "question", "state", "topics", "for_someone_else", "staff_verdict",
           "staff_reason", "owner")


def write_leads(leads: Sequence[dict[str, Any]], form: str, output: Path | None) -> None:
    """Writes the leads as they are exported (contract.md), in the order given. Raises OSError when the file cannot be written."""
    content = {"json": to_json, "csv": to_csv, "xlsx": to_xlsx}[form](leads)
    if output is not None:
        output.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()


def to_json(leads: Sequence[dict[str, Any]]) -> bytes:
    """One JSON array, indented, UTF-8."""
    return (json.dumps(list(leads), ensure_ascii=False, indent=2) + "\n").encode()


def to_csv(leads: Sequence[dict[str, Any]]) -> bytes:
    """Semicolons and a byte order mark; text that a spreadsheet would run is neutralised by an apostrophe."""
    return csv_bytes([COLUMNS, *([_cell(lead[column]) for column in COLUMNS] for lead in leads)])


def to_xlsx(leads: Sequence[dict[str, Any]]) -> bytes:
    """One sheet whose cells are all text: « =1+1 » stays three characters and a sign."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Contacts")
    for row, values in enumerate([COLUMNS, *([_cell(lead[column]) for column in COLUMNS] for lead in leads)], 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, _printable(value))
            cell.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return " | ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _printable(text: str) -> str:
    """Without the control characters that the XLSX format forbids."""
    return "".join(letter for letter in text if letter in "\t\n" or ord(letter) >= 32)
