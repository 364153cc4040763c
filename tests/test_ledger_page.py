"""The ledger: each skill rated once, in the address or kept, by search and from a role."""

from __future__ import annotations

import pytest
from django.test import Client

from guides.curation import content_changed
from guides.gap import between
from guides.gap_phrases import HOURS_EXPLAINED, gap_lines
from guides.models import FormerAddress, Question, RequiredSkill, Role, Skill, Transition, TransitionSkill
from guides.role_profiles import requirement_of
from tests.keepers import HX, ROLE, document, get, hostile_queries, keeper, post, write
from tests.pages import links, skill_facts, squeezed, words

pytestmark = pytest.mark.usefixtures("content")

SKILL = "drawing-fundamentals"
FIELD = f"skill-{SKILL}"


def held_on(page_of: Client, address: str) -> str:
    """Value of the stop that is pressed for the skill."""
    row = get(page_of, address).part(FIELD)
    pressed = [one.get("value", "") for one in row.iter("button") if one.get("aria-pressed") == "true"]
    return pressed[0] if pressed else ""


def test_without_anything_kept_the_levels_stand_in_the_address(client: Client) -> None:
    page = get(client, f"/ledger/?{FIELD}=2")
    assert not page.cookies
    assert "csrfmiddlewaretoken" not in page.html
    assert held_on(client, f"/ledger/?{FIELD}=2") == "2"
    assert "1 skill rated" in page.text
    assert not page.faults
    assert len(page.ids) == len(set(page.ids))


def test_the_last_of_several_levels_counts(client: Client) -> None:
    assert held_on(client, f"/ledger/?{FIELD}=2&{FIELD}=4") == "4"


def test_a_search_finds_skills_to_rate(client: Client) -> None:
    name = squeezed(skill_facts(SKILL)["name"])
    assert name in get(client, "/ledger/?q=drawing").text
    assert "No skill has that in its name" in get(client, "/ledger/?q=zzzz").text


@pytest.mark.parametrize("rest", ["", f"&role={ROLE}", f"&{FIELD}=2", f"&role={ROLE}&{FIELD}=2"])
def test_a_misspelt_skill_is_asked_back_and_the_rest_of_the_address_stays(client: Client, rest: str) -> None:
    page = get(client, f"/ledger/?q=statistcs{rest}")
    assert "No skill has that in its name. Did you mean Statistics?" in page.text
    (address,) = [one for one, said in links(page.main).items() if said == "Statistics"]
    assert address.endswith(rest)
    assert "/skills/statistics/" in links(get(client, address).main)


def test_what_resembles_no_skill_is_not_asked_back(client: Client) -> None:
    assert "Did you mean" not in get(client, "/ledger/?q=zzzz").text
    assert "Did you mean" not in get(client, "/ledger/?q=sql").text


def test_with_nothing_rated_a_role_leads_to_rating_and_counts_nothing(client: Client) -> None:
    for visitor in (client, keeper()):
        page = get(visitor, f"/ledger/?role={ROLE}")
        assert "Nothing is rated yet. If you do this work, take its levels" in page.text
        assert "I do this work: take its levels" in page.text
        assert "readiness" not in page.text
        assert not page.faults


def test_a_search_finds_skills_by_what_else_they_are_called(client: Client) -> None:
    Skill.objects.filter(slug=SKILL).update(also_called=["Étching by hand"])
    name = squeezed(skill_facts(SKILL)["name"])
    assert name in get(client, "/ledger/?q=%C3%A9tching").text
    assert name not in get(client, "/ledger/?q=zzzz").text


def test_a_role_offers_its_skills_and_says_how_far_it_is(client: Client) -> None:
    page = get(client, f"/ledger/?role={ROLE}&{FIELD}=3")
    for name in RequiredSkill.objects.filter(role__slug=ROLE).values_list("skill__name", flat=True):
        assert name in page.text
    assert "readiness" in page.text


def test_the_levels_of_a_role_can_be_taken(client: Client) -> None:
    page = get(client, f"/ledger/?role={ROLE}")
    (address,) = [one.get("href", "") for one in page.all("a") if "take its levels" in (one.text or "")]
    taken = get(client, address)
    required = RequiredSkill.objects.filter(role__slug=ROLE).count()
    assert f"{required} skills rated" in taken.text
    assert "readiness 100 %" in taken.text


def test_what_stands_in_the_address_can_be_kept(client: Client) -> None:
    owner = keeper(f"{FIELD}=3&skill-nothing=2&skill-sql=9")
    assert document(owner).ledger == {SKILL: 3}
    assert held_on(owner, "/ledger/") == "3"


