"""Text as XML can carry it: what DOCX, XLSX and SVG have in common."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LOST = f"部分文字含有文件格式不能保存的字符，已用 {REPLACEMENT} 代替。"
"""What a file says in which characters were replaced."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def carried(text: str) -> str:
    """The text with every character that XML 1.0 cannot carry replaced by U+FFFD (W3C XML 1.0, 2.2 Characters)."""
    return _NOT_XML.sub(REPLACEMENT, text)


def loses(text: str) -> bool:
    """Whether `carried` changes the text."""
    return _NOT_XML.search(text) is not None
