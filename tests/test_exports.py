"""What is taken away: strict calendar files and Markdown that no visitor's note can break."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from guides.exports import TakenPlan, calendar_file, markdown_file
from guides.plan import PhaseFacts, Plan, TaskFacts, Tick
from guides.vocabulary import Scope, TaskState
from tests.sample_plans import MONDAY, PHASES, Case, cases, plan

MADE_AT = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
LINE = re.compile(rb"(?:[A-Z0-9-]+(?:;[A-Z0-9-]+=[^\x00-\x1f\x7f:;,]+)*:| )[^\x00-\x08\x0a-\x1f\x7f]*")


def taken(of: Plan, **changes: Any) -> TakenPlan:
    made = TakenPlan(of, "k3f9", "Plan: backend developer", "https://careers.example/plan/", "careers.example")
    return replace(made, **changes)


def assert_strict(content: bytes) -> None:
    """RFC 5545, section 3.1: lines end with CRLF, hold at most 75 octets and are whole UTF-8 once unfolded."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")[:-1]
    assert lines[0] == b"BEGIN:VCALENDAR"
    for line in lines:
        assert len(line) <= 75
        assert LINE.fullmatch(line), line
        line.decode()
    names = [line.split(b":")[0].split(b";")[0] for line in content.replace(b"\r\n ", b"").split(b"\r\n")[:-1]]
    assert names.count(b"BEGIN") == names.count(b"END")
    for required in (b"UID", b"DTSTAMP", b"DTSTART", b"DTEND", b"SUMMARY"):
        assert names.count(required) == names.count(b"BEGIN") - 1
    assert (names.count(b"VERSION"), names.count(b"PRODID")) == (1, 1)


def test_a_calendar_has_phases_and_milestones_as_whole_days() -> None:
    content = calendar_file(taken(plan()), MADE_AT)
    assert_strict(content)
    events = [
        (str(event["summary"]), event.decoded("dtstart"), event.decoded("dtend"))
        for event in Calendar.from_ical(content).walk("VEVENT")
    ]
    assert events == [
        ("Phase 1: First steps", date(2027, 1, 4), date(2027, 2, 1)),
        ("Milestone of phase 1: First steps", date(2027, 1, 31), date(2027, 2, 1)),
        ("Phase 2: A piece of work", date(2027, 2, 1), date(2027, 2, 22)),
        ("Milestone of phase 2: A piece of work", date(2027, 2, 21), date(2027, 2, 22)),
    ]
    assert b"DTSTART;VALUE=DATE:20270104" in content


def test_a_milestone_carries_its_stop_signal_and_its_re_entry() -> None:
    events = Calendar.from_ical(calendar_file(taken(plan()), MADE_AT)).walk("VEVENT")
    assert str(events[1]["description"]) == (
        "A friend runs your program.\n\nThink again if: If you dread opening the editor, think again.\n\n"
        "What still counts if you come back here: The exercises still count."
    )


def test_a_later_file_replaces_the_events_of_an_earlier_one() -> None:
    before = Calendar.from_ical(calendar_file(taken(plan()), MADE_AT)).walk("VEVENT")
    later = plan(today=MONDAY + timedelta(days=30), replanned_on=MONDAY + timedelta(days=30))
    after = Calendar.from_ical(calendar_file(taken(later), MADE_AT)).walk("VEVENT")
    assert [event["uid"] for event in before] == [event["uid"] for event in after]
    assert {event.decoded("sequence") for event in before} == {0}
    assert {event.decoded("sequence") for event in after} == {30}


def test_a_calendar_keeps_what_visitors_wrote_to_itself() -> None:
    content = calendar_file(taken(plan(), notes={"t1": "my secret"}, evidence={"p1": "my secret"}), MADE_AT)
    assert b"secret" not in content


def test_a_title_cannot_add_lines_to_a_calendar() -> None:
    content = calendar_file(taken(plan(), title="A, b; c\r\nX-EVIL:1"), MADE_AT)
    assert_strict(content)
    assert b"\r\nNAME:A\\, b\\; c X-EVIL:1\r\n" in content
    assert b"\nX-EVIL" not in content


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar_file(taken(plan()), MADE_AT.replace(tzinfo=None))


@settings(max_examples=40)
@given(cases())
def test_every_calendar_is_strict_and_the_same_each_time(case: Case) -> None:
    made = taken(case.plan)
    content = calendar_file(made, MADE_AT)
    assert_strict(content)
    assert content == calendar_file(made, MADE_AT)
    dated = [phase for phase in made.plan.phases if phase.start]
    events = Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == 2 * len(dated)
    assert len({str(event["uid"]) for event in events}) == len(events)


