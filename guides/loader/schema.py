"""What may stand in each kind of content file.

One pydantic model a kind of file. The text below each field is its manual: it is exported into the JSON Schemas that
code editors read (``content/schemas/``) and into the editors' manual. Unknown keys are refused, nothing is converted
silently. Rules that need more than one field or file live in ``checks.py``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CODE_PATTERN = r"^\d{2}-\d{4}\.\d{2}$"


def _read_date(value: object) -> object:
    """Content files write dates as year-month-day; anything else is refused with one message."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("iso_date", "not a date") from None
    raise PydanticCustomError("iso_date", "not a date")


def _https(value: str) -> str:
    """Links leave the site over https only, to a named host, without spaces or user names."""
    rest = value.removeprefix("https://")
    host = rest.split("/", 1)[0]
    if rest == value or not host or "." not in host or "@" in host or any(c.isspace() or c in '<>"\\' for c in value):
        raise PydanticCustomError("https_link", "not an https link")
    return value


def in_curly_quotes(value: str) -> bool:
    """Whether a whole value stands in typographic quotes, which YAML takes for a part of it."""
    return len(value) > 1 and value[0] in "“„«‘" and value[-1] in "”“»’" and not set("“„«‘”»") & set(value[1:-1])


def _one_line(value: str) -> str:
    if "\n" in value:
        raise PydanticCustomError("one_line", "more than one line")
    if in_curly_quotes(value):
        raise PydanticCustomError("curly_quotes", "in curly quotes")
    return value


def _about_you(value: str) -> str:
    """Fit statements address the reader, so that they read on from their heading on every page."""
    if not value.startswith("You "):
        raise PydanticCustomError("about_you", "does not begin with You")
    return value


Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=60)]
Code = Annotated[str, StringConstraints(pattern=CODE_PATTERN)]
Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=90, strip_whitespace=True),
    AfterValidator(_one_line),
    WithJsonSchema({"type": "string", "pattern": "^[^\\n]+$", "maxLength": 90}),
]
Sentence = Annotated[str, StringConstraints(min_length=3, max_length=420, strip_whitespace=True)]
Paragraph = Annotated[str, StringConstraints(min_length=20, max_length=1200, strip_whitespace=True)]
AboutYou = Annotated[
    Sentence,
    AfterValidator(_about_you),
    WithJsonSchema({"type": "string", "pattern": "^You ", "minLength": 3, "maxLength": 420}),
]
Https = Annotated[
    str,
    StringConstraints(max_length=300),
    AfterValidator(_https),
    WithJsonSchema({"type": "string", "pattern": "^https://", "maxLength": 300}),
]
IsoDate = Annotated[date, BeforeValidator(_read_date), WithJsonSchema({"type": "string", "format": "date"})]
Weeks = Annotated[int, Field(ge=1, le=60)]
Hours = Annotated[int, Field(ge=1, le=400)]
Dollars = Annotated[int, Field(ge=1_000, le=2_000_000)]

LevelWord = Literal["awareness", "working", "practitioner", "expert"]
ImportanceWord = Literal["essential", "optional"]
PriorityWord = Literal["critical", "important", "nice-to-have"]
DifficultyWord = Literal["beginner", "intermediate", "advanced"]
EntryBarrierWord = Literal["low", "medium", "high"]
CodingWord = Literal["none", "optional", "required"]
RemoteWord = Literal["no", "hybrid", "yes"]
EffortWord = Literal["easy", "moderate", "hard"]
QuestionCategoryWord = Literal["beginner", "intermediate", "advanced", "behavioural", "ai-workflow"]
SkillKindWord = Literal["knowledge", "craft", "people"]
ResourceKindWord = Literal[
    "course", "book", "documentation", "tutorial", "video", "article", "specification", "community", "practice", "tool"
]
PriceWord = Literal["free", "freemium", "paid", "unknown"]
SourceKindWord = Literal["official", "research", "site-claim", "editorial"]
ConfidenceWord = Literal["high", "medium", "low"]
OccupationMatchWord = Literal["covers", "proxy"]
WorkModeWord = Literal["alone", "together"]
LineWord = Literal["red", "orange", "green", "teal", "blue", "violet", "pink", "brown"]


