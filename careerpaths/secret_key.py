"""Make a secret key: `python -m careerpaths.secret_key var/secret-key`."""

import os
import secrets
import sys
from pathlib import Path

_RANDOM_BYTES = 64


def make(path: Path) -> bool:
    """Write a new key to `path`, readable by its owner alone; a key that is there already stays.

    Answers whether a key was written. Raises OSError when the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # O_EXCL: of two starts at the same moment one writes and the other keeps what it finds.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(_RANDOM_BYTES) + "\n")
    return True


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Usage: python -m careerpaths.secret_key FILE", file=sys.stderr)
        return 2
    path = Path(arguments[0])
    print(f"Wrote a new secret key to {path}." if make(path) else f"The secret key in {path} stays.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
