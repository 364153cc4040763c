"""Whatever stands in a content file, reading and checking it ends in items or in problems, never in an exception."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as fuzzed
from hypothesis import strategies as st

from guides.loader.checks import check
from guides.loader.files import MAX_BYTES, MAX_LIST_BYTES, Found, find
from guides.loader.library import MAX_PROBLEMS, Library, ParsedFile, parse, read_library
from guides.loader.problems import Problem, report
from guides.loader.prose import MAX_CHARACTERS
from guides.loader.schema import FOLDER_FILES, LIST_FILES
from tests import content_factory
from tests.hostile.amounts import IS_LONG, amount
from tests.test_prose import SCRIPTS, check_safe
from tests.test_yaml_reader import HOSTILE

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 20)

KINDS = {kind: f"{kind}/x{'.yaml' if kind in ('figures', 'questions') else '.md'}" for kind in FOLDER_FILES} | {
    "transitions": "transitions/x/y.md",
    **{name: name for name in LIST_FILES},
}

often = fuzzed(
    max_examples=amount(1_000, 3_500),
    derandomize=True,
    database=None,
    deadline=timedelta(seconds=1) if IS_LONG else None,
    suppress_health_check=list(HealthCheck),
)


@cache
def folder() -> Path:
    """One folder for all examples: a file for each of them would cost more than reading it."""
    kept = tempfile.TemporaryDirectory()
    _KEPT.append(kept)
    return Path(kept.name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def written(kind: str, raw: bytes) -> ParsedFile:
    """A file of that kind and content, read."""
    file = folder() / "file"
    file.write_bytes(raw)
    slug = "" if kind in LIST_FILES else KINDS[kind].split("/", 1)[1].rsplit(".", 1)[0]
    return parse(Found(file, f"content/{KINDS[kind]}", kind, slug, "digest"))


def check_result(parsed: ParsedFile) -> None:
    """Either something was read, or the reason why not is told in sentences of bounded number and length."""
    assert parsed.items or parsed.problems or parsed.found.kind in LIST_FILES
    assert len(parsed.problems) <= 3 * MAX_PROBLEMS
    check_problems(parsed.problems)
    for item in parsed.items:
        for part in item.prose:
            assert len(part.html) < 10 * MAX_CHARACTERS
            check_safe(part.html, part.heading.lower().replace(" ", "-"))


def check_problems(problems: list[Problem]) -> None:
    for problem in problems:
        assert problem.message
        assert "\n" not in str(problem)
        assert len(problem.message) < 2_000
        assert len(problem.field) < 1_000
        assert problem.line >= 0
        assert problem.column >= 0
    assert report(problems) or not problems


# --- Bytes --------------------------------------------------------------------------------------------------------


@pytest.mark.hostile
@often
@given(
    kind=st.sampled_from(sorted(KINDS)), head=st.sampled_from([b"", b"---\n", b"---\n---\n", b"- "]), raw=st.binary()
)
def test_any_bytes(kind: str, head: bytes, raw: bytes) -> None:
    check_result(written(kind, head + raw))


# --- Something like YAML ------------------------------------------------------------------------------------------

FIELDS = sorted(
    {name for model in (*FOLDER_FILES.values(), *LIST_FILES.values()) for name in model.model_fields}
    | {"skill", "level", "hours", "phases", "tasks", "do", "pay", "low", "high"}
)
TOKENS = [
    ":", ": ", "- ", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "? ", "| \n", ">-\n  ", "[", "]", "{", "}", ", ", "\"",
    "'", "#", " #", "&a ", "*a", "<<: ", "!!str ", "! ", "%", "@", "`", "\t", "\r\n", "\\", "---", "---\n", "...\n",
    "~", "null", "true", "no", "yes", "0", "012", "1.10", "-1", "1e9", "9" * 30, "2026-13-40", "2026-11-20", "1:30",
    ".nan", "sql", "You do it.", "\u00e9", "\u2028", "\u0085", "\ufeff", "\U0001f600", "\u0000", "\u0007",
    "https://a.example/", "javascript:alert(1)", "{months}", "## What it is\n", "\n## In practice\n",
    "\n## How to practise\n", "**", "[a](b)",
]  # fmt: skip
like_yaml = st.lists(st.one_of(st.sampled_from(TOKENS), st.sampled_from(FIELDS), st.text(max_size=5)), max_size=60)


@pytest.mark.hostile
@often
@given(kind=st.sampled_from(sorted(KINDS)), is_page=st.booleans(), tokens=like_yaml, after=like_yaml)
def test_anything_like_yaml(kind: str, is_page: bool, tokens: list[str], after: list[str]) -> None:
    text = "".join(tokens)
    if is_page:
        text = f"---\n{text}\n---\n{''.join(after)}"
    check_result(written(kind, text.encode("utf-8", "replace")))


# --- Real files with faults ---------------------------------------------------------------------------------------


@cache
def site() -> Library:
    """The sample site with few questions, so that many examples can be checked against it."""
    content = content_factory.build(folder())
    for name in ("analyst", "engineer", "illustrator"):
        content_factory.write(content, f"questions/{name}.yaml", content_factory.questions(name, count=6))
    return read_library(content)[0]


@cache
def originals() -> list[tuple[str, str, str]]:
    """Kind, slug and text of files that editors have."""
    real = [file for file in find(settings.CONTENT_DIR)[0] if file.file.stat().st_size < 12_000]
    sample = find(content_factory.SAMPLE)[0]
    return [(one.kind, one.slug, one.file.read_text(encoding="utf-8")) for one in (*sample, *real)]


SNIPPETS = [*SCRIPTS, *(text for text in HOSTILE.values() if len(text) < 200), *TOKENS, "  " * 20 + "- x", "a: b: c"]
change = st.tuples(
    st.sampled_from(["delete", "double", "replace", "insert", "indent", "dedent", "swap", "value", "cut"]),
    st.integers(min_value=0, max_value=400),
    st.sampled_from(SNIPPETS),
)


def changed(text: str, changes: list[tuple[str, int, str]]) -> str:
    """The text after accidents of an editor and pranks of somebody else."""
    lines = text.split("\n")
    for what, number, snippet in changes:
        at = number % len(lines)
        if what == "delete" and len(lines) > 1:
            del lines[at]
        elif what == "double":
            lines.insert(at, lines[at])
        elif what == "replace":
            lines[at] = snippet
        elif what == "insert":
            lines.insert(at, snippet)
        elif what == "indent":
            lines[at] = f" {lines[at]}"
        elif what == "dedent":
            lines[at] = lines[at].removeprefix(" ")
        elif what == "swap":
            lines[at], lines[at - 1] = lines[at - 1], lines[at]
        elif what == "value":
            lines[at] = f"{lines[at].partition(':')[0]}: {snippet}"
        else:
            lines[at] = lines[at][: number % (len(lines[at]) + 1)]
    return "\n".join(lines)


@pytest.mark.hostile
@often
@given(
    number=st.integers(min_value=0, max_value=10_000),
    changes=st.lists(change, min_size=1, max_size=6),
)
def test_files_of_editors_with_anything_changed(number: int, changes: list[tuple[str, int, str]]) -> None:
    kind, slug, text = originals()[number % len(originals())]
    file = folder() / "file"
    file.write_bytes(changed(text, changes).encode("utf-8", "replace"))
    path = f"content/{kind}" if kind in LIST_FILES else f"content/{kind}/{slug}.md"
    parsed = parse(Found(file, path, kind, slug, "digest"))
    check_result(parsed)
    check_problems(check(_with(parsed), TODAY))


def _with(parsed: ParsedFile) -> Library:
    """The sample site with the entries of one file exchanged."""
    kind = parsed.found.kind.removesuffix(".yaml")
    library = Library(broken=set(site().broken), paths=set(site().paths))
    for name in (
        "categories",
        "tools",
        "resources",
        "sources",
        "figures",
        "skills",
        "roles",
        "transitions",
        "questions",
    ):
        library.shelf(name).update(site().shelf(name))
    library.removed.update(site().removed)
    shelf = library.shelf(kind)
    if parsed.found.kind in LIST_FILES:
        shelf.clear()
    else:
        shelf.pop(parsed.found.slug, None)
    check_problems(list(library.add(parsed)))
    return library


# --- Everything at once, in a process of its own ------------------------------------------------------------------

HEAD = "---\nname: X\n---\n\n## What it is\n\n"
BODIES = {
    "10,000 quotations": ">" * 10_000 + " a",
    "10,000 quotations on lines": "\n".join(">" * depth + " a" for depth in range(1, 400)),
    "lists in lists": "\n".join("  " * depth + "- a" for depth in range(300)),
    "20,000 brackets": "[" * 20_000,
    "20,000 brackets with blanks": "[ " * 20_000,
    "pictures": "![](" * 5_000,
    "stars": "*" * 20_000,
    "stars with words": "*a **b " * 5_000,
    "backticks": " ".join("`" * run for run in range(1, 300)),
    "backslashes": "\\" * 50_000,
    "entities": "&" * 50_000,
    "footnotes": "".join(f"[^{number}]: [^{number + 1}]\n\n" for number in range(3_000)),
    "references": "".join(f"[{number}]: https://a.example\n" for number in range(3_000)),
    "abbreviations": "".join(f"*[a{number}]: b\n" for number in range(3_000)),
    "a wide table": "|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + "\n" + "|a|\n" * 500,
    "a long table": "|a|b|\n|-|-|\n" + "|1|2|\n" * 15_000,
    "definitions": "a\n:   b\n" * 10_000,
    "code": "```\n" * 20_001,
    "angles": "<" * 50_000,
    "addresses": "<a@" * 20_000,
    "digits": "1" * 90_000,
    "pay": "pay " * 20_000,
    "blanks": " " * 90_000,
    "carriage returns": "\r" * 90_000,
    "no-break blanks": "\u00a0" * 40_000,
    "combining marks": "a" + "\u0301" * 40_000,
}


def hostile_files() -> Iterator[tuple[str, bytes]]:
    """Kind and content of files that end a careless reader."""
    for text in HOSTILE.values():
        for kind, around in (("skills", "---\n{}\n---\n"), ("tools.yaml", "{}"), ("questions", "questions:\n  - {}")):
            yield kind, around.replace("{}", text).encode("utf-8", "surrogatepass")
    for text in BODIES.values():
        yield "skills", f"{HEAD}{text}".encode()
    yield "skills", b"---\n" * 20_000
    yield "skills", b"\x00" * MAX_BYTES
    yield "skills", b"\xff" * MAX_BYTES
    yield "skills", b"a" * (MAX_BYTES + 1)
    yield "tools.yaml", b"- " * (MAX_LIST_BYTES // 2)
    yield "tools.yaml", b"- a\n" * 90_000
    yield "tools.yaml", b"- {}\n" * 90_000
    yield "tools.yaml", b"a: 1\n" * 90_000
    yield "skills", b"---\nrelated: [" + b"A," * 40_000 + b"]\n---\n"
    yield "skills", b"---\n" + b"".join(b"key%d: 1\n" % number for number in range(8_000)) + b"---\n"
    yield "skills", b"---\n" + b"k" * 90_000 + b": 1\n---\n"
    yield "skills", b"---\nname: " + b"9" * 90_000 + b"\n---\n"
    yield "skills", b"---\nhours: {awareness: " + b"1" * 90_000 + b"}\n---\n"
    yield "skills", "---\nhours: {awareness: ²}\n---\n".encode()
    yield "skills", b"---\nname: |\n" + b"  a\n" * 20_000 + b"---\n"


def read_hostile_files() -> int:
    """How many hostile files were read without an exception."""
    number = 0
    for kind, raw in hostile_files():
        check_result(written(kind, raw))
        number += 1
    return number


@pytest.mark.hostile
def test_no_file_ends_the_process() -> None:
    """In a process of its own with little memory, so that a crash of a library in C is seen as one."""
    program = (
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        "import django\n"
        "django.setup()\n"
        "from tests.test_fuzz_content import read_hostile_files\n"
        "print(read_hostile_files())\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-2_000:]
    assert int(ended.stdout) == len(list(hostile_files()))
