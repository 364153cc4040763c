"""Small valid content folders for tests and measurements.

``build`` copies the sample site of tests/samples/content: the roles *analyst* and *engineer*, which share most of their
skills, *illustrator*, which shares none with them, and the transition from analyst to engineer. The other functions
change such a folder file by file. ``generate`` writes a valid folder of any size.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from guides.loader.yaml_reader import read

SAMPLE = Path(__file__).parent / "samples" / "content"

Facts = dict[str, Any]


def build(folder: Path) -> Path:
    """The sample site as ``folder``/content, which is returned."""
    content = folder / "content"
    shutil.copytree(SAMPLE, content)
    return content


def facts(path: str, content: Path = SAMPLE) -> Facts:
    """The facts of a page ("roles/analyst.md") or of a YAML file that holds a mapping."""
    value = read(_parts((content / path).read_text(encoding="utf-8"))[0]).value
    assert isinstance(value, dict)
    return value


def entries(path: str, content: Path = SAMPLE) -> list[Facts]:
    """The entries of a list file ("tools.yaml")."""
    value = read((content / path).read_text(encoding="utf-8")).value
    assert isinstance(value, list)
    return value


def body(path: str, content: Path = SAMPLE) -> str:
    """The Markdown below the facts of a page."""
    return _parts((content / path).read_text(encoding="utf-8"))[1]


def role(like: str = "analyst", **changes: Any) -> Facts:
    """The facts of a sample role, with some of them changed."""
    return {**facts(f"roles/{like}.md"), **changes}


def skill(like: str = "sql", **changes: Any) -> Facts:
    """The facts of a sample skill, with some of them changed."""
    return {**facts(f"skills/{like}.md"), **changes}


def transition(**changes: Any) -> Facts:
    """The facts of the sample transition, with some of them changed."""
    return {**facts("transitions/analyst/engineer.md"), **changes}


def questions(like: str = "analyst", count: int = 50) -> Facts:
    """The first ``count`` interview questions of a sample role."""
    return {"questions": facts(f"questions/{like}.yaml")["questions"][:count]}


def figures(like: str = "99-1001.00", **changes: Any) -> Facts:
    """The figures of a sample occupation, with some of them changed."""
    return {**facts(f"figures/{like}.yaml"), **changes}


def write(content: Path, path: str, value: Facts | list[Facts], prose: str | None = None) -> Path:
    """Writes facts as a content file. A page keeps the body it has; a new one gets that of a sample page."""
    file = content / path
    text = _dump(value)
    if path.endswith(".md"):
        if prose is None:
            prose = body(path, content) if file.exists() else body(_SAMPLE_PAGES[path.split("/")[0]])
        text = f"---\n{text}---\n{prose}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def change(content: Path, path: str, /, **changes: Any) -> Path:
    """Changes facts of a page or a YAML file that holds a mapping; None writes null."""
    return write(content, path, {**facts(path, content), **changes})


def change_entry(content: Path, path: str, slug: str, /, **changes: Any) -> Path:
    """Changes facts of one entry of a list file."""
    changed = [{**one, **changes} if one.get("slug") == slug else one for one in entries(path, content)]
    return write(content, path, changed)


def replace(content: Path, path: str, old: str, new: str) -> Path:
    """Replaces a text that stands in the file exactly once."""
    file = content / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands in {path} {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def add_role(content: Path, slug: str, title: str, *, like: str = "analyst", **changes: Any) -> None:
    """A further role with its questions; its texts are those of a sample role."""
    named = {"title": title, "plural": f"{title}s", "also_called": []}
    write(content, f"roles/{slug}.md", {**role(like), **named, **changes})
    asked = questions(like)["questions"]
    for one in asked:
        one["question"] = f"{title}: {one['question']}"
    write(content, f"questions/{slug}.yaml", {"questions": asked})


def remove_role(content: Path, slug: str) -> None:
    """Deletes a role's file, its questions and its transitions, and every mention by other roles."""
    (content / f"roles/{slug}.md").unlink()
    (content / f"questions/{slug}.yaml").unlink()
    shutil.rmtree(content / "transitions" / slug, ignore_errors=True)
    for file in (content / "transitions").glob(f"*/{slug}.md"):
        file.unlink()
    for file in (content / "roles").glob("*.md"):
        path = f"roles/{file.name}"
        known = facts(path, content)
        if slug in known.get("similar", []):
            change(content, path, similar=[one for one in known["similar"] if one != slug])


