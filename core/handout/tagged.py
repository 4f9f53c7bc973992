"""Tagged PDF (PDF/UA-1) on reportlab's canvas: a small library with no knowledge of handouts.

    register(Face("Body", regular_bytes), Face("Body-Bold", bold_bytes))
    canvas = TaggedCanvas(buffer, title="A leaflet", language="en-GB", font="Body", pagesize=A4)
    with canvas.element("H1"), canvas.content():
        canvas.drawString(72, 760, "A leaflet")
    canvas.showPage()
    canvas.save()

`element` nests structure, `content` marks the ink drawn inside it as belonging to the innermost element, and all
other ink (rules, grounds, footers) becomes an artifact by itself. An element that runs over a page end is opened again
by handing it back to `element`. The same calls give the same bytes: no clock, no random id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from msgspec import Struct, field

from core.handout.face import Face, register, to_unicode
from core.handout.lab import (
    Canvas,
    PDFArray,
    PDFDictionary,
    PDFInfo,
    PDFName,
    PDFObject,
    PDFStream,
    PDFString,
    rl_config,
)

rl_config.useA85 = 0  # streams as bytes: smaller and quicker than as ASCII

_ARTIFACT = "/Artifact BMC"
_PRINTED = 4  # annotation flag: shown on paper too

#: Structure types of ISO 32000-1, 14.8.4, that this module writes.
TAGS = frozenset(
    ["Document", "Part", "Sect", "Div", "H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Table", "THead", "TBody",
     "TR", "TH", "TD", "Figure", "Caption", "Link", "Span", "Note"]
)  # fmt: skip


class _Written(PDFObject):  # type: ignore[misc]
    """A structure element in the file, written in one go: reportlab's nested dictionaries take five times as long."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.parent: Any = None
        self.kids: list[Any] = []

    def format(self, document: Any) -> bytes:
        """The dictionary as bytes."""
        element = self.element
        parts = [f"<< /Type /StructElem /S /{element.tag} /P".encode(), self.parent.format(document)]
        if element.alt:
            parts += [b"/Alt", PDFString(element.alt).format(document)]
        if element.language:
            parts += [b"/Lang", PDFString(element.language).format(document)]
        if element.attributes:
            parts.append(
                f"/A << {' '.join(f'/{key} {value}' for key, value in element.attributes.items())} >>".encode()
            )
        kids = [kid if isinstance(kid, bytes) else kid.format(document) for kid in self.kids]
        return b" ".join([*parts, b"/K [", *kids, b"] >>"])


class Element(Struct, eq=False):
    """One structure element: its tag, what describes it, and its children in reading order.

    `children` are elements, marked content `(page, mcid)` or annotations `(page, dictionary)`.
    """

    tag: str
    alt: str = ""
    language: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Any] = field(default_factory=list)
    dictionary: Any = None

    def __post_init__(self) -> None:
        self.dictionary = _Written(self)


