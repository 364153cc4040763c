"""While somebody writes, content loads by itself and never takes the server down."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import pytest

from guides import live_content


def until(true: Callable[[], bool], seconds: float = 5) -> bool:
    end = monotonic() + seconds
    while not true() and monotonic() < end:
        sleep(0.01)
    return true()


def test_the_listing_leaves_out_the_working_copies_of_editors(tmp_path: Path) -> None:
    for name in ("role.md", ".role.md.swp", "role.md~", "folder/other.md", ".git/config"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("text")
    assert live_content.listing(tmp_path).keys() == {str(tmp_path / "role.md"), str(tmp_path / "folder/other.md")}


def test_new_changed_and_removed_files_are_noticed_once_each(tmp_path: Path) -> None:
    calls: list[float] = []
    stop = threading.Event()
    thread = threading.Thread(
        target=live_content.watch, args=(tmp_path, lambda: calls.append(monotonic()), stop, 0.02), daemon=True
    )
    thread.start()
    sleep(0.1)
    try:
        role = tmp_path / "role.md"
        role.write_text("new")
        assert until(lambda: len(calls) == 1)
        role.write_text("changed")
        assert until(lambda: len(calls) == 2)
        os.utime(role, ns=(1, 1))
        assert until(lambda: len(calls) == 3)
        role.unlink()
        assert until(lambda: len(calls) == 4)
        sleep(0.1)
        assert len(calls) == 4
    finally:
        stop.set()
        thread.join(5)


def test_a_missing_folder_is_an_empty_one(tmp_path: Path) -> None:
    assert live_content.listing(tmp_path / "nowhere") == {}


@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_is_printed_and_goes_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert live_content.reload(tmp_path / "nowhere") is False
    assert capsys.readouterr().err

    def broken(folder: Path) -> None:
        raise RuntimeError("a mistake of the program")

    monkeypatch.setattr(live_content, "load_content", broken)
    assert live_content.reload(tmp_path) is False
    assert "a mistake of the program" in capsys.readouterr().err