def test_a_kept_ledger_is_private_and_counts_everywhere(client: Client) -> None:
    owner = keeper(f"{FIELD}=3")
    page = get(owner, "/ledger/")
    assert "no-store" in page.headers["Cache-Control"]
    assert (
        "Your ledger" in get(owner, f"/plan/?for=roles/{ROLE}").text
        or "your ledger" in get(owner, f"/plan/?for=roles/{ROLE}").text
    )


@pytest.mark.parametrize("level", ["0", "1", "2", "3", "4", ""])
def test_rating_a_kept_skill(level: str) -> None:
    owner = keeper("skill-sql=1")
    answer = owner.post("/ledger/", {FIELD: level})
    assert answer.headers["Location"] == f"/ledger/#{FIELD}"
    assert document(owner).ledger.get(SKILL, "") == (int(level) if level else "")
    assert document(owner).ledger["sql"] == 1


def test_rating_in_place_answers_with_the_one_row() -> None:
    owner = keeper()
    part = post(owner, "/ledger/", {FIELD: "2"}, **HX)
    assert part.headers["HX-Retarget"] == f"#{FIELD}"
    assert part.headers["HX-Reswap"] == "outerHTML"
    assert len(part.html.encode()) < 3_000
    assert "working" in part.html
    assert document(owner).ledger == {SKILL: 2}


def test_a_role_is_taken_over_in_one_go_and_keeps_what_was_rated() -> None:
    owner = keeper(f"{FIELD}=0")
    owner.post("/ledger/", {"take": ROLE})
    kept = document(owner)
    assert kept.current_role == ROLE
    assert kept.ledger[SKILL] == 0
    assert len(kept.ledger) == RequiredSkill.objects.filter(role__slug=ROLE).count()
    assert post(owner, "/ledger/", {"take": ROLE}, **HX).headers["HX-Redirect"] == "/ledger/"


def test_a_post_without_a_keep_changes_nothing(client: Client) -> None:
    assert client.post("/ledger/", {FIELD: "2"}).status_code == 302


def test_a_skill_without_a_page_is_still_named() -> None:
    owner = keeper(f"{FIELD}=2")
    kept = document(owner)
    write(owner, kept.model_copy(update={"ledger": {"long-gone": 3}}))
    assert "long-gone" in get(owner, "/ledger/").text


def test_unknown_levels_and_skills_are_left_alone() -> None:
    owner = keeper(f"{FIELD}=2")
    owner.post("/ledger/", {FIELD: "77", "skill-nothing": "2"})
    assert document(owner).ledger == {}
    assert Skill.objects.filter(slug=SKILL).exists()


@pytest.mark.hostile
def test_no_query_string_breaks_the_ledger(client: Client) -> None:
    for query in hostile_queries("role", "q", FIELD, "skill-", "skill-x", "take"):
        assert get(client, f"/ledger/?{query}").status == 200, query
        assert get(client, f"/keep/start/?{query}").status == 200, query


def test_what_is_left_out_of_an_address_is_named(client: Client) -> None:
    page = get(client, f"/ledger/?role=web-master&{FIELD}=2&skill-sql=9&skill-nowhere=1")
    assert "No role is called “web-master” here" in page.says("ledger-role-error")
    assert page.part("ledger-role").get("aria-describedby") == "ledger-role-error"
    assert "“skill-sql=9” names no skill and level of this site." in page.text
    assert "“skill-nowhere=1” names no skill and level of this site." in page.text
    assert "1 skill rated" in page.text
    begin = get(client, f"/keep/start/?from=web-master&for=roles/nowhere&{FIELD}=2&skill-sql=9&pay=much")
    for sentence in (
        "No role is called “web-master” here.",
        "There is no roadmap called “roles/nowhere” here.",
        "“skill-sql=9” names no skill and level of this site.",
        "“much” is not a whole number",
    ):
        assert sentence in begin.text
    assert "1 skill with the level that you hold" in begin.text


# --- Where a skill stands -----------------------------------------------------------------------------------------


def test_a_skill_can_be_rated_on_its_own_page(client: Client) -> None:
    page = get(client, f"/skills/{SKILL}/")
    row = page.part(FIELD)
    assert [one.get("value") for one in row.iter("button")] == ["0", "1", "2", "3", "4"]
    assert "csrfmiddlewaretoken" not in page.html
    form = next(one for one in page.main.iter("form") if row in set(one.iter()))
    assert (form.get("action"), form.get("method")) == ("/ledger/", "get")
    owner = keeper(f"{FIELD}=1")
    assert held_on(owner, f"/skills/{SKILL}/") == "1"
    answer = owner.post("/ledger/", {FIELD: "3", "at": SKILL})
    assert answer.headers["Location"] == f"/skills/{SKILL}/#levels"
    assert held_on(owner, f"/skills/{SKILL}/") == "3"
    assert owner.post("/ledger/", {FIELD: "2", "at": "//elsewhere.example"}).headers["Location"] == f"/ledger/#{FIELD}"


