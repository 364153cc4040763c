"""What is kept is never lost: files come back byte for byte, merges name every difference, edits cost no tick."""

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides import kept
from guides.identity import keep_keys
from guides.kept import (
    Change,
    KeptDocument,
    KeptMoney,
    KeptPhase,
    KeptRating,
    KeptTask,
    Merge,
    Moves,
    News,
    Problem,
    empty,
    names_of,
    news,
    noted,
    renamed,
    with_names,
)
from guides.kept_phrases import change_sentence, news_sentence, problem_sentence
from guides.money import OwnNumbers
from guides.plan import Pace, Tick
from guides.practice import rate
from guides.vocabulary import TaskState
from tests.kept_factory import START, documents, full_document, plan, task

DAY = timedelta(days=1)


def read(data: bytes | str | dict[str, Any]) -> KeptDocument:
    """The document behind a file; fails the test when there is none."""
    found = kept.read(_bytes(data))
    assert isinstance(found, KeptDocument), found
    return found


def problems(data: bytes | str | dict[str, Any]) -> list[Problem]:
    """What is wrong with a file; each problem has a sentence."""
    found = kept.read(_bytes(data))
    assert isinstance(found, tuple), "it was read"
    for problem in found:
        assert problem_sentence(problem).endswith(".")
    return list(found)


def _bytes(data: bytes | str | dict[str, Any]) -> bytes:
    if isinstance(data, dict):
        data = json.dumps(data)
    return data.encode() if isinstance(data, str) else data


def merged(mine: KeptDocument, uploaded: KeptDocument) -> Merge:
    found = kept.merge(mine, uploaded)
    assert found.problems == ()
    for change in found.changes:
        assert change_sentence(change, {})
    return found


# The file


@given(documents)
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_and_written_again_as_the_same_bytes(document: KeptDocument) -> None:
    data = kept.written(document)
    assert read(data) == document
    assert kept.written(read(data)) == data


def test_a_document_with_everything_comes_back() -> None:
    document = full_document()
    data = kept.written(document)
    assert read(data) == document
    assert "worth it — " not in data.decode()
    assert "Took two evenings — worth it." in data.decode(), "text can be read in the file"


def test_an_empty_document_is_small_and_names_its_format() -> None:
    assert json.loads(kept.written(kept.empty())) == {"format": 1}


def test_the_order_in_which_things_were_ticked_does_not_show_in_the_file() -> None:
    first = KeptDocument(format=1, ledger={"python": 2, "sql": 1})
    second = KeptDocument(format=1, ledger={"sql": 1, "python": 2})
    assert kept.written(first) == kept.written(second)


def test_a_byte_order_mark_of_a_text_editor_is_forgiven() -> None:
    data = kept.written(full_document())
    assert read(b"\xef\xbb\xbf" + data) == full_document()


def test_control_characters_are_left_out_and_line_ends_are_one_kind() -> None:
    noted = KeptTask(note="one\r\ntwo\rthree\x00\x0b\x7f\tfour", text="Do.")
    assert noted.note == "one\ntwo\nthree\tfour"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "not_json"),
        (b"\xff\xfe{}", "not_text"),
        (b"GIF89a", "not_json"),
        (b"{", "not_json"),
        (b"[]", "not_ours"),
        (b"null", "not_ours"),
        (b'"format"', "not_ours"),
        (b"{}", "not_ours"),
        (b'{"format": 2}', "newer"),
        (b'{"format": 99999999999999999999999999}', "newer"),
        (b'{"format": "1"}', "value"),
        (b'{"format": 1.5}', "value"),
        (b'{"format": 0}', "value"),
        (b'{"format": true}', "value"),
        (b'{"format": 1.0}', "value"),
        (b'{"format": null}', "value"),
        (b'{"format": 1, "format": 1}', "repeated"),
        (b'{"format": 1, "ledger": {"sql": 1, "sql": 4}}', "repeated"),
        (b'{"format": 1, "ledger": {"sql": NaN}}', "not_json"),
        (b'{"format": 1, "ledger": {"sql": Infinity}}', "not_json"),
        (b'{"format": 1, "ledger": {"sql": 1e999}}', "value"),
        (b'{"format": 1, "ledger": {"sql": 5}}', "value"),
        (b'{"format": 1, "ledger": {"sql": -1}}', "value"),
        (b'{"format": 1, "ledger": {"sql": "3"}}', "value"),
        (b'{"format": 1, "ledger": {"sql": true}}', "value"),
        (b'{"format": 1, "ledger": {"__proto__": 1}}', "value"),
        (b'{"format": 1, "ledger": {"../../etc": 1}}', "value"),
        (b'{"format": 1, "ledger": []}', "value"),
        (b'{"format": 1, "current_role": "a\\n"}', "value"),
        (b'{"format": 1, "current_role": "\\ud800"}', "value"),
        (b'{"format": 1, "surprise": 1}', "unknown"),
        (b'{"format": 1, "seen": {"version": 1}}', "missing"),
        (b'{"format": 1, "answers": {"coding": "<script>"}}', "value"),
        (b"9" * 5000, "not_json"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a":' * 50_000, "too_deep"),
        (b" " * (kept.MOST_BYTES + 1), "too_large"),
    ],
    ids=lambda value: repr(value)[:50],
)
def test_a_hostile_file_is_refused_with_a_reason(data: bytes, kind: str) -> None:
    assert problems(data)[0].kind == kind