class Entry(BaseModel):
    """Shared rules of everything an editor writes: no unknown key, no silent conversion, no change after reading."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


# --- Vocabularies: one file, a list of entries ------------------------------------------------------------------


class CategoryEntry(Entry):
    """A group of roles; an entry of categories.yaml."""

    slug: Slug
    """Address: /categories/<slug>/."""
    name: Name
    """Shown on badges and as the page's title."""
    line: LineWord
    """Colour of the category's line on the map; every category has its own."""
    summary: Sentence
    """One or two sentences: what the roles in here have in common."""
    ai: bool = False
    """true when the roles work with AI all day: adds a line to "may not be right if"."""
    aliases: list[Slug] = []
    """Former slugs; their addresses redirect here for ever."""


class ToolEntry(Entry):
    """A product that people in a role use; an entry of tools.yaml."""

    slug: Slug
    """Name used by role files."""
    name: Name
    """As its maker writes it."""
    url: Https | None
    """Official address; null when there is none."""
    price: PriceWord
    """What using it costs."""
    summary: Sentence
    """One sentence: what it is for."""


class ResourceEntry(Entry):
    """Something to learn from, registered once and used by reference; an entry of resources.yaml."""

    slug: Slug
    """Name used by the other files."""
    title: Name
    """Title as its maker writes it."""
    provider: Name
    """Who makes it: publisher, university, author, project."""
    url: Https | None
    """Official address; null for a book without a page of its own."""
    kind: ResourceKindWord
    """Its form."""
    price: PriceWord
    """What it costs; see cost_usd."""
    cost_usd: Annotated[int, Field(ge=0, le=10_000)] | None = None
    """Price in US dollars when it is known; null when it is not. Not for free resources."""
    hours: Hours | None = None
    """Hours it takes as its own page states; null when the page does not say."""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "en"
    """Language code."""
    checked_on: IsoDate | None
    """Day on which somebody opened the link and read it; null when nobody has yet."""
    replaced_by: Slug | None = None
    """Slug of the resource to use instead when this one is gone."""
    alternative: Slug | None = None
    """Slug of a free resource that does for a paid one."""
    note: Sentence | None = None
    """Anything a learner must know: which part to read, which edition."""


class SourceEntry(Entry):
    """Where figures and claims come from; an entry of sources.yaml."""

    slug: Slug
    """Name used by the other files; address: /sources/<slug>/."""
    title: Name
    """Title of the publication."""
    publisher: Name
    """Who answers for it."""
    url: Https | None
    """Official address; null when there is none."""
    kind: SourceKindWord
    """How far it can be trusted."""
    as_of: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    """Date of the data: a year, a month or a day."""
    region: Name
    """Where it holds, such as "United States"."""
    licence: Name
    """Terms of use."""
    attribution: Sentence | None = None
    """Sentence that the licence asks for, word for word."""
    summary: Sentence
    """What it measures, and what it does not."""


# --- Official figures ---------------------------------------------------------------------------------------------


OfficialName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=120, strip_whitespace=True),
    AfterValidator(_one_line),
    WithJsonSchema({"type": "string", "pattern": "^[^\\n]+$", "maxLength": 120}),
]
Intensity = Annotated[float, Field(ge=0, le=10)]
Interest = Annotated[float, Field(ge=1, le=7)]
Rated = Annotated[int, Field(ge=0, le=2_000)]


class PayFigures(Entry):
    """Wage percentiles of an official occupation, US dollars a year before tax, employees only."""

    p10: Dollars
    """One in ten earns less."""
    p25: Dollars
    """One in four earns less."""
    median: Dollars
    """Half earn less."""
    p75: Dollars
    """One in four earns more."""
    p90: Dollars
    """One in ten earns more."""
    top_coded: bool = False
    """true when p90, and whatever else is as high, is only known to be at least this much."""
    published_for: OfficialName
    """Code and title under which the statistics office publishes it."""
    source: Slug
    """Entry of sources.yaml."""


