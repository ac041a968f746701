"""Elements of SVG; whatever text they hold is escaped."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

NAMESPACE = "http://www.w3.org/2000/svg"


def element(parent: Element | None, tag: str, text: str | None = None, **attributes: str | float) -> Element:
    """A new element, within `parent` where there is one; `class_` is `class`, and `_` stands for `-`."""
    named = {name.rstrip("_").replace("_", "-"): _told(value) for name, value in attributes.items()}
    made = Element(tag, named) if parent is None else ElementTree.SubElement(parent, tag, named)
    made.text = None if text is None else readable(text)
    return made


def picture(width: float, height: float, title: str, **attributes: str) -> Element:
    """A picture that screen readers call by its title."""
    root = element(
        None, "svg", xmlns=NAMESPACE, viewBox=f"0 0 {_told(width)} {_told(height)}", role="img", aria_label=readable(title), **attributes
    )
    element(root, "title", title)
    return root


def text_of(root: Element) -> str:
    """The picture as text."""
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def readable(text: str) -> str:
    """The text without the signs that XML forbids, and without what steers the direction of writing."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_forbidden(ord(letter)) else letter for letter in text)


def _is_forbidden(code: int) -> bool:
    control = (code < 0x20 and code not in (0x9, 0xA)) or 0x7F <= code < 0xA0
    steers = 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    return control or steers or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF)


def _told(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
