"""Tables as files for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from starlette.responses import Response

from bot.console.web.languages import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins with one of these, a spreadsheet may run (OWASP, CSV injection)."""

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes the file for one in the computer's old encoding."""


def separator(language: Language) -> str:
    """What stands between cells: Excel reads a file as the reader's country writes lists.

    In Russian and Kazakh a comma stands in numbers, and a semicolon between cells.
    """
    return "," if language is Language.EN else ";"


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]], language: Language) -> str:
    """The file's text (RFC 4180, but for the separator)."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=separator(language))
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue()


def csv_response(name: str, text: str) -> Response:
    """The file, to be saved.

    Args:
        name: of the file, in ASCII, without its ending.
        text: of ``as_csv``.
    """
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
