"""Pages of a PDF as pictures: what the preview shows and the printer gets is the saved file itself."""

from __future__ import annotations

Page = tuple[int, int, bytes]


def pages(pdf: bytes, scale: float = 1.0) -> list[Page]:
    """Each page as (width, height, bytes of red, green, blue row by row); `scale` 1 is 72 dots an inch."""
    return [page(pdf, number, scale) for number in range(page_count(pdf))]


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2  # late: nothing else of the handout needs it

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page(pdf: bytes, number: int, scale: float = 1.0) -> Page:
    """One page (from 0) as (width, height, bytes of red, green, blue row by row)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[number].render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        wide, high, stride, channels = bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels
        data = bytes(bitmap.buffer)
        rows = [data[row * stride : row * stride + wide * channels] for row in range(high)]
        return wide, high, b"".join(_rgb(row, channels) for row in rows)
    finally:
        document.close()


def _rgb(row: bytes, channels: int) -> bytes:
    if channels == 3:
        return row
    made = bytearray(len(row) // channels * 3)
    for colour in range(3):
        made[colour::3] = row[colour::channels]
    return bytes(made)