@pytest.mark.parametrize(
    ("changes", "where", "kind"),
    [
        ({"target": "roles/../admin"}, "target", "value"),
        ({"target": "skills/python"}, "target", "value"),
        ({"start": "2026-13-01"}, "start", "value"),
        ({"start": "1066-10-14"}, "start", "value"),
        ({"start": "9999-12-31"}, "start", "value"),
        ({"start": 0}, "start", "value"),
        ({"start": "2026-03-02T10:00:00"}, "start", "value"),
        ({"hours_per_week": 0}, "1", "pace"),
        ({"hours_per_week": -1}, "hours_per_week", "value"),
        ({"hours_per_week": 169}, "hours_per_week", "value"),
        ({"hours_per_week": 113}, "1", "pace"),
        ({"hours_per_week": 0.5}, "1", "pace"),
        ({"hours_per_week": None, "hours_per_weekday": [0, 0, 0, 0, 0, 0, 17]}, "1", "pace"),
        ({"hours_per_week": None}, "1", "pace"),
        ({"hours_per_weekday": [1, 1, 1, 1, 1, 1, 1]}, "1", "pace"),
        ({"hours_per_week": None, "hours_per_weekday": [0] * 7}, "1", "pace"),
        ({"hours_per_week": None, "hours_per_weekday": [1] * 6}, "7", "missing"),
        ({"weeks_off": ["2026-03-03"]}, "1", "monday"),
        ({"weeks_off": ["2026-03-02"] * 105}, "weeks_off", "too_many"),
        ({"scope": "some"}, "scope", "value"),
        ({"scope": None}, "scope", "value"),
        ({"tasks": {"aaaa": {"state": "ticked", "text": "Do."}}}, "state", "value"),
        ({"tasks": {"aaaa": {"state": "done"}}}, "text", "missing"),
        ({"tasks": {"aaaa": {"state": "done", "text": "Do."}}}, "aaaa", "no_day"),
        ({"tasks": {"aaaa": {"text": "Do.", "note": "n" * 2001}}}, "note", "too_long"),
        ({"tasks": {"AAAA": {"text": "Do."}}}, "[key]", "value"),
        ({"money": {"take_home": -1}}, "take_home", "value"),
        ({"id": "a b"}, "id", "value"),
    ],
    ids=lambda value: repr(value)[:50],
)
def test_a_wrong_value_in_a_plan_is_named_with_its_place(changes: dict[str, Any], where: str, kind: str) -> None:
    document = json.loads(kept.written(KeptDocument(format=1, plans=(plan(),))))
    document["plans"][0].update(changes)
    found = problems(document)
    assert (found[0].kind, found[0].where[-1]) == (kind, where)


def test_all_problems_are_told_at_once_up_to_twenty() -> None:
    few = problems({"format": 1, "ledger": {"sql": 9}, "current_role": "NO", "surprise": 1})
    assert {problem.kind for problem in few} == {"value", "unknown"}
    assert len(few) == 3
    many = problems({"format": 1, "ledger": {f"skill-{number}": 9 for number in range(300)}})
    assert len(many) == 20


