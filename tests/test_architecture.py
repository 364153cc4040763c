"""What import-linter cannot say about the direction of imports (`make check` runs it for the rest).

The rules are pure, plain values in and plain values out: they know nothing of Django, of files or of the network. The
models know the vocabulary and nothing else of the house. Which modules are rules is said once, in pyproject.toml.
"""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IMPURE = {"os", "pathlib", "shutil", "socket", "sqlite3", "subprocess", "tempfile", "urllib"}


def sources(name: str) -> list[Path]:
    """The files of a module or package of guides; none when it does not exist."""
    module, package = ROOT / f"guides/{name}.py", ROOT / f"guides/{name}"
    return [module] if module.is_file() else sorted(package.rglob("*.py"))


def rules() -> list[Path]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers: list[str] = project["tool"]["importlinter"]["contracts"][0]["layers"]
    assert layers[-1] == "vocabulary"
    return [path for name in re.findall(r"\w+", layers[-2]) for path in sources(name)]


def imported(path: Path) -> set[str]:
    """The whole names of the modules that a file imports, at its top or inside of a function."""
    package = path.relative_to(ROOT).parts[:-1]
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            # `from guides import pay` names the module behind the word import.
            names.update([f"guides.{alias.name}" for alias in node.names] if module == "guides" else [module])
    return names


@pytest.mark.parametrize("path", rules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_rules_import_plain_python_alone(path: Path) -> None:
    for name in imported(path):
        top = name.partition(".")[0]
        assert top == "guides" or (top in sys.stdlib_module_names and top not in IMPURE), f"it imports {name}"


@pytest.mark.parametrize("path", sources("models"), ids=lambda path: str(path.relative_to(ROOT)))
def test_models_import_the_vocabulary_alone(path: Path) -> None:
    for name in imported(path):
        if name.partition(".")[0] == "guides":
            assert name.split(".")[1] in {"vocabulary", "models"}, f"it imports {name}"
