"""Text that becomes markup where it is not escaped, and what to look for in a page afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.pages import Page

PROBE = """'"><xss-probe onclick=alert(1)>"""
"""Ends an attribute in either quotation mark and a tag, and begins an element that no page has."""

LONG_PROBE = (
    f"{PROBE}</title></textarea></select></template></script><script>alert(1)</script>"
    "<img src=x onerror=alert(1)><svg onload=alert(1)><a href='javascript:alert(1)' data-hx-get='/xss-probe'>x</a>"
    "<!--<style>@import '/xss-probe';</style>{{ 7|add:7 }}{% load xss %}"
)

ELEMENTS = frozenset({"xss-probe", "iframe", "object", "embed", "base", "style", "frame", "applet"})
"""Elements that stand on no page of the site."""

ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "poster", "data", "xlink:href", "data-hx-get", "data-hx-post"}
)
SCHEME = re.compile(r"[\x00-\x20]*(?:javascript|vbscript|data|file)\s*:", re.IGNORECASE)
ESCAPED_OUT = re.compile(r"<xss-probe|<script>alert|<img src=x|<svg onload", re.IGNORECASE)


def escaped_out(html: str) -> bool:
    """Whether a probe stands in a text as markup; a quick look that needs no parser."""
    return bool(ESCAPED_OUT.search(html))


def executable(page: Page) -> Iterator[str]:
    """Everything in a page that a browser could be made to run, and that the site itself never writes."""
    for element in page.root.iter():
        # Comments are elements with a function for a tag.
        tag = str(element.tag)
        if tag in ELEMENTS:
            yield f"<{tag}>"
        if tag == "script" and not element.get("src", "").startswith("/static/"):
            yield f"<script>{element.text}"
        if tag == "meta" and element.get("http-equiv"):
            yield f"<meta http-equiv={element.get('http-equiv')}>"
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                yield f"<{tag} {name}={value}>"
            if name in ADDRESSES and (SCHEME.match(value) or value.startswith("//")):
                yield f"<{tag} {name}={value}>"
