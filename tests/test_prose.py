"""Bodies: bounded before they are rendered, and nothing but the allowed elements comes out."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import html5lib
import pytest

from guides.loader import prose
from guides.loader.files import SourceFile
from guides.loader.prose import ATTRIBUTES, CLASSES, TAGS, render, sections

HEAD = "## What it is\n\n"
TAIL = "\n\n## In practice\n\nText.\n\n## How to practise\n\nText.\n"


def judged(text: str) -> list[str]:
    """What is said about a skill whose first section is ``text``."""
    file = SourceFile("content/skills/x.md", "", "", 0, f"{HEAD}{text}{TAIL}", 1)
    return [problem.message for problem in sections("skills", file)[1]]


def elements(html: str) -> list[Element]:
    """Every element of a fragment as a browser would build it."""
    fragment = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return [element for element in fragment.iter() if element is not fragment]


def check_safe(html: str, prefix: str = "it") -> None:
    """Fails when anything but the allowed elements, attributes and addresses stands in the fragment."""
    for element in elements(html):
        assert isinstance(element.tag, str), "a comment or a processing instruction came out"
        assert element.tag in TAGS, f"<{element.tag}> came out"
        for name, value in element.attrib.items():
            allowed = ATTRIBUTES.get(element.tag, set()) | ({"rel"} if element.tag == "a" else set())
            assert name in allowed, f"{name} came out on <{element.tag}>"
            assert not name.startswith(("on", "hx-", "data-hx-", "style", "src"))
            if name == "href":
                assert value.startswith(("https://", "#", "/")), value
                assert not value.startswith("//"), value
                assert "\\" not in value[:2]
            if name == "class":
                assert value in CLASSES[element.tag]
            if name == "id":
                assert value.startswith(f"{prefix}-")


# --- What may be written ------------------------------------------------------------------------------------------


EVERYTHING = """\
Text with **bold**, *italics*, `code` and a [link](https://a.example/b?c=1&d=2).

### Part

#### Detail

- one
- two
    - deeper

1. first
2. second

> quoted

| a | b |
|:-:|--:|
| 1 | 2 |

Term
:   Meaning

A note[^1] and HTML.

[^1]: The note.

*[HTML]: A language

```
# a remark
```

---
"""


def test_what_the_manual_allows_comes_out() -> None:
    html = render(EVERYTHING, "it")
    check_safe(html)
    found = {element.tag for element in elements(html)}
    assert found >= TAGS - {"br"}
    assert '<a href="https://a.example/b?c=1&amp;d=2" rel="noopener noreferrer">link</a>' in html
    assert "# a remark" in html, "a remark in code is no heading"
    assert '<td align="center">' in html
    assert 'id="it-fn:' in html
    assert 'href="#it-fn:' in html


def test_the_sections_of_one_page_do_not_share_ids() -> None:
    text = "A note[^1].\n\n[^1]: The note."
    first = {element.get("id") for element in elements(render(text, "what-it-is"))} - {None}
    second = {element.get("id") for element in elements(render(text, "in-practice"))} - {None}
    assert first
    assert not first & second


def test_headings_in_code_cut_nothing() -> None:
    text = "```\n## In practice\n# remark\n<b>\n![x](y)\n```"
    assert judged(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A set of {1, 2} and x < y and y > z, and a & b.",
        "Escaped \\*stars\\* and `<b>` in code.",
        '[A link](/skills/sql/) and [a place](#what) and [a title](https://a.example/ "Title").',
        "Ten per cent of the tables have no key.",
        "The 4k screen.",
        "First:\n\n    select 1;\n",
    ],
)
def test_ordinary_text_is_not_complained_about(text: str) -> None:
    assert judged(text) == []


# --- Bounds -------------------------------------------------------------------------------------------------------

EXCESS = {
    "characters": (("text " * 500 + "\n") * 11, "The text has 27,577 characters; at most 24,000 are read."),
    "lines": ("a\n" * 900, "The text has 911 lines; at most 800 are read."),
    "a line": ("a" * 3_001, "The line has 3,001 characters; break it below 3,000."),
    "a run": ("!" * 41, "More than 40 times the same sign in a row; shorten the run."),
    "a run in code": (f"```\n{'[' * 41}\n```", "More than 40 times the same sign in a row; shorten the run."),
    "brackets": ("[a " * 401, "The text has 401 brackets, asterisks and underscores; at most 400 are read."),
    "asterisks": ("*a " * 401, "The text has 401 brackets, asterisks and underscores; at most 400 are read."),
    "underscores": ("_a " * 401, "The text has 401 brackets, asterisks and underscores; at most 400 are read."),
    "backticks": ("`a " * 201, "The text has 201 backticks; at most 200 are read."),
    "backslashes": ("\\a " * 101, "The text has 101 backslashes; at most 100 are read."),
    "columns": ("|" + "a|" * 13, "Tables have at most 12 columns."),
    "quotations": (">>>>> a", "Quotations and lists are nested more than 4 deep; simplify."),
    "quotations with blanks": ("> > > > > a", "Quotations and lists are nested more than 4 deep; simplify."),
    "10,000 quotations": (">" * 10_000, "The line has 10,000 characters; break it below 3,000."),
    "lists on one line": ("- - - - - a", "Quotations and lists are nested more than 4 deep; simplify."),
    "both on one line": ("> - > - > a", "Quotations and lists are nested more than 4 deep; simplify."),
    "lists": ("".join("    " * depth + "- a\n" for depth in range(5)), "Lists go at most 4 levels deep."),
    "numbered lists": ("".join("    " * depth + "1. a\n" for depth in range(5)), "Lists go at most 4 levels deep."),
    "lists in a quotation": (
        "".join("> " + "    " * depth + "- a\n" for depth in range(5)),
        "Lists go at most 4 levels deep.",
    ),
    "lists with text between": (
        "".join("    " * depth + "- a\nx\n" for depth in range(5)),
        "Lists go at most 4 levels deep.",
    ),
    "code without end": ("```\ncode", "A code block begins here and does not end; close it with the same signs."),
}


@pytest.mark.parametrize("name", EXCESS)
def test_excess_is_refused_before_anything_is_rendered(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str, prefix: str) -> str:
        raise AssertionError("It was rendered.")

    monkeypatch.setattr(prose, "render", fail)
    text, message = EXCESS[name]
    assert judged(text) == [message]


def test_excess_is_all_that_is_said() -> None:
    assert len(judged("<b> # ![a](http://x)\n" + "[a " * 500)) == 1


AT_THE_LIMIT = {
    "brackets": ("[" * 39 + "a") * 10,
    "brackets with blanks": "[a " * 399,
    "pictures": "!a[" * 399,
    "links": "[a](b" * 199,
    "stars": "*a **b " * 133,
    "stars and underscores": "*a_b " * 199,
    "backticks": " ".join("`" * run for run in range(1, 20)),
    "escapes": "\\*" * 95,
    "entities": ("&a;" * 900 + "\n") * 8,
    "line breaks": "a  \n" * 780,
    "table rows": "|" + "a|" * 12 + "\n|" + "-|" * 12 + "\n" + "||||||||||||\n" * 770,
    "tables": "a|b\n-|-\n1|2\n" * 250,
    "quotations": ">>>>a\n" * 780,
    "items": "".join("    " * (number % 4) + "- a\n" for number in range(780)),
    "items of one line": "- > - > a\n" * 780,
    "definitions": "a\n:   b\n" * 380,
    "abbreviations": "".join(f"*[a{number}]: b\n" for number in range(130)) + " ".join(f"a{n}" for n in range(130)),
    "footnotes": "".join(f"[^{n}]\n" for n in range(95)) + "".join(f"[^{n}]: x\n" for n in range(95)),
    "references": "".join(f"[{n}]: https://a.example\n" for n in range(190)),
    "code": "```\na\n```\n" * 15,
    "blanks": ("a" + " " * 2_900 + "\n") * 8,
    "tabs": ("\t" * 2_900 + "a\n") * 8,
    "digits": ("1" * 2_900 + "\n") * 8,
    "angles": ("<a@" * 900 + "\n") * 8,
    "parentheses": ("[a](" + "(a" * 1_000 + "\n") * 8,
}


@pytest.mark.hostile
@pytest.mark.parametrize("name", AT_THE_LIMIT)
def test_at_the_limits_little_comes_out_and_it_is_safe(name: str) -> None:
    text = "\n".join(AT_THE_LIMIT[name][: prose.MAX_CHARACTERS - 200].split("\n")[: prose.MAX_LINES - 20])
    judged(text)
    html = render(text, "it")
    assert len(html) < 200_000
    check_safe(html)


# --- Scripts ------------------------------------------------------------------------------------------------------

SCRIPTS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x20type='text/javascript'>alert(1);</script>",
    "<script/x>alert(1)</script>",
    "<<script>alert(1);//<</script>",
    "<script\n>alert(1)</script\n>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<IMG SRC=javascript:alert(1)>",
    "<img src=`javascript:alert(1)`>",
    '<img """><script>alert(1)</script>">',
    "<img src=x:alert(alt) onerror=eval(src) alt=1>",
    "<image src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text y=20>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'/></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<math><style><img src=x onerror=alert(1)></style></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<body background='javascript:alert(1)'>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<applet code=x></applet>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='javascript:alert(1)'>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>body{background:url(javascript:alert(1))}</style>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<table background='javascript:alert(1)'><tr><td>x</td></tr></table>",
    "<td background='javascript:alert(1)'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a onclick=alert(1)>x</a>",
    "<a href=x onfocus=alert(1) autofocus tabindex=1>x</a>",
    "<a target=_blank href=https://evil.example>x</a>",
    "<input autofocus onfocus=alert(1)>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<form action='https://evil.example'><input name=password></form>",
    "<select onchange=alert(1)><option>x</select>",
    "<textarea onfocus=alert(1) autofocus>",
    "<keygen autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<video poster='javascript:alert(1)'></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<dialog open onclose=alert(1)>x</dialog>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<bgsound src='javascript:alert(1)'>",
    "<frameset onload=alert(1)>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<slot onslotchange=alert(1)>",
    "<portal src='https://evil.example'>",
    "<custom-element onclick=alert(1)>x</custom-element>",
    "<xss onmouseover=alert(1)>x</xss>",
    "<button hx-get='/admin/' hx-trigger=load>x</button>",
    "<div data-hx-post='/roadmap/1/' data-hx-trigger=load>x</div>",
    "<div hx-on:click=alert(1)>x</div>",
    "<div hx-vals='js:{a:alert(1)}' hx-get=/ hx-trigger=load>x</div>",
    "<!-- --><script>alert(1)</script> -->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "</p><script>alert(1)</script><p>",
    "</div></main><script>alert(1)</script>",
    "'\"><script>alert(1)</script>",
    "`<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JavaScript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](\njavascript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;&#x61;vascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](%6Aavascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](file:///etc/passwd)",
    "[x](ftp://evil.example/)",
    "[x](http://evil.example/)",
    "[x](//evil.example/)",
    "[x](/\\evil.example/)",
    "[x](\\\\evil.example/)",
    "[x](https:evil.example)",
    '[x](https://a.example/" onmouseover="alert(1))',
    '[x](https://a.example/ "t\\" onmouseover=\\"alert(1)")',
    "[x](https://a.example/ 't\" onclick=\"alert(1)')",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "[x][1]\n\n[1]: <javascript:alert(1)>",
    "[x][1]\n\n[1]:\n    javascript:alert(1)",
    '[x][1]\n\n[1]: https://a.example/ "t\\" onclick=\\"alert(1)"',
    "[javascript:alert(1)]()",
    "![x](javascript:alert(1))",
    '![x](https://a.example/x.png "a\\" onerror=\\"alert(1)")',
    '![x" onerror="alert(1)](x)',
    '![x][1]\n\n[1]: x" onerror="alert(1)',
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    '<http://evil.example/" onclick="alert(1)>',
    '<a@b.example" onclick="alert(1)>',
    "`` ` `` <script>alert(1)</script>",
    '```"><script>alert(1)</script>\ncode\n```',
    "``` {onclick=alert(1)}\ncode\n```",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "    </code></pre><script>alert(1)</script>",
    "Text {: onclick=alert(1) style=color:red }",
    "### Part {: onclick=alert(1) }",
    "### <script>alert(1)</script>",
    "### Part {#location}",
    '*[x]: " onclick="alert(1)\n\nx',
    "*[<script>]: x\n\n<script>",
    'note[^"><script>alert(1)</script>]\n\n[^"><script>alert(1)</script>]: x',
    "note[^1]\n\n[^1]: <script>alert(1)</script>",
    "|<script>alert(1)</script>|b|\n|:-|-:|\n|<img src=x onerror=alert(1)>|2|",
    "<div markdown=1 onclick=alert(1)>*x*</div>",
    "<p><b>x</p><img src=x onerror=alert(1)></b>",
    "> <script>alert(1)</script>",
    "- <script>alert(1)</script>",
    "Term\n:   <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\u2028<script>alert(1)</script>",
    "\x02wzxhzdk:0\x03",
    "STX0ETX klzzwxh:0000",
    "\x02klzzwxh:0000\x03 `<script>alert(1)</script>`",
    "<a id=location name=location>x</a>",
    "<div id=__proto__>x</div>",
    "{{ request.user }} {% load static %}",
]


def test_there_are_enough_scripts() -> None:
    assert len(set(SCRIPTS)) >= 120


@pytest.mark.hostile
@pytest.mark.parametrize("text", SCRIPTS)
def test_no_script_comes_out(text: str) -> None:
    judged(text)
    for written in (text, f"Before {text} after.", f"- {text}\n- more", f"[{text}](https://a.example/)"):
        check_safe(render(written, "it"))


@pytest.mark.hostile
@pytest.mark.parametrize(
    "text", [text for text in SCRIPTS if text.startswith(("<s", "<i", "<d", "<b", "[x](j", "[x](/"))]
)
def test_editors_are_told_about_them(text: str) -> None:
    assert judged(text)
