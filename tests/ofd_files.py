"""OFD files made in the tests, laid out as the standard says (GB/T 33190-2016)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.office_files import A4, Set

_MILLIMETRES = 25.4 / 72
_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MAIN = (
    f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {_OFD} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo>'
    "<ofd:DocID>0</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
)


def drawn(line: Set, *, more: str = "") -> str:
    """A text object: characters of full width an em apart, others half as far."""
    size = line.size * _MILLIMETRES
    left, top = line.x * _MILLIMETRES, (A4[1] - line.y) * _MILLIMETRES - size
    steps = " ".join(f"{size if ord(one) > 0x7F else size / 2:.4f}" for one in line.text[:-1])
    return (
        f'<ofd:TextObject ID="9" Boundary="{left:.4f} {top:.4f} 180 {size:.4f}" Font="3" Size="{size:.4f}" {more}>'
        f'<ofd:TextCode X="0" Y="{size:.4f}" DeltaX="{steps}">{escape(line.text)}</ofd:TextCode></ofd:TextObject>'
    )


def content(objects: Sequence[str], template: bool = False) -> str:
    """What is drawn on a page."""
    used = '<ofd:Template TemplateID="2" ZOrder="Background"/>' if template else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {_OFD}>{used}<ofd:Content><ofd:Layer ID="5" Type="Body">'
        f'<ofd:PageBlock ID="6">{"".join(objects)}</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>'
    )


def ofd(pages: Sequence[str], template: str = "", change: Mapping[str, bytes | None] | None = None) -> bytes:
    """A file of pages that are drawn so; `change` are parts that are others, or missing."""
    behind = '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    listed = "".join(
        f'<ofd:Page ID="{number + 10}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages))
    )
    box = f"0 0 {A4[0] * _MILLIMETRES} {A4[1] * _MILLIMETRES}"
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>'
        f"{box}</ofd:PhysicalBox></ofd:PageArea>{behind}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    parts: dict[str, bytes | None] = {"OFD.xml": _MAIN.encode(), "Doc_0/Document.xml": document.encode()}
    parts |= {f"Doc_0/Pages/Page_{number}/Content.xml": page.encode() for number, page in enumerate(pages)}
    parts |= {"Doc_0/Tpls/Tpl_0/Content.xml": template.encode()} if template else {}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**parts, **(change or {})}.items():
            if part is not None:
                archive.writestr(name, part)
    return file.getvalue()
