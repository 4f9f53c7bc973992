"""What is used of reportlab, all through this door: it imports Pillow for pictures, and few handouts have one.

So Pillow's module is put off by the standard library's own means (`importlib.util.LazyLoader`, as its documentation
shows): the module loads itself when something of it is first asked for, by reportlab or by us, and is then the same
as ever. Without this a fresh process would take a twentieth longer for a handout without a logo.
"""

from __future__ import annotations

import importlib.util
import sys

import PIL


def _put_off() -> None:
    name = "PIL.Image"
    spec = None if name in sys.modules else importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        return
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    PIL.Image = module  # type: ignore[attr-defined]  # or whoever imports it would have it loaded
    spec.loader.exec_module(module)


_put_off()

from reportlab import rl_config  # noqa: E402
from reportlab.lib.colors import Color, HexColor  # noqa: E402
from reportlab.lib.utils import ImageReader  # noqa: E402
from reportlab.pdfbase import pdfmetrics  # noqa: E402
from reportlab.pdfbase.pdfdoc import (  # noqa: E402
    PDFArray,
    PDFDictionary,
    PDFInfo,
    PDFName,
    PDFObject,
    PDFStream,
    PDFString,
)
from reportlab.pdfbase.ttfonts import TTEncoding, TTFont, TTFontFace  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

__all__ = [
    "Canvas",
    "Color",
    "HexColor",
    "ImageReader",
    "PDFArray",
    "PDFDictionary",
    "PDFInfo",
    "PDFName",
    "PDFObject",
    "PDFStream",
    "PDFString",
    "TTEncoding",
    "TTFont",
    "TTFontFace",
    "pdfmetrics",
    "rl_config",
]