class OutlookFigures(Entry):
    """Projected employment of an official occupation."""

    growth_percent: Annotated[int, Field(ge=-100, le=300)]
    """Change in employment over the projection, in per cent."""
    all_jobs_percent: Annotated[int, Field(ge=-100, le=300)]
    """The same for all jobs, to compare with."""
    words: Literal[
        "Much faster than average",
        "Faster than average",
        "As fast as average",
        "Slower than average",
        "Little or no change",
        "Decline",
    ]
    """The statistics office's words for it."""
    start_year: Annotated[int, Field(ge=2000, le=2100)]
    """First year of the projection."""
    end_year: Annotated[int, Field(ge=2000, le=2100)]
    """Last year of the projection."""
    openings_per_year: Annotated[int, Field(ge=0, le=10_000_000)] | None
    """Openings a year, people who leave included; null when not published."""
    openings_with: Sentence | None = None
    """Other occupations counted in the openings; null when it stands alone."""
    growth_rank: Annotated[float, Field(ge=0, le=10)]
    """10 times the share of workers whose occupation is projected to grow less (see /method/)."""
    published_for: OfficialName | None = None
    """Code and title under which the statistics office publishes it."""
    source: Slug
    """Entry of sources.yaml."""


class TransferFigures(Entry):
    """How many people leave an official occupation for another one."""

    percent_per_year: Annotated[float, Field(ge=0, le=100)]
    """Share of workers who change to another occupation each year, in per cent."""
    published_for: OfficialName | None = None
    """Code and title under which the statistics office publishes it."""
    source: Slug
    """Entry of sources.yaml."""


class EntryFigures(Entry):
    """What employers usually ask of a newcomer to an official occupation."""

    education: Name
    """Typical entry-level education, in the statistics office's words."""
    experience: Name
    """Work experience in a related occupation; "None" is a value."""
    training: Name
    """On-the-job training; "None" is a value."""
    published_for: OfficialName | None = None
    """Code and title under which the statistics office publishes it."""
    source: Slug
    """Entry of sources.yaml."""


class LicenceFigures(Entry):
    """Where to read whether an official occupation needs a licence or a certificate."""

    section: bool
    """true when the page has a section on licences and certificates; whether one is needed stands there."""
    page: Https
    """Address of the statistics office's page on the occupation."""
    source: Slug
    """Entry of sources.yaml."""


class PreparationFigures(Entry):
    """How long people usually prepare for an official occupation, schooling and practice together."""

    job_zone: Annotated[int, Field(ge=1, le=5)]
    """Job zone of O*NET: 1 little preparation, 5 extensive."""
    months_low: Annotated[int, Field(ge=0, le=240)]
    """Least months of vocational preparation in the zone."""
    months_high: Annotated[int, Field(ge=1, le=240)]
    """Most months of vocational preparation in the zone."""
    source: Slug
    """Entry of sources.yaml."""


class ExposureFigures(Entry):
    """How much of the work AI tools touch. Not a probability of losing the job."""

    task_share_percent: Annotated[int, Field(ge=0, le=100)] | None
    """Share of tasks that could be done in half the time with AI tools; null when not rated."""
    task_share_source: Slug
    """Entry of sources.yaml."""
    observed_use_percentile: Annotated[int, Field(ge=0, le=100)] | None
    """Share of occupations in which AI is seen in use less than in this one; null when not rated."""
    observed_use_source: Slug
    """Entry of sources.yaml."""


class Rating(Entry):
    """How much an official occupation asks for one skill or field of knowledge, and how much others do."""

    importance: Annotated[float, Field(ge=1, le=5)]
    """Importance, 1 to 5."""
    level: Annotated[float, Field(ge=0, le=7)]
    """Level, 0 to 7; 0 when it is not relevant."""
    usual: Annotated[float, Field(ge=1, le=5)]
    """Mean importance over all rated occupations."""
    spread: Annotated[float, Field(ge=0, le=4)]
    """Standard deviation of the importance over all rated occupations."""


class ProfileFigures(Entry):
    """What an official occupation asks for, as rated. What the publisher recommends not to show is left out."""

    skills: dict[OfficialName, Rating]
    """Skills by name."""
    knowledge: dict[OfficialName, Rating]
    """Fields of knowledge by name."""
    activities: dict[OfficialName, Intensity]
    """Work activities by name: intensity, 0 to 10."""
    abilities: dict[OfficialName, Intensity]
    """Abilities by name: intensity, 0 to 10."""
    interests: dict[OfficialName, Interest]
    """The six vocational interests by name, 1 to 7."""
    source: Slug
    """Entry of sources.yaml."""