def test_fit_and_plan_show_what_is_held_to_deepen_and_new_with_hours() -> None:
    owner = keeper(f"{FIELD}=1&skill-visual-composition=4")
    role = Role.objects.get(slug=ROLE)
    required = [requirement_of(one) for one in role.required_skills.select_related("skill")]
    lines = [squeezed(line) for line in gap_lines(between({SKILL: 1, "visual-composition": 4}, required))]
    assert [line.partition(":")[0] for line in lines[:-1]] == ["Held", "To deepen", "New"]
    assert lines[-1] == squeezed(HOURS_EXPLAINED)
    for address in (f"/roles/{ROLE}/fit/", f"/plan/?for=roles/{ROLE}"):
        page = get(owner, address)
        for line in lines:
            assert line in page.text, address
    assert "Between your skills and this role" not in get(Client(), f"/roles/{ROLE}/fit/?coding=no").text


# --- What changed since -------------------------------------------------------------------------------------------


def moved(former: str, successor: str) -> None:
    FormerAddress.objects.create(path=f"/{former}/", successor=f"/{successor}/", is_gone=False)


def news(visitor: Client) -> list[str]:
    """What the ledger tells of changes."""
    notices = [one for one in get(visitor, "/ledger/").main.iter("div") if one.get("class") == "notice__words"]
    return [words(one) for notice in notices for one in notice.iter("li")]


def test_renamed_merged_and_removed_skills_are_told_until_they_are_seen() -> None:
    owner = keeper("skill-sql=1&skill-statistics=2&skill-typography=3&skill-text-prompting=2")
    assert news(owner) == []
    Skill.objects.filter(slug="sql").update(slug="structured-queries", name="Structured queries")
    moved("skills/sql", "skills/structured-queries")
    Question.objects.all().delete()
    RequiredSkill.objects.all().delete()
    TransitionSkill.objects.all().delete()
    before = {
        slug: squeezed(skill_facts(slug)["name"]) for slug in ("sql", "statistics", "typography", "text-prompting")
    }
    Skill.objects.filter(slug__in=["statistics", "typography"]).delete()
    moved("skills/typography", "skills/text-prompting")
    told = {
        f"{before['sql']} is now called Structured queries.",
        f"No longer in the guides: {before['statistics']}. Your level stays kept.",
        f"{before['typography']} is part of {before['text-prompting']} now. The higher of your levels counts.",
    }
    assert set(news(owner)) == told
    # Another change does not pass for having seen it.
    owner.post("/ledger/", {FIELD: "2"})
    assert set(news(owner)) == told
    assert owner.post("/ledger/", {"seen": "1"}).headers["Location"] == "/ledger/"
    assert news(owner) == []
    kept = document(owner)
    assert kept.ledger == {"structured-queries": 1, "statistics": 2, "text-prompting": 3, SKILL: 2}
    assert kept.seen is not None


def test_a_role_that_is_gone_is_told_and_its_levels_stay() -> None:
    owner = keeper(f"from={ROLE}")
    held = document(owner).ledger
    title = Role.objects.get(slug=ROLE).title
    Transition.objects.all().delete()
    Role.objects.filter(slug=ROLE).delete()
    assert news(owner) == [f"No longer in the guides: {title}, your role now. The levels that you took from it stay."]
    owner.post("/ledger/", {"seen": "1"})
    assert news(owner) == []
    assert document(owner).ledger == held


def test_what_is_no_longer_rated_is_no_news() -> None:
    owner = keeper("skill-sql=1")
    owner.post("/ledger/", {"skill-sql": ""})
    Skill.objects.filter(slug="sql").update(name="Structured queries")
    assert news(owner) == []
    assert document(owner).names == {}


def test_a_hidden_skill_is_named_without_a_link() -> None:
    owner = keeper(f"{FIELD}=2")
    content_changed()
    Skill.objects.filter(slug=SKILL).update(is_published=False)
    row = get(owner, "/ledger/").part(FIELD)
    assert squeezed(skill_facts(SKILL)["name"]) in words(row)
    assert not list(row.iter("a"))
    assert post(owner, "/ledger/", {FIELD: "3"}, **HX).status == 200
    assert document(owner).ledger == {SKILL: 3}