def test_limits_hold_for_skills_plans_and_tasks() -> None:
    assert problems({"format": 1, "ledger": {f"skill-{number}": 1 for number in range(401)}})[0].kind == "too_many"
    plans = [json.loads(kept.written(KeptDocument(format=1, plans=(plan(f"number{number}"),)))) for number in range(21)]
    assert problems({"format": 1, "plans": [made["plans"][0] for made in plans]})[0].kind == "too_many"
    tasks = {f"{number:x}": {"text": ""} for number in range(1001)}
    two = [{**made["plans"][0], "tasks": tasks} for made in plans[:2]]
    found = problems({"format": 1, "plans": two})
    assert (found[0].kind, found[0].found, found[0].limit) == ("too_many", "2002", 2000)
    assert problems({"format": 1, "plans": [two[0], {**two[0], "tasks": {}}]})[0].kind == "same_id"


def test_a_full_ledger_and_a_large_plan_fit() -> None:
    tasks = {
        f"{number:012x}": task(text="Write one page about what was learned this week. " * 2) for number in range(900)
    }
    document = KeptDocument(
        format=1, ledger={f"skill-number-{number}": 3 for number in range(400)}, plans=(plan(tasks=tasks),)
    )
    assert read(kept.written(document)) == document


@pytest.mark.parametrize(
    "data",
    [
        '{"format": 1, "x": "' + '\\"' * 120_000,
        '{"format": 1, "ledger": {' + ", ".join(f'"{number}{{": 9' for number in range(15_000)) + "}}",
        '{"format": 1, "plans": [' + ",".join(["{}"] * 80_000) + "]}",
        '{"format": 1, "plans": [' + ",".join(["[]"] * 80_000) + "]}",
        '"' * 250_000,
        '{"format": 1, "current_role": "' + "a-" * 100_000 + '"}',
    ],
    ids=["open string", "wrong ledger", "empty plans", "lists", "quotes", "long slug"],
)
def test_no_file_costs_more_than_a_moment(data: str) -> None:
    began = time.process_time()
    assert problems(data)
    assert time.process_time() - began < 1


@given(st.binary(max_size=400) | st.text(alphabet='{}[]":,0129.eformatledgr\\u\n ', max_size=200).map(str.encode))
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise(data: bytes) -> None:
    found = kept.read(data)
    assert isinstance(found, KeptDocument | tuple)


def test_only_an_https_address_becomes_a_link() -> None:
    def link(evidence: str) -> str:
        return KeptPhase(evidence=evidence, title="").evidence_link

    assert link("https://example.org/work?a=1") == "https://example.org/work?a=1"
    for text in (
        "javascript:alert(1)",
        "http://example.org",
        "https://",
        "https:///path",
        "https://[",
        "https://a.example b",
        "see https://example.org",
        "",
    ):
        assert link(text) == ""


def test_edits_give_new_documents_that_can_be_written() -> None:
    document = kept.with_level(full_document(), "python", 4)
    assert document.ledger["python"] == 4
    assert full_document().ledger["python"] == 3
    assert "python" not in kept.with_level(document, "python", None).ledger
    ticked = kept.with_task(document.plans[0], "eeee", task())
    document = kept.with_plan(document, ticked)
    assert len(document.plans) == 2
    assert document.plans[0].tasks["eeee"].state == "done"
    new = plan(kept.new_plan_id([made.id for made in document.plans]))
    document = kept.with_plan(document, new)
    assert document.plans[2] == new
    assert kept.without_plan(document, "first1").plan("first1") is None
    rated = rate(document.practice["dddd"].rated, "weak", START)
    document = kept.with_rating(document, "dddd", KeptRating.of(rated))
    assert document.practice["dddd"].rated == rated
    assert read(kept.written(document)) == document


def test_fit_answers_go_where_they_belong() -> None:
    given = {"coding": "no", "day-1a2b": "enjoy", "skill-sql": "2", "skill-python": None, "background-chef": "any"}
    document = kept.with_answers(full_document(), given)
    assert document.answers == {"coding": "no", "pay": "45000"}
    assert document.task_answers == {
        "day-1a2b3c4d": "avoid",
        "background-ai-artist": "any",
        "day-1a2b": "enjoy",
        "background-chef": "any",
    }
    assert document.ledger == {"colour-theory": 0, "sql": 2}
    assert document.fit_answers == {**document.answers, **document.task_answers}
    assert kept.with_answers(document, {"coding": None}).answers == {"pay": "45000"}
    assert read(kept.written(document)) == document