class WorkFigures(Entry):
    """What an official occupation consists of: ids of work activities and names of products, no sentences.

    The number beside each says how many of the rated occupations have it, so that its rarity is known.
    """

    rated_occupations: Annotated[int, Field(ge=1, le=2_000)]
    """Number of occupations that are rated at all."""
    intermediate_activities: dict[OfficialName, Rated]
    """Intermediate work activities by id."""
    detailed_activities: dict[OfficialName, Rated]
    """Detailed work activities by id."""
    tools: dict[OfficialName, Rated]
    """Products by name."""
    hot_tools: list[OfficialName]
    """Those of the products that job adverts often ask for."""
    source: Slug
    """Entry of sources.yaml."""


class FiguresFile(Entry):
    """content/figures/<code>.yaml: the official figures of one occupation, as refresh_figures writes them."""

    code: Code
    """O*NET-SOC 2019 code, the same as the file's name."""
    title: OfficialName
    """Official title."""
    pay: PayFigures | None
    """Wages; null when not published."""
    outlook: OutlookFigures | None
    """Projection; null when not published."""
    transfer: TransferFigures | None = None
    """People who change occupation; null when not published."""
    entry: EntryFigures | None
    """What employers ask for; null when not published."""
    licence: LicenceFigures | None = None
    """Where licences are described; null when there is no such page."""
    preparation: PreparationFigures | None = None
    """Usual preparation; null when not rated."""
    exposure: ExposureFigures
    """AI exposure."""
    profile: ProfileFigures | None = None
    """What the work asks for; null when not rated."""
    work: WorkFigures | None = None
    """What the work consists of; null when not described."""


# --- Skills -------------------------------------------------------------------------------------------------------


class LevelMeanings(Entry):
    """What somebody at each level can do, each sentence beginning with "You "."""

    awareness: AboutYou
    """Knows what it is and when it matters."""
    working: AboutYou
    """Does it with guidance or on simple cases."""
    practitioner: AboutYou
    """Does it alone, on hard cases."""
    expert: AboutYou
    """Sets the standard, teaches it, decides the unclear cases."""


class LevelHours(Entry):
    """Hours of deliberate practice from one level to the next, for somebody without a head start: our estimate."""

    awareness: Hours
    """From nothing to awareness."""
    working: Hours
    """From awareness to working."""
    practitioner: Hours
    """From working to practitioner."""
    expert: Annotated[int, Field(ge=1, le=4000)]
    """From practitioner to expert."""


class SkillResource(Entry):
    """A resource that teaches a skill."""

    resource: Slug
    """Entry of resources.yaml."""
    level: LevelWord
    """The level it helps to reach."""
    why: Sentence
    """What this one is good for."""


class SkillFile(Entry):
    """content/skills/<skill>.md: a skill guide. Body: see the editors' manual for its headings."""

    name: Name
    """The one name of the skill."""
    kind: SkillKindWord
    """Knowledge, craft or working with people."""
    also_called: list[Name] = []
    """Other names people search for; labels in transitions may use them."""
    aliases: list[Slug] = []
    """Former slugs; their addresses redirect here for ever."""
    summary: Sentence
    """One sentence: what somebody with this skill does."""
    levels: LevelMeanings
    """What each level means in practice."""
    hours: LevelHours
    """Hours from level to level."""
    resources: Annotated[list[SkillResource], Field(min_length=2)]
    """Where to learn it, easiest first."""
    related: list[Slug] = []
    """Skills often used together with it."""
    updated_on: IsoDate
    """Day of the last change in substance."""


# --- Roadmaps -----------------------------------------------------------------------------------------------------


class TaskEntry(Entry):
    """One thing to do, small enough to tick."""

    do: Sentence
    """What to do, beginning with a verb; with a number where one helps."""
    hours: Hours
    """Hours it takes; the tasks of a phase add up to its weeks times the roadmap's hours a week."""
    essential: bool = True
    """false when the shortest credible path can leave it out."""


class TeachesEntry(Entry):
    """How much of a phase goes into one skill."""

    skill: Slug
    """A skill of the role (of the destination, in a transition)."""
    weeks: Annotated[float, Field(ge=0.5, le=60, multiple_of=0.5)]
    """Weeks of the phase spent on it; the shares of a phase never exceed its weeks."""