def rename_role(content: Path, old: str, new: str) -> None:
    """Renames a role as the editors' manual says: files, alias, and every mention."""
    for file in sorted(content.glob("transitions/*/*.md")):
        origin, destination = file.parent.name, file.stem
        if old in (origin, destination):
            moved = content / "transitions" / (new if origin == old else origin)
            moved.mkdir(parents=True, exist_ok=True)
            file.rename(moved / f"{new if destination == old else destination}.md")
    (content / f"roles/{old}.md").rename(content / f"roles/{new}.md")
    (content / f"questions/{old}.yaml").rename(content / f"questions/{new}.yaml")
    for file in sorted((content / "roles").glob("*.md")):
        path = f"roles/{file.name}"
        known = facts(path, content)
        if old in known.get("similar", []):
            change(content, path, similar=[new if one == old else one for one in known["similar"]])
    change(content, f"roles/{new}.md", aliases=[*facts(f"roles/{new}.md", content).get("aliases", []), old])
    if (content / "removed.yaml").exists():
        file = content / "removed.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace(f"/roles/{old}/", f"/roles/{new}/"), encoding="utf-8")


def _parts(text: str) -> tuple[str, str]:
    """Facts and body of a file; the body is empty where the file is facts alone."""
    if not text.startswith("---\n"):
        return text, ""
    yaml_text, _, prose = text.removeprefix("---\n").partition("\n---\n")
    return f"{yaml_text}\n", prose


def _dump(value: object) -> str:
    return yaml.dump(value, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=10_000)


_SAMPLE_PAGES = {
    "roles": "roles/analyst.md",
    "skills": "skills/sql.md",
    "transitions": "transitions/analyst/engineer.md",
}

# --- Folders of any size ------------------------------------------------------------------------------------------

FIELDS = (
    "Archive", "Bridge", "Canal", "Dairy", "Engine", "Forest", "Garden", "Harbour", "Island", "Jewel", "Kitchen",
    "Lantern", "Museum", "Needle", "Orchard", "Paper", "Quarry", "Railway", "Sugar", "Timber", "Umbrella", "Violin",
    "Water", "Yacht", "Zinc",
)  # fmt: skip
TRADES = (
    "builder", "carrier", "designer", "examiner", "founder", "grader", "inspector", "keeper", "lecturer", "mapper",
    "operator", "planner", "recorder", "surveyor", "tester", "restorer", "buyer", "negotiator", "trainer", "publisher",
)  # fmt: skip
SKILL_VERBS = ("Measuring", "Drawing", "Testing", "Mapping", "Buying", "Cleaning", "Describing", "Storing")
SKILLS_PER_ROLE = 12
GENERATED_TOOLS = {"database", "editor", "notebook", "repository"}
GENERATED_RESOURCES = {"database-manual", "numbers-book", "programs-book"}
LINES = ("red", "orange", "green", "teal", "blue", "violet", "pink", "brown")


def generate(folder: Path, roles: int, transitions_per_role: int = 2, questions_per_role: int = 50) -> Path:
    """A valid folder/content with ``roles`` roles; the same arguments give the same files.

    Neighbouring roles share skills, and each has ``transitions_per_role`` guides to the roles after it (fewer where
    there are too few roles). Skills grow with the roles, up to one for each pair of a verb and a field (200).
    """
    content = folder / "content"
    skills = generated_skills(roles)
    write(
        content,
        "categories.yaml",
        [
            {"slug": f"group-{line}", "name": f"{line.title()} group", "line": line, "summary": f"The {line} group."}
            for line in LINES[: max(1, min(roles, len(LINES)))]
        ],
    )
    write(content, "sources.yaml", entries("sources.yaml"))
    write(content, "tools.yaml", [one for one in entries("tools.yaml") if one["slug"] in GENERATED_TOOLS])
    write(content, "resources.yaml", [one for one in entries("resources.yaml") if one["slug"] in GENERATED_RESOURCES])
    for number in range(min(roles, 9)):
        code = f"99-{number + 1:04}.00"
        write(content, f"figures/{code}.yaml", figures(code=code, title=f"Occupation {number + 1}"))
    for number, (slug, name) in enumerate(skills):
        related = [skills[(number + 1) % len(skills)][0]]
        prose = body("skills/sql.md").replace("/skills/scripting/", f"/skills/{related[0]}/")
        write(content, f"skills/{slug}.md", skill(name=name, also_called=[], related=related), prose)
    for number in range(roles):
        _generated_role(content, number, roles, skills, questions_per_role)
    for number in range(roles):
        for step in range(1, min(transitions_per_role, roles - 1) + 1):
            _generated_transition(content, number, (number + step) % roles, skills)
    return content