def test_the_rules_get_plain_values() -> None:
    first, second = full_document().plans
    assert first.pace == Pace.weekly(8, first.weeks_off)
    assert second.pace == Pace.by_weekday([1.5, 0, 1.5, 0, 0, 4, 0])
    tasks = {**first.tasks, "open": KeptTask(note="Later.", text="Do.")}
    assert kept.ticks_of(tasks) == {"aaaa": Tick(TaskState.DONE, START), "bbbb": Tick(TaskState.SKIPPED, START)}
    assert KeptMoney(take_home=1, new_low=3).own_numbers is None
    assert KeptMoney(take_home=1, new_low=3, new_high=2).own_numbers is None
    assert KeptMoney(take_home=1, new_low=2, new_high=3, search_months=4).own_numbers == OwnNumbers(
        take_home=1, new_low=2, new_high=3, search_months=4
    )


# Merging


@given(documents, documents)
@settings(max_examples=100, deadline=None)
def test_a_merge_loses_nothing_and_doing_it_again_changes_nothing(mine: KeptDocument, uploaded: KeptDocument) -> None:
    both = merged(mine, uploaded).document
    assert merged(both, uploaded).document == both
    assert merged(both, mine).document == both
    for one in (mine, uploaded):
        assert all(both.ledger[skill] >= level for skill, level in one.ledger.items())
        assert set(one.answers) <= set(both.answers)
        assert set(one.practice) <= set(both.practice)
        for one_plan in one.plans:
            homes = [found for found in both.plans if found.target == one_plan.target]
            assert any(set(one_plan.tasks) <= set(home.tasks) for home in homes)


@given(documents)
@settings(max_examples=50, deadline=None)
def test_a_merge_with_the_same_document_is_no_change(document: KeptDocument) -> None:
    assert merged(document, document) == Merge(document, ())


def test_a_merge_into_nothing_takes_everything() -> None:
    document = full_document()
    assert merged(kept.empty(), document).document == document


def outcomes(found: Merge) -> set[tuple[str, str]]:
    return {(change.part, change.outcome) for change in found.changes}


def test_the_higher_level_stays_and_both_are_shown() -> None:
    mine = KeptDocument(format=1, ledger={"sql": 1, "python": 4})
    found = merged(mine, KeptDocument(format=1, ledger={"sql": 3, "python": 2, "css": 0}))
    assert found.document.ledger == {"sql": 3, "python": 4, "css": 0}
    sentences = [change_sentence(change, {"sql": "SQL", "python": "Python"}) for change in found.changes]
    assert sentences == [
        "SQL: rises from “awareness” to “practitioner”.",
        "Python: stays “expert”; the file has the lower level “working”.",
        "css: “not yet” is added.",
    ]


def test_answers_of_mine_stay_and_the_difference_is_shown() -> None:
    mine = KeptDocument(format=1, answers={"coding": "no"}, current_role="illustrator")
    found = merged(mine, KeptDocument(format=1, answers={"coding": "yes", "remote": "yes"}, current_role="ai-artist"))
    assert found.document.answers == {"coding": "no", "remote": "yes"}
    assert found.document.current_role == "illustrator"
    assert outcomes(found) == {("answer", "kept"), ("answer", "added"), ("role", "kept")}


@pytest.mark.parametrize(
    ("mine", "uploaded", "state"),
    [
        (task("done", on=START), task("open", on=START + DAY), "open"),
        (task("open", on=START), task("done", on=START + DAY), "done"),
        (task("open", on=START + DAY), task("done", on=START), "open"),
        (task("open", on=START), task("done", on=START), "done"),
        (task("skipped", on=START), task("open", on=START), "skipped"),
        (task("open", on=None), task("skipped", on=START), "skipped"),
    ],
)
def test_the_newer_state_of_a_task_wins(mine: KeptTask, uploaded: KeptTask, state: str) -> None:
    found = merged(
        KeptDocument(format=1, plans=(plan(tasks={"aaaa": mine}),)),
        KeptDocument(format=1, plans=(plan(tasks={"aaaa": uploaded}),)),
    )
    assert found.document.plans[0].tasks["aaaa"].state == state
    assert [change.part for change in found.changes] == ["task"]