class PhaseEntry(Entry):
    """A stretch of a roadmap with a result one can show."""

    title: Name
    """What the phase is about."""
    weeks: Weeks
    """Length at the roadmap's hours a week."""
    goals: Annotated[list[Sentence], Field(max_length=6)] = []
    """What one knows or can do afterwards, beginning with a verb; required in role roadmaps."""
    tasks: Annotated[list[TaskEntry], Field(min_length=3, max_length=8)]
    """What to do, in order."""
    teaches: list[TeachesEntry] = []
    """Skills worked on."""
    resources: Annotated[list[Slug], Field(min_length=1, max_length=6)]
    """Entries of resources.yaml."""
    milestone: Sentence
    """An ability or a piece of work that somebody else can check."""
    stop_signal: Sentence | None = None
    """If this is so at the end of the phase, think again."""
    re_entry: Sentence | None = None
    """What still counts if one goes back here."""


class RoadmapEntry(Entry):
    """The way into a role or across a transition."""

    hours_per_week: Annotated[int, Field(ge=2, le=40)]
    """The pace that the weeks are counted at."""
    starts_from: Name | None = None
    """Whom the weeks are counted for, a person with article: "somebody who already draws"; required in role
    roadmaps."""
    phases: Annotated[list[PhaseEntry], Field(min_length=3, max_length=8)]
    """In order."""


# --- Roles --------------------------------------------------------------------------------------------------------


class OccupationEntry(Entry):
    """An official occupation behind a role."""

    code: Code
    """O*NET-SOC code with a file in content/figures/."""
    weight: Annotated[float, Field(gt=0, le=1)]
    """Share in the role's profile; the weights of a role add up to 1."""
    match: OccupationMatchWord
    """covers: the occupation's statistics include this title; proxy: nearest thing, no statistics for this title."""
    why: Sentence
    """What the two have in common."""


class RoleSkillEntry(Entry):
    """A skill that a role asks for."""

    skill: Slug
    """A file in content/skills/."""
    level: LevelWord
    """Level that doing the job well takes."""
    importance: ImportanceWord
    """essential or optional."""
    why: Sentence
    """What it is used for in this role."""


class RoleToolEntry(Entry):
    """A tool of the trade."""

    tool: Slug
    """Entry of tools.yaml."""
    note: Name | None = None
    """Qualifier shown in brackets, such as a library or an edition."""


class DayEntry(Entry):
    """A piece of a typical day; no clock times, because nobody's day has them."""

    task: Sentence
    """What is done, beginning with a verb."""
    mode: WorkModeWord
    """alone or together."""


class BackgroundEntry(Entry):
    """Where people come from."""

    background: Name
    """A person, with article: "a graphic designer"."""
    brings: Sentence
    """What they bring, and what they still lack."""
    role: Slug | None = None
    """Slug of the role when the site has it."""


class TasterEntry(Entry):
    """A small trial of the work before months are spent."""

    title: Name
    """What it is, in a few words."""
    hours: Hours
    """Hours it takes."""
    do: Paragraph
    """What exactly to do and to end up with."""
    enjoyed_if: Sentence
    """Sign that the work suits you."""
    dreaded_if: Sentence
    """Sign that it does not."""


class PayRange(Entry):
    """A range of yearly pay in US dollars before tax."""

    low: Dollars
    """Lower end."""
    high: Dollars
    """Upper end."""


class StageEntry(Entry):
    """A step of the career ladder."""

    titles: Annotated[list[Name], Field(min_length=1, max_length=3)]
    """Titles in use for it."""
    years_from: Annotated[int, Field(ge=0, le=40)]
    """Years of experience at which it usually begins."""
    years_to: Annotated[int, Field(ge=1, le=45)] | None
    """Years at which it usually ends; null when it is open."""
    pay: PayRange | None
    """Editorial range inside the official percentiles; null when not known."""
    responsibilities: Annotated[list[Sentence], Field(min_length=3, max_length=5)]
    """What one answers for."""


class FaqEntry(Entry):
    """A question that readers ask and the facts do not answer already."""

    question: Sentence
    """Ends with a question mark."""
    answer: Paragraph
    """Plain text; no pay figures: those are derived."""