@settings(max_examples=40)
@given(title=st.text(max_size=60), text=st.text(min_size=1, max_size=200))
def test_any_text_goes_through_a_calendar_unharmed(title: str, text: str) -> None:
    phase = PhaseFacts("p", title, 1, (TaskFacts("t", text, 3),), milestone=text)
    content = calendar_file(taken(plan(phases=(phase,)), title=title), MADE_AT)
    assert_strict(content)
    event = Calendar.from_ical(content).walk("VEVENT")[1]
    known = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]", "", re.sub(r"\r\n?", "\n", text))
    assert str(event["description"]) == known


# --- Markdown -----------------------------------------------------------------------------------------------------


def test_the_text_file_holds_the_whole_plan_with_addresses() -> None:
    made = plan(
        scope=Scope.ESSENTIAL,
        free_only=True,
        held={"testing": 2},
        ticks={"t1": Tick(TaskState.DONE, MONDAY + timedelta(days=3)), "t5": Tick(TaskState.SKIPPED, MONDAY)},
    )
    text = markdown_file(
        taken(made, notes={"t2": "Two are hard."}, evidence={"p1": "https://example.org/mine"})
    ).decode()
    for part in (
        "# Plan: backend developer\n\n<https://careers.example/plan/>\n",
        "- Finish: Between ",
        "## Next\n\nSolve ten exercises. (7.5 hours, phase 1: First steps)\n",
        "- [x] Read the manual. (3.75 hours; done on 7 January 2027)",
        "- [ ] Solve ten exercises. (7.5 hours; ",
        "  > Two are hard.",
        "- Draw a picture of it. (10 hours; left out: not on the shortest credible path)",
        "- [A free book](<https://example.org/free>), A university (free, instead of A paid course)",
        "- A dear book: left out, because it costs money",
        "### Milestone\n\nA friend runs your program.",
        "Your evidence:\n\n> https://example.org/mine",
        "Think again if: If you dread",
        "- Show it to three people. (10 hours; left out: you skipped it)",
        "## Week by week\n\n- Week 1, 4–10 January 2027: 10 hours\n  - 3.75 hours: Read the manual.\n",
        "## How the dates came about",
    ):
        assert part in text, part
    assert "\n\n\n" not in text


HOSTILE = [
    "<script>alert(1)</script>",
    "[a](javascript:alert(1)) ![b](https://example.org/x.png)",
    "# A heading\n\n- [x] a tick\n1. one",
    "```\ncode",
    "> quoted\n\n---\n===\n***",
    "a\u2028b\x00c\r\nd",
    "&lt;b&gt; *x* __y__ ~~z~~ \\",
    "<https://example.org>",
]


@pytest.mark.parametrize("note", HOSTILE)
def test_a_note_cannot_change_the_text_around_it(note: str) -> None:
    plain = markdown.markdown(markdown_file(taken(plan(), notes={"t1": "x"}, evidence={"p1": "x"})).decode())
    hostile = markdown.markdown(markdown_file(taken(plan(), notes={"t1": note}, evidence={"p1": note})).decode())

    def tags(page: str) -> list[str]:
        return [tag for tag in re.findall(r"<[a-z0-9]+", page) if tag not in {"<p", "<blockquote", "<li"}]

    assert tags(hostile) == tags(plain)


@settings(max_examples=40)
@given(cases(), st.text(max_size=80))
def test_every_text_file_is_the_same_each_time(case: Case, note: str) -> None:
    made = taken(case.plan, notes=dict.fromkeys(case.keys, note))
    content = markdown_file(made)
    assert content == markdown_file(made)
    assert content.endswith(b"\n")
    assert b"\r" not in content
    assert not content.endswith(b"\n\n")
    for key in case.keys:
        task = next(task for task in case.plan.tasks if task.key == key)
        assert task.text.encode() in content


def test_text_is_kept_readable() -> None:
    phase: PhaseFacts = PHASES[0]
    named = PhaseFacts("p", "C# & snake_case", 1, (TaskFacts("t", "1. Read *all* of it <now>.", 3),))
    text = markdown_file(taken(plan(phases=(phase, named)))).decode()
    assert "## Phase 2: C# & snake\\_case" in text
    assert "- [ ] 1\\. Read \\*all\\* of it &lt;now>. (3 hours" in text