@pytest.mark.parametrize(
    ("mine", "uploaded", "together", "outcome"),
    [
        ("", "new", "new", "added"),
        ("one", "two", "one\n\ntwo", "joined"),
        ("one and two", "two", "one and two", ""),
        ("two", "one and two", "one and two", "joined"),
        ("one", "", "one", ""),
        ("m" * 1999, "u" * 10, "m" * 1999, "kept"),
    ],
)
def test_notes_stand_one_after_the_other(mine: str, uploaded: str, together: str, outcome: str) -> None:
    found = merged(
        KeptDocument(format=1, plans=(plan(tasks={"aaaa": task(note=mine)}),)),
        KeptDocument(format=1, plans=(plan(tasks={"aaaa": task(note=uploaded)}),)),
    )
    assert found.document.plans[0].tasks["aaaa"].note == together
    assert [change.outcome for change in found.changes] == ([outcome] if outcome else [])
    if outcome == "kept":
        assert uploaded in change_sentence(found.changes[0], {}), "what does not fit is shown, so it can be copied"


def test_a_second_piece_of_evidence_goes_to_the_note() -> None:
    mine = KeptPhase(evidence="https://example.org/1", note="mine", title="Foundations")
    theirs = KeptPhase(evidence="https://example.org/2", note="theirs", title="Foundations")
    found = merged(
        KeptDocument(format=1, plans=(plan(phases={"cccc": mine}),)),
        KeptDocument(format=1, plans=(plan(phases={"cccc": theirs, "dddd": theirs}),)),
    )
    phase = found.document.plans[0].phases["cccc"]
    assert phase.evidence == "https://example.org/1"
    assert phase.note == "mine\n\nhttps://example.org/2\n\ntheirs"
    assert found.document.plans[0].phases["dddd"] == theirs


def test_settings_come_from_the_plan_that_was_planned_last() -> None:
    mine = plan(hours_per_week=8.0)
    later = plan(hours_per_week=4.0, replanned_on=START + DAY, money={"take_home": 1})
    found = merged(KeptDocument(format=1, plans=(mine,)), KeptDocument(format=1, plans=(later,)))
    assert found.document.plans[0].hours_per_week == 4.0
    assert outcomes(found) == {("plan", "taken"), ("money", "added")}
    back = merged(KeptDocument(format=1, plans=(later,)), KeptDocument(format=1, plans=(mine,)))
    assert back.document.plans[0] == later
    assert outcomes(back) == {("plan", "kept")}


def test_plans_that_share_an_id_by_chance_both_stay() -> None:
    mine = KeptDocument(format=1, plans=(plan("first1", "roles/a"),))
    theirs = KeptDocument(format=1, plans=(plan("first1", "roles/b"),))
    found = merged(mine, theirs).document
    assert [made.target for made in found.plans] == ["roles/a", "roles/b"]
    assert merged(found, theirs).document == found


def test_the_latest_rating_of_a_question_stays() -> None:
    old = KeptRating(box=4, due=START + 8 * DAY, rating="sure", on=START)
    new = KeptRating(box=1, due=START + 9 * DAY, rating="weak", on=START + 8 * DAY)
    mine, theirs = KeptDocument(format=1, practice={"aaaa": old}), KeptDocument(format=1, practice={"aaaa": new})
    assert merged(mine, theirs).document.practice["aaaa"] == new
    assert merged(theirs, mine).document.practice["aaaa"] == new


def test_what_is_too_much_together_leaves_mine_as_it_was() -> None:
    mine = KeptDocument(format=1, ledger={f"mine-{number}": 1 for number in range(300)})
    theirs = KeptDocument(format=1, ledger={f"theirs-{number}": 1 for number in range(300)})
    found = kept.merge(mine, theirs)
    assert found.document == mine
    assert found.changes == ()
    assert [problem.kind for problem in found.problems] == ["too_many"]


def test_every_task_of_the_same_plan_comes_along() -> None:
    theirs = plan(tasks={"aaaa": task(), "bbbb": task("open", note="Ask Ana.", text="Write to a client.")})
    found = merged(
        KeptDocument(format=1, plans=(plan(tasks={"aaaa": task()}),)), KeptDocument(format=1, plans=(theirs,))
    )
    assert found.document.plans[0].tasks == theirs.tasks
    assert outcomes(found) == {("task", "added"), ("note", "added")}


PARTS = ("skill", "answer", "role", "plan", "task", "note", "evidence", "money", "practice")