class RoleFile(Entry):
    """content/roles/<role>.md: a role page. Body: see the editors' manual for its headings."""

    title: Name
    """Title in the singular, sentence case except for names: "AI technical writer"."""
    plural: Name
    """Title in the plural."""
    article: Literal["a", "an"] | None = None
    """Only when the derived article is wrong."""
    also_called: list[Name] = []
    """Other titles people search for."""
    aliases: list[Slug] = []
    """Former slugs; their addresses redirect here for ever."""
    category: Slug
    """Entry of categories.yaml."""
    summary: Paragraph
    """Lead: two or three sentences."""
    difficulty: DifficultyWord
    """How much the first day asks."""
    entry_barrier: EntryBarrierWord
    """How hard it is to be let in."""
    entry_barrier_why: Sentence
    """What the barrier consists of."""
    coding: CodingWord
    """none, optional or required."""
    coding_why: Sentence
    """What the code is for, or why there is none."""
    remote: RemoteWord
    """no, hybrid or yes."""
    remote_why: Sentence
    """What decides it."""
    occupations: Annotated[list[OccupationEntry], Field(min_length=1, max_length=5)]
    """Official occupations that pay, outlook and exposure come from."""
    good_fit: Annotated[list[AboutYou], Field(min_length=3, max_length=5)]
    """Reasons for: complete sentences beginning with "You "."""
    poor_fit: Annotated[list[AboutYou], Field(min_length=1, max_length=5)]
    """Reasons against that no other fact gives away; the site adds the derived ones."""
    backgrounds: Annotated[list[BackgroundEntry], Field(min_length=3, max_length=6)]
    """Where people come from."""
    similar: Annotated[list[Slug], Field(max_length=5)] = []
    """Roles to compare with."""
    day: Annotated[list[DayEntry], Field(min_length=5, max_length=8)]
    """A typical day, in the order it tends to come."""
    tasters: Annotated[list[TasterEntry], Field(min_length=2, max_length=4)]
    """Trials of growing length."""
    skills: Annotated[list[RoleSkillEntry], Field(min_length=6, max_length=20)]
    """Skills, the most important first."""
    tools: Annotated[list[RoleToolEntry], Field(min_length=4, max_length=20)]
    """Tools of the trade."""
    roadmap: RoadmapEntry
    """How to become one."""
    stages: Annotated[list[StageEntry], Field(min_length=3, max_length=6)]
    """The career ladder, from the first step."""
    stages_source: Slug
    """Entry of sources.yaml for the stages' pay."""
    faq: Annotated[list[FaqEntry], Field(max_length=8)] = []
    """Questions beyond the derived ones."""
    sources: list[Slug] = []
    """Further sources that the text relies on."""
    written_by: Name
    """Who answers for the text."""
    reviewed_by: Name | None
    """Somebody who does this work and has read the page; null when nobody has yet."""
    updated_on: IsoDate
    """Day of the last change in substance."""
    review_by: IsoDate
    """Day by which it has to be looked at again."""


# --- Transitions --------------------------------------------------------------------------------------------------


class CarriedEntry(Entry):
    """A skill that carries over."""

    skill: Slug
    """A skill of the origin."""
    label: Name | None = None
    """One of the skill's other names, when it reads better here."""
    why: Sentence
    """What it is worth in the new role, concretely."""


class ToLearnEntry(Entry):
    """A skill to learn; its weeks come from the phases that teach it."""

    skill: Slug
    """A skill of the destination."""
    label: Name | None = None
    """One of the skill's other names, when it reads better here."""
    priority: PriorityWord
    """critical, important or nice-to-have; the list is sorted by it."""
    how: Sentence
    """How to learn it from here."""
    resources: Annotated[list[Slug], Field(min_length=1, max_length=4)]
    """Entries of resources.yaml that "how" names."""


class RealityEntry(Entry):
    """What to expect, honestly."""

    love: Annotated[list[Sentence], Field(min_length=3, max_length=5)]
    """What one will love."""
    miss: Annotated[list[Sentence], Field(min_length=3, max_length=5)]
    """What one might miss."""
    challenges: Annotated[list[Sentence], Field(min_length=3, max_length=5)]
    """What is hard about it."""


class ActionsEntry(Entry):
    """First steps, each beginning with a verb."""

    this_week: Annotated[list[Sentence], Field(min_length=3, max_length=4)]
    """Within seven days, an evening or two."""
    this_month: Annotated[list[Sentence], Field(min_length=3, max_length=4)]
    """Within the month."""
    next_90_days: Annotated[list[Sentence], Field(min_length=3, max_length=4)]
    """Within three months."""


