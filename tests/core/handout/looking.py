"""Small helpers for looking into a PDF."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

Node = tuple[str, str, list["Node"]]


def failures_of(pdf: bytes, folder: Path) -> str:
    """What a validator of PDF/UA-1 and qpdf find wrong or warn of, empty when nothing."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        warnings = opened.check_pdf_syntax()
    file = folder / "checked.pdf"
    file.write_bytes(pdf)
    report = page.validate_pdf(str(file), profile="ua1")
    return "\n".join([*warnings, *([] if report.is_compliant else [str(report)])])


def text_of(pdf: bytes) -> str:
    """The text of all pages as a reader would copy it, line ends as spaces."""
    document = pypdfium2.PdfDocument(pdf)
    found = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    return " ".join(" ".join(found).split())


def tree_of(pdf: bytes, number: int) -> list[Node]:
    """The structure tree of a page: (tag, alternative text, children)."""
    document = pypdfium2.PdfDocument(pdf)
    tree = pdfium.FPDF_StructTree_GetForPage(document[number])
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        return [_node(pdfium.FPDF_StructTree_GetChildAtIndex(tree, child)) for child in range(count)]
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def tags_of(pdf: bytes, number: int = 0) -> list[str]:
    """All tags of a page in reading order."""
    return [tag for tag, _, _ in walk(tree_of(pdf, number))]


def walk(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from walk(node[2])


def _node(element: object) -> Node:
    count = pdfium.FPDF_StructElement_CountChildren(element)
    children = [pdfium.FPDF_StructElement_GetChildAtIndex(element, child) for child in range(count)]
    return (
        _string(pdfium.FPDF_StructElement_GetType, element),
        _string(pdfium.FPDF_StructElement_GetAltText, element),
        [_node(child) for child in children if child],
    )


def _string(read: object, element: object) -> str:
    size = read(element, None, 0)  # type: ignore[operator]
    buffer = ctypes.create_string_buffer(size)
    read(element, buffer, size)  # type: ignore[operator]
    return buffer.raw.decode("utf-16-le").rstrip("\0")