@pytest.mark.parametrize("part", PARTS)
def test_every_change_has_a_sentence_with_names_instead_of_keys(part: Any) -> None:
    values = {"skill": ("1", "3"), "task": ("open", "done")}
    sentences = set()
    for outcome in ("added", "taken", "kept", "joined"):
        mine, uploaded = values.get(part, ("one", "two"))
        found = change_sentence(Change(part, outcome, "the-key", mine, uploaded), {"the-key": "The Name"})
        assert "The Name" in found
        assert "the-key" not in found
        sentences.add(found)
    assert len(sentences) >= 2


# Content edits


def test_former_addresses_become_moves_and_chains_are_followed() -> None:
    moves = kept.moves_of(
        [
            ("/skills/css3/", "/skills/css/"),
            ("/skills/css2/", "/skills/css3/"),
            ("/roles/coder/", "/roles/backend-developer/"),
            ("/roles/webmaster/", "/roles/"),
            ("/roles/clerk/", "/categories/office/"),
            ("/skills/a/", "/skills/b/"),
            ("/skills/b/", "/skills/a/"),
            ("/transitions/x/y/", "/transitions/x/z/"),
        ]
    )
    assert moves.skills == {"css3": "css", "css2": "css", "a": "a", "b": "b"}
    assert moves.roles == {"coder": "backend-developer"}
    assert moves.target("roles/coder") == "roles/backend-developer"
    assert moves.target("transitions/x/y") == "transitions/x/z"
    assert moves.target("transitions/coder/z") == "transitions/backend-developer/z"
    assert moves.target("transitions/coder/backend-developer") == "transitions/coder/backend-developer"


def test_two_skills_that_became_one_keep_the_higher_level() -> None:
    moves = Moves(skills={"css3": "css", "html5": "html"}, roles={"coder": "developer"}, transitions={})
    document = KeptDocument(
        format=1,
        ledger={"css": 1, "css3": 3, "html5": 0},
        task_answers={"background-coder": "any", "background-developer": "none", "day-1a2b": "fine"},
        current_role="coder",
        plans=(plan(target="roles/coder"),),
    )
    now = kept.renamed(document, moves)
    assert now.ledger == {"css": 3, "html": 0}
    assert now.task_answers == {"background-developer": "none", "day-1a2b": "fine"}
    assert kept.renamed(kept.with_answers(now, {"background-developer": None, "background-coder": "any"}), moves) == (
        kept.with_answers(now, {"background-developer": "any"})
    )
    assert now.current_role == "developer"
    assert now.plans[0].target == "roles/developer"
    assert kept.renamed(now, moves) == now


def test_a_moved_task_keeps_its_tick_and_a_removed_one_its_words() -> None:
    made = plan(
        tasks={
            "a": task(text="Stays, in other words."),
            "b": task(text="Moves to another phase."),
            "c": task(text="Is gone."),
        },
        phases={"p": KeptPhase(title="Foundations", note="n"), "q": KeptPhase(title="Old end", evidence="e")},
    )
    live = [("a", "Stays, said otherwise."), ("z", "Moves  to another Phase."), ("y", "Something like: Is gone.")]
    found = kept.placed(made, live)
    assert {kept_task.text for kept_task in found.by_key.values()} == {
        "Stays, in other words.",
        "Moves to another phase.",
    }
    assert [(at.key, at.was_key, at.is_reworded) for at in found.attached] == [("a", "a", True), ("z", "b", True)]
    assert [resting.known_text for resting in found.resting] == ["Is gone."]
    phases = kept.placed_phases(made, [("p", "Foundations"), ("r", "End")])
    assert [resting.kept.evidence for resting in phases.resting] == ["e"]
    now = kept.settled(made, live, [("p", "Foundations I")])
    assert now.tasks["z"].text == "Moves  to another Phase."
    assert set(now.tasks) == {"a", "z", "c"}
    assert now.phases["p"].title == "Foundations I"
    assert kept.settled(now, live, [("p", "Foundations I")]) == now