class PayChangeEntry(Entry):
    """An editor's own pay change, in per cent; the check compares it with both roles' figures."""

    low: Annotated[int, Field(ge=-95, le=500)]
    """Lower end."""
    high: Annotated[int, Field(ge=-95, le=500)]
    """Upper end."""
    why: Sentence
    """Why it differs from the derived one."""


class TransitionFile(Entry):
    """content/transitions/<origin>/<destination>.md: a transition guide. Body: see the editors' manual."""

    title: Name | None = None
    """Only when the derived title does not do; {months} stands for the derived number of months."""
    summary: Paragraph
    """Two or three sentences: who this move is for and what it costs."""
    effort: EffortWord
    """easy, moderate or hard."""
    effort_why: Sentence
    """What makes it so."""
    pay_change: PayChangeEntry | None = None
    """Only to narrow the derived change down."""
    carried: Annotated[list[CarriedEntry], Field(min_length=3, max_length=8)]
    """What carries over."""
    to_learn: Annotated[list[ToLearnEntry], Field(min_length=3, max_length=10)]
    """What is to be learned, most urgent first."""
    roadmap: RoadmapEntry
    """Phases from the first evening to the first application."""
    reality: RealityEntry
    """Reality check."""
    actions: ActionsEntry
    """Action plan."""
    faq: Annotated[list[FaqEntry], Field(min_length=2, max_length=8)]
    """Questions beyond the derived ones."""
    sources: list[Slug] = []
    """Further sources that the text relies on."""
    aliases: list[Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]] = []
    """Former addresses as origin/destination."""
    written_by: Name
    """Who answers for the text."""
    reviewed_by: Name | None
    """Somebody who made this move and has read the page; null when nobody has yet."""
    updated_on: IsoDate
    """Day of the last change in substance."""
    review_by: IsoDate
    """Day by which it has to be looked at again."""


# --- Interview questions ------------------------------------------------------------------------------------------


class QuestionEntry(Entry):
    """An interview question and what a good answer covers."""

    question: Sentence
    """As an interviewer would ask it."""
    category: QuestionCategoryWord
    """One of the five kinds."""
    covers: Annotated[list[Sentence], Field(min_length=2, max_length=6)]
    """Points of a good answer; notes, not a script."""
    skill: Slug
    """The skill of the role that it tests."""


class QuestionsFile(Entry):
    """content/questions/<role>.yaml: the interview questions of a role."""

    questions: Annotated[list[QuestionEntry], Field(min_length=1, max_length=150)]
    """Sorted by category: beginner, intermediate, advanced, behavioural, ai-workflow."""


# --- Removed pages ------------------------------------------------------------------------------------------------


class RemovedEntry(Entry):
    """A page that is gone for good; an entry of removed.yaml."""

    path: Annotated[str, StringConstraints(pattern=r"^/[a-z0-9-]+(/[a-z0-9-]+)+/$")]
    """Its former address, such as /roles/webmaster/."""
    successor: Annotated[str, StringConstraints(pattern=r"^/[a-z0-9-]+(/[a-z0-9-]+)*/$")] | None
    """Address of the page to read instead; null when there is none."""
    reason: Sentence
    """Why it was removed, as a visitor will read it."""


LIST_FILES: dict[str, type[Entry]] = {
    "categories.yaml": CategoryEntry,
    "tools.yaml": ToolEntry,
    "resources.yaml": ResourceEntry,
    "sources.yaml": SourceEntry,
    "removed.yaml": RemovedEntry,
}
"""Files that hold a list of entries, by name."""

FOLDER_FILES: dict[str, type[Entry]] = {
    "figures": FiguresFile,
    "skills": SkillFile,
    "roles": RoleFile,
    "transitions": TransitionFile,
    "questions": QuestionsFile,
}
"""Files of which there is one a page, by folder."""

SECTIONS: dict[str, dict[str, bool]] = {
    "skills": {"What it is": True, "In practice": True, "How to practise": True},
    "roles": {
        "What the work is": True,
        "What people underestimate": True,
        "How people get in": True,
        "Where the work is going": False,
    },
    "transitions": {"Overview": True, "Who this suits": False, "If it does not work out": False},
}
"""Headings (##) that the body of a file may have, in order; true where one must stand there."""