def generated_skills(roles: int) -> list[tuple[str, str]]:
    """Slug and name of each skill of a generated folder."""
    names = [f"{field} {verb.lower()}" for verb in SKILL_VERBS for field in FIELDS]
    count = max(SKILLS_PER_ROLE + 6, min(roles, len(names)))
    return [(name.lower().replace(" ", "-"), name) for name in names[:count]]


def generated_role(number: int) -> tuple[str, str]:
    """Slug and title of the role of that number, from 0."""
    field, rest = FIELDS[number % len(FIELDS)], number // len(FIELDS)
    trade, round_ = TRADES[rest % len(TRADES)], rest // len(TRADES)
    title = f"{field} {trade}" + (f" {round_ + 1}" if round_ else "")
    return title.lower().replace(" ", "-"), title


def _levels(number: int, skills: list[tuple[str, str]]) -> dict[str, str]:
    """Skills of a generated role with their levels; the first three are the ones it alone does well."""
    chosen = [skills[(number * 3 + offset) % len(skills)][0] for offset in range(SKILLS_PER_ROLE)]
    return {slug: "practitioner" if index < 3 else "working" for index, slug in enumerate(chosen)}


def _generated_role(
    content: Path, number: int, roles: int, skills: list[tuple[str, str]], questions_per_role: int
) -> None:
    slug, title = generated_role(number)
    levels = _levels(number, skills)
    known = role()
    phases = known["roadmap"]["phases"]
    for index, phase in enumerate(phases):
        phase["teaches"] = [{"skill": list(levels)[index], "weeks": 2}]
    near = generated_role((number + 1) % roles)[0]
    known |= {
        "title": title,
        "plural": f"{title}s" if title[-1].isalpha() else f"{title}, several",
        "also_called": [],
        "category": f"group-{LINES[number % min(roles, len(LINES))]}",
        "occupations": [{**known["occupations"][0], "code": f"99-{number % 9 + 1:04}.00"}],
        "similar": [near] if near != slug else [],
        "skills": [
            {
                "skill": name,
                "level": level,
                "importance": "essential" if level == "practitioner" else "optional",
                "why": "Half of the week rests on it.",
            }
            for name, level in levels.items()
        ],
    }
    write(content, f"roles/{slug}.md", known)
    asked = questions(count=questions_per_role)["questions"]
    for index, one in enumerate(asked):
        one["question"] = f"{title}: {one['question']}"
        one["skill"] = list(levels)[index % len(levels)]
    write(content, f"questions/{slug}.yaml", {"questions": asked})


def _generated_transition(content: Path, origin: int, destination: int, skills: list[tuple[str, str]]) -> None:
    held, needed = _levels(origin, skills), _levels(destination, skills)
    missing = [name for name, level in needed.items() if level == "practitioner" and held.get(name) != "practitioner"]
    carried = [name for name in held if name not in missing][:3]
    known = transition(carried=[{"skill": name, "why": "It stays as it is."} for name in carried])
    known["to_learn"] = [
        {
            "skill": name,
            "priority": "critical",
            "how": "Read the book and do its exercises.",
            "resources": ["programs-book"],
        }
        for name in missing
    ]
    for index, phase in enumerate(known["roadmap"]["phases"]):
        phase["teaches"] = [{"skill": missing[index], "weeks": 2}] if index < len(missing) else []
    write(content, f"transitions/{generated_role(origin)[0]}/{generated_role(destination)[0]}.md", known)