@dataclass
class Guide:
    """A role or transition as the loader sees it: phases (key, title), each with its tasks (key, text)."""

    phases: list[tuple[str, str, list[tuple[str, str]]]] = field(default_factory=list)

    @property
    def tasks(self) -> list[tuple[str, str]]:
        return [entry for *_, entries in self.phases for entry in entries]

    def load(self, place: str, phases: list[tuple[str, list[str]]]) -> None:
        """Gives keys as ``loader.roadmap_rows`` does."""
        known = {key: tasks for key, _, tasks in self.phases}
        keys = keep_keys(place, [(key, title) for key, title, _ in self.phases], [title for title, _ in phases])
        self.phases = [
            (key, title, list(zip(keep_keys(f"{place}#{key}", known.get(key, []), texts), texts, strict=True)))
            for key, (title, texts) in zip(keys, phases, strict=True)
        ]


WORDS = ["read", "write", "draw", "sketch", "model", "chart", "essay", "client", "budget", "server"]


class Editor:
    """Makes guides and edits them at random, and remembers every rename as a former address."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.guides: dict[str, Guide] = {}
        self.addresses: list[tuple[str, str]] = []
        self.count = 0
        for _ in range(2):
            self._write(self._slug())

    def _slug(self) -> str:
        self.count += 1
        return f"role-{self.count}"

    def _text(self) -> str:
        self.count += 1
        return f"{' '.join(self.chance.choices(WORDS, k=3))} {self.count}."

    def _write(self, slug: str) -> None:
        self.guides[slug] = Guide()
        phases = [(self._text(), [self._text() for _ in range(2)]) for _ in range(2)]
        self.guides[slug].load(f"roles/{slug}", phases)

    def edit(self) -> None:
        """One edit of one kind."""
        edits: list[Callable[[str], None]] = [
            self._rename,
            self._merge,
            self._remove,
            self._reword,
            self._move,
            self._cut,
        ]
        if self.guides:
            self.chance.choice(edits)(self.chance.choice(sorted(self.guides)))

    def _rename(self, slug: str) -> None:
        new = self._slug()
        self.guides[new] = self.guides.pop(slug)
        self.addresses.append((f"/roles/{slug}/", f"/roles/{new}/"))

    def _merge(self, slug: str) -> None:
        others = sorted(set(self.guides) - {slug})
        if others:
            del self.guides[slug]
            self.addresses.append((f"/roles/{slug}/", f"/roles/{self.chance.choice(others)}/"))

    def _remove(self, slug: str) -> None:
        del self.guides[slug]

    def _phases(self, slug: str) -> list[tuple[str, list[str]]]:
        return [(title, [text for _, text in tasks]) for _, title, tasks in self.guides[slug].phases]

    def _reword(self, slug: str) -> None:
        phases = self._phases(slug)
        title, texts = self.chance.choice(phases)
        if texts:
            at = self.chance.randrange(len(texts))
            texts[at] = self._text() if self.chance.random() < 0.5 else f"{texts[at]} Twice."
        if self.chance.random() < 0.3:
            phases[phases.index((title, texts))] = (self._text(), texts)
        self.guides[slug].load(f"roles/{slug}", phases)

    def _move(self, slug: str) -> None:
        phases = self._phases(slug)
        texts = [text for _, entries in phases for text in entries]
        self.chance.shuffle(texts)
        half = len(texts) // 2
        self.guides[slug].load(f"roles/{slug}", [(phases[0][0], texts[:half]), (phases[-1][0], texts[half:])])

    def _cut(self, slug: str) -> None:
        phases = self._phases(slug)
        texts = self.chance.choice(phases)[1]
        if texts:
            texts.pop(self.chance.randrange(len(texts)))
        self.guides[slug].load(f"roles/{slug}", phases)


def kept_state(editor: Editor, chance: random.Random) -> KeptDocument:
    """A plan for each guide with some of its tasks ticked, skipped or noted, and some skills held."""
    made = []
    for number, (slug, guide) in enumerate(editor.guides.items()):
        tasks = {
            key: KeptTask.model_construct(
                state=chance.choice(["done", "skipped", "open"]), on=START, note=f"n{key}", text=text
            )
            for key, text in guide.tasks
            if chance.random() < 0.7
        }
        made.append(plan(f"number{number}", f"roles/{slug}").model_copy(update={"tasks": tasks}))
    ledger = {f"skill-{number}": chance.randrange(5) for number in chance.sample(range(6), 3)}
    return kept.empty().model_copy(update={"plans": tuple(made), "ledger": ledger})


def test_ten_thousand_random_kept_states_survive_random_edits_of_the_content() -> None:
    chance = random.Random(20260302)
    ticks = moved = resting = 0
    for _ in range(10_000):
        editor = Editor(chance)
        before = kept_state(editor, chance)
        document = before
        skills = [
            (f"/skills/skill-{chance.randrange(6)}/", f"/skills/skill-{chance.randrange(6, 8)}/") for _ in range(2)
        ]
        for _ in range(chance.randrange(1, 4)):
            editor.edit()
            if chance.random() < 0.5:
                # The visitor comes by between two edits and sees what there is.
                document = visited(document, editor, skills)
        document = visited(document, editor, skills)

        assert len(document.plans) == len(before.plans)
        for old, now in zip(before.plans, document.plans, strict=True):
            slug = now.target.removeprefix("roles/")
            guide = editor.guides.get(slug, Guide())
            live = dict(guide.tasks)
            found = kept.placed(now, guide.tasks)
            at = {attached.kept.note: attached for attached in found.attached}
            rests = {one.kept.note: one for one in found.resting}
            assert len(at) + len(rests) == len(old.tasks), "each is in one place"
            for key, was in old.tasks.items():
                ticks += 1
                if was.note in at:
                    attached = at[was.note]
                    assert attached.kept.state == was.state
                    assert live[attached.key] == attached.text
                    moved += attached.key != key
                else:
                    assert rests[was.note].kept.state == was.state
                    assert rests[was.note].known_text
                    assert key not in live, "a task that is still there has its tick"
                    resting += 1
        moves = kept.moves_of(skills)
        for skill, level in before.ledger.items():
            assert document.ledger[moves.skills.get(skill, skill)] >= level
    assert ticks > 50_000
    assert moved > 1_000, "tasks went to other phases"
    assert resting > 1_000, "tasks were removed"


def visited(document: KeptDocument, editor: Editor, skills: list[tuple[str, str]]) -> KeptDocument:
    """The document after a visit: under the slugs of today, with its plans settled on the guides of today."""
    document = kept.renamed(document, kept.moves_of([*editor.addresses, *skills]))
    for made in document.plans:
        guide = editor.guides.get(made.target.removeprefix("roles/"))
        if guide:
            settled = kept.settled(made, guide.tasks, [(key, title) for key, title, _ in guide.phases])
            document = kept.with_plan(document, settled)
    return document


# --- What changed since -------------------------------------------------------------------------------------------


def test_news_are_told_once_and_of_what_is_still_rated_alone() -> None:
    moves = Moves(skills={"css3": "css", "less": "css"}, roles={"web-master": "web-developer"}, transitions={})
    known = {"skills/css3": "CSS 3", "skills/less": "Less", "skills/sql": "SQL", "skills/fax": "Fax machines"}
    document = empty().model_copy(
        update={
            "ledger": {"css3": 1, "sql": 2, "fax": 3},
            "current_role": "web-master",
            "names": {**known, "skills/forgotten": "Forgotten", "roles/web-master": "Web master"},
        }
    )
    live = names_of({"css": "CSS", "sql": "SQL databases"}, {"web-developer": "Web developer"})
    now = renamed(document, moves)
    assert news(now, moves, live) == (
        News("skill", "merged", "CSS 3", "CSS"),
        News("skill", "gone", "Fax machines"),
        News("skill", "merged", "Less", "CSS"),
        News("skill", "renamed", "SQL", "SQL databases"),
        News("role", "renamed", "Web master", "Web developer"),
    )
    assert news(noted(now, live), moves, live) == ()
    alone = now.model_copy(update={"names": {"skills/css3": "CSS 3"}})
    assert news(alone, moves, live) == (News("skill", "renamed", "CSS 3", "CSS"),)
    assert news(with_names(alone, {"skills/css": "CSS"}), moves, live) == (News("skill", "merged", "CSS 3", "CSS"),)
    assert len({news_sentence(one) for one in news(now, moves, live)}) == 5


@given(documents, st.data())
def test_news_never_change_what_is_kept(document: KeptDocument, data: st.DataObject) -> None:
    live = {place: data.draw(st.text(max_size=5)) for place in document.names if data.draw(st.booleans())}
    moves = Moves({}, {}, {})
    told = news(document, moves, live)
    assert len(told) <= len(document.names)
    after = noted(document, live)
    assert after.model_copy(update={"names": document.names}) == document
    assert news(after, moves, live) == ()
