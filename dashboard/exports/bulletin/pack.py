"""All charts of a bulletin in one ZIP: each as PNG and SVG, numbered as in the document, with a text beside them."""

from __future__ import annotations

import io
import re
import zipfile

from dashboard.exports import pictures
from dashboard.exports.bulletin import template
from dashboard.exports.bulletin.model import Bulletin, Tell, silent

README = "说明.txt"


def write(bulletin: Bulletin, tell: Tell = silent) -> bytes:
    """The .zip; the same input gives the same bytes."""
    begun = [pictures.begun(figure.chart, bulletin.origin) for figure in bulletin.figures]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:

        def add(name: str, content: bytes, how: int) -> None:
            archive.writestr(zipfile.ZipInfo(name, template.MADE.timetuple()[:6]), content, how)

        add(README, _readme(bulletin).encode("utf-8-sig"), zipfile.ZIP_DEFLATED)
        for number, (figure, png) in enumerate(zip(bulletin.figures, begun, strict=True), 1):
            tell(f"绘制{figure.title}", (number - 1) / len(begun))
            name = f"图{number:02d}_{_plain(figure.title)}"
            add(f"{name}.svg", pictures.svg(figure.chart, bulletin.origin).encode(), zipfile.ZIP_DEFLATED)
            add(f"{name}.png", png.result(), zipfile.ZIP_STORED)
    return out.getvalue()


def _plain(title: str) -> str:
    return re.sub(r'[\\/:*?"<>|\s\x00-\x1f]+', "-", title)[:60]


def _readme(bulletin: Bulletin) -> str:
    lines = [bulletin.title, *(f"{label}：{text}" for label, text in bulletin.origin.notes()), ""]
    for number, figure in enumerate(bulletin.figures, 1):
        lines += [
            f"图{number} {figure.title}",
            figure.chart.alt,
            *([figure.chart.note] if figure.chart.note else []),
            "",
        ]
    return "\r\n".join(lines)