class _Info(PDFInfo):  # type: ignore[misc]
    """The document's information without what nobody said: no dates, no "anonymous"."""

    def format(self, document: Any) -> bytes:
        """The dictionary as bytes."""
        said = {"Title": self.title, "Author": self.author, "Subject": self.subject, "Creator": self.creator}
        known = {key: PDFString(value) for key, value in said.items() if value}
        return bytes(PDFDictionary(known).format(document))


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A canvas whose file is tagged, titled, language-marked and repeatable byte for byte."""

    def __init__(
        self,
        file: Any,
        *,
        title: str,
        language: str,
        font: str,
        pagesize: tuple[float, float],
        author: str = "",
        subject: str = "",
        creator: str = "",
    ) -> None:
        """`font` is the name of a registered face: the one each page starts in. `language` is a BCP 47 tag."""
        if not title.strip():
            raise ValueError("PDF/UA-1 asks for a title")
        super().__init__(
            file,
            pagesize=pagesize,
            initialFontName=font,
            lang=language,
            invariant=1,
            pageCompression=1,
            pdfVersion=(1, 7),
        )
        self.root = Element("Document")
        self._code: list[str]
        self._described = {"title": title, "author": author, "subject": subject, "creator": creator}
        self._language = language
        self._path = [self.root]
        self._open = False
        self._silent = False
        self._owners: dict[int, Any] = {}  # key of the parent tree: elements by MCID of a page, or the one of a link
        self._pages: list[Any] = []
        self._begin_page()
        info = self._doc.info = _Info()
        info.title, info.author, info.subject, info.creator = title, author, subject, creator

    # --- structure ---------------------------------------------------------------------------------------------

    @contextmanager
    def element(
        self,
        tag: str | Element,
        *,
        alt: str = "",
        scope: str = "",
        numbering: str = "",
        columns: int = 1,
        language: str = "",
    ) -> Iterator[Element]:
        """A child of the element that is open now; an Element instead of a tag is gone on with.

        `scope` ("Row", "Column", "Both") is for TH, `columns` the span of a cell, `numbering` ("Disc", "Decimal",
        "None") for L. A Figure needs `alt`.
        """
        if isinstance(tag, Element):
            made = tag
        else:
            if tag not in TAGS:
                raise ValueError(f"{tag} is no structure type of this module")
            if tag == "Figure" and not alt.strip():
                raise ValueError("a figure needs a text that says what it shows")
            if tag == "TH" and not scope:
                raise ValueError("a header cell needs a scope")
            made = Element(tag, alt, language, _attributes(tag, scope, numbering, columns))
            if not self._silent:
                self._path[-1].children.append(made)
        self._path.append(made)
        try:
            yield made
        finally:
            self._path.pop()

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Nothing inside is told to a screen reader, whatever it opens: for repeated headers and running heads."""
        before, self._silent = self._silent, True
        try:
            yield
        finally:
            self._silent = before

    @contextmanager
    def content(self) -> Iterator[None]:
        """Ink drawn inside belongs to the open element. Does not nest: content is either of one element or another."""
        if self._silent:
            yield
            return
        if self._open:
            raise ValueError("marked content does not nest")
        owner = self._path[-1]
        self._end_mark()
        self._code.append(f"/{owner.tag} <</MCID {len(self._marks)}>> BDC")
        owner.children.append((len(self._pages), len(self._marks)))
        self._marks.append(owner)
        self._open = True
        try:
            yield
        finally:
            self._open = False
            self._end_mark()
            self._code.append(_ARTIFACT)

    def setFillColor(self, aColor: Any, alpha: float | None = None) -> None:  # noqa: N802, N803 (reportlab's names)
        """Fill with a colour; nothing is written where it is the one that is set already."""
        if aColor is not self._fillColorObj:
            super().setFillColor(aColor, alpha)

    def ink(self, operators: str) -> None:
        """Add drawing operators as they are; they must leave the graphics state as they found it."""
        self._code.append(operators)

    def link(self, address: str, boxes: Sequence[tuple[float, float, float, float]], says: str) -> None:
        """Make boxes `(x0, y0, x1, y1)` lead to an address; to be called inside `element("Link")`.

        `says` is what a screen reader announces. Raises ValueError outside a Link element or for no https address.
        """
        owner = self._path[-1]
        if owner.tag != "Link":
            raise ValueError("a link needs a Link element around it")
        if not address.startswith("https://"):
            raise ValueError("only https addresses are linked")
        for box in boxes if not self._silent else ():
            key = self._next_key()
            note = PDFDictionary(
                {
                    "Type": PDFName("Annot"),
                    "Subtype": PDFName("Link"),
                    "Rect": PDFArray([round(edge, 2) for edge in box]),
                    "Border": PDFArray([0, 0, 0]),
                    "F": _PRINTED,
                    "Contents": PDFString(says),
                    "StructParent": key,
                    "A": PDFDictionary({"S": PDFName("URI"), "URI": PDFString(address)}),
                }
            )
            self._addAnnotation(note)
            self._owners[key] = owner
            owner.children.append((len(self._pages), note))

    # --- pages -------------------------------------------------------------------------------------------------

    def showPage(self) -> None:  # noqa: N802 (reportlab's name)
        self._end_mark()
        super().showPage()

    def save(self) -> None:
        """Write the file; the canvas is then used up."""
        if [line for line in self._code if line.strip() and line != _ARTIFACT]:
            self.showPage()
        self._code = []
        self._write_structure()
        super().save()

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802 (reportlab's hook that is handed each new page)
        super()._setAnnotations(page)
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = self._page_key
        page.Tabs = PDFName("S")
        self._owners[self._page_key] = self._marks
        self._pages.append(page)

    def _startPage(self) -> None:  # noqa: N802 (reportlab's hook)
        super()._startPage()
        self._begin_page()

    def _begin_page(self) -> None:
        self._page_key = self._next_key()
        self._marks: list[Element] = []
        self._code.append(_ARTIFACT)

    def _next_key(self) -> int:
        key = len(self._owners)
        self._owners[key] = None
        return key

    def _end_mark(self) -> None:
        if self._code and self._code[-1] == _ARTIFACT:
            self._code.pop()  # nothing was drawn since
        else:
            self._code.append("EMC")

    # --- writing -----------------------------------------------------------------------------------------------

    def _write_structure(self) -> None:
        refer, catalog = self._doc.Reference, self._doc.Catalog
        tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        top = self._build(self.root, refer(tree))
        numbers: list[Any] = []
        for key, owner in sorted(self._owners.items()):
            if isinstance(owner, list):
                numbers += [key, PDFArray([refer(element.dictionary) for element in owner])]
            elif owner is not None:
                numbers += [key, refer(owner.dictionary)]
        tree.dict["K"] = PDFArray([top])
        tree.dict["ParentTree"] = refer(PDFDictionary({"Nums": PDFArray(numbers)}))
        tree.dict["ParentTreeNextKey"] = len(self._owners)
        catalog.StructTreeRoot = tree
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
        catalog.Metadata = self._metadata()

    def _build(self, element: Element, parent: Any) -> Any:
        refer = self._doc.Reference
        me = refer(element.dictionary)
        kids: list[Any] = []
        for child in element.children:
            if isinstance(child, Element):
                kids.append(self._build(child, me))
                continue
            page, what = refer(self._pages[child[0]]), child[1]
            where = page.format(self._doc)
            if isinstance(what, int):
                kids.append(b"<< /Type /MCR /Pg %s /MCID %d >>" % (where, what))
            else:
                kids.append(b"<< /Type /OBJR /Pg %s /Obj %s >>" % (where, refer(what).format(self._doc)))
        element.dictionary.parent, element.dictionary.kids = parent, kids
        return me

    def _metadata(self) -> PDFStream:
        """The XMP packet: title, author, language and the claim of PDF/UA-1; no dates, which would be invented."""
        said = {key: _escaped(value) for key, value in self._described.items()}
        packet = (
            '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
            f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{said["title"]}</rdf:li></rdf:Alt></dc:title>'
            f"<dc:creator><rdf:Seq><rdf:li>{said['author']}</rdf:li></rdf:Seq></dc:creator>"
            f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{said["subject"]}</rdf:li></rdf:Alt>'
            f"</dc:description><dc:language><rdf:Bag><rdf:li>{_escaped(self._language)}</rdf:li></rdf:Bag></dc:language>"
            f"<xmp:CreatorTool>{said['creator']}</xmp:CreatorTool><pdfuaid:part>1</pdfuaid:part>"
            '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
        )
        stream = PDFStream(content=packet.encode("utf-8"))
        stream.dictionary = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
        return stream


def _escaped(text: str) -> str:
    """Text inside XML; `xml.sax.saxutils` would import the whole of http first."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attributes(tag: str, scope: str, numbering: str, columns: int) -> dict[str, str]:
    if tag in ("TH", "TD") and (scope or columns > 1):
        made = {"O": "/Table"}
        if scope:
            made["Scope"] = f"/{scope}"
        if columns > 1:
            made["ColSpan"] = str(columns)
        return made
    if tag == "L" and numbering:
        return {"O": "/List", "ListNumbering": f"/{numbering}"}
    return {}


__all__ = ["TAGS", "Element", "Face", "TaggedCanvas", "register", "to_unicode"]
