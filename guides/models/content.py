"""Tables that mirror the content files: rows for what is looked up, counted or linked, JSON for what is printed.

Everything here can be rebuilt from ``content/`` at any time, except the curated columns (see ``curation``) and the keys
of phases, tasks, questions and pieces of the day, which stay the same when an editor changes their text.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from .. import vocabulary as words
from .curation import Curated

SLUG_LENGTH = 60
SLUGS_LENGTH = 125


class FromFile(models.Model):
    """A row that mirrors a content file (or an entry of one)."""

    source_path = models.CharField("file", max_length=160, editable=False)

    class Meta:
        abstract = True


class CategoryQuerySet(models.QuerySet["Category"]):
    """Finding categories."""

    def published(self) -> Self:
        """What visitors may see."""
        return self.filter(is_published=True)

    def with_roles(self) -> Self:
        """Those with published roles, and ``role_count``, how many."""
        counted = self.annotate(role_count=models.Count("roles", filter=Q(roles__is_published=True)))
        return counted.filter(role_count__gt=0)


class Category(FromFile, Curated):
    """A group of roles with a line colour of its own."""

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    name = models.CharField(max_length=90)
    line = models.CharField(max_length=10, choices=words.Line)
    summary = models.TextField()
    has_ai = models.BooleanField("roles work with AI all day", default=False)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ("-is_featured", "position", "name")
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("guides:category_detail", args=[self.slug])


class Source(FromFile):
    """Where a figure comes from."""

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    title = models.CharField(max_length=90)
    publisher = models.CharField(max_length=90)
    url = models.URLField(max_length=300, blank=True)
    kind = models.CharField(max_length=12, choices=words.SourceKind)
    as_of = models.CharField("date of the data", max_length=10)
    region = models.CharField(max_length=90)
    licence = models.CharField(max_length=90)
    attribution = models.TextField(blank=True)
    summary = models.TextField()

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("guides:source_detail", args=[self.slug])


class Tool(FromFile):
    """A product that people in a role use."""

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    name = models.CharField(max_length=90)
    url = models.URLField(max_length=300, blank=True)
    price = models.CharField(max_length=10, choices=words.Price)
    summary = models.TextField()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Resource(FromFile):
    """Something to learn from."""

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    title = models.CharField(max_length=90)
    provider = models.CharField(max_length=90)
    url = models.URLField(max_length=300, blank=True)
    kind = models.CharField(max_length=16, choices=words.ResourceKind)
    price = models.CharField(max_length=10, choices=words.Price)
    cost_usd = models.PositiveIntegerField("price in US dollars", null=True, blank=True)
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=2)
    checked_on = models.DateField(null=True, blank=True)
    replaced_by = models.SlugField(max_length=SLUG_LENGTH, blank=True)
    alternative = models.SlugField(max_length=SLUG_LENGTH, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Occupation(FromFile):
    """An official occupation and its figures, as ``schema.FiguresFile`` describes them."""

    code = models.CharField(max_length=10, unique=True)
    title = models.CharField(max_length=120)
    figures = models.JSONField()

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"


class SkillQuerySet(models.QuerySet["Skill"]):
    """Finding skills."""

    def published(self) -> Self:
        """What visitors may see."""
        return self.filter(is_published=True)

    def with_role_counts(self) -> Self:
        """Adds ``role_count``, the number of published roles that ask for the skill."""
        return self.annotate(
            role_count=models.Count("required_by", filter=Q(required_by__role__is_published=True), distinct=True)
        )


class Skill(FromFile, Curated):
    """Something a person can do or know; one name, many labels."""

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    name = models.CharField(max_length=90)
    kind = models.CharField(max_length=10, choices=words.SkillKind)
    also_called = models.JSONField(default=list)
    summary = models.TextField()
    levels = models.JSONField()
    """What each level means in practice: word of the level → sentence."""
    hours = models.JSONField()
    """Hours from the level before: word of the level → hours."""
    sections = models.JSONField()
    """Rendered body: list of {heading, html}."""
    related = models.JSONField(default=list)
    updated_on = models.DateField()

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("guides:skill_detail", args=[self.slug])


ON_PAGES_OF_SKILLS_ALONE = ("summary", "levels", "sections", "also_called", "related")
"""Columns of a skill that its own page prints and nothing else."""


class SkillResource(models.Model):
    """A resource that teaches a skill up to a level."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="resource_links")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="skill_links")
    number = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(choices=words.Level)
    why = models.TextField()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.resource} for {self.skill}"


ON_PAGES_ALONE = ("good_fit", "poor_fit", "backgrounds", "day", "tasters", "faq", "sections")
"""Columns of a role that its own page prints and nothing else."""


class RoleQuerySet(models.QuerySet["Role"]):
    """Finding roles."""

    def published(self) -> Self:
        """What visitors may see."""
        return self.filter(is_published=True, category__is_published=True)

    def for_card(self) -> Self:
        """Enough for a line in a list: the role and its category, in one query."""
        return self.select_related("category").defer(*ON_PAGES_ALONE)

    def for_link(self) -> Self:
        """Enough to name the role and to lead to its page, three columns of it."""
        return self.only("slug", "title", "is_published")

    def in_order(self) -> Self:
        """Featured ones first, in the admins' order, then by title."""
        return self.order_by("-is_featured", "position", "title")

    def taking_at_most(self, weeks: int) -> Self:
        """Roles with a roadmap of at most so many weeks."""
        return self.filter(weeks__lte=weeks)


class Role(FromFile, Curated):
    """A kind of work that people are hired for."""

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    title = models.CharField(max_length=90)
    plural = models.CharField(max_length=90)
    article = models.CharField(max_length=2, blank=True)
    also_called = models.JSONField(default=list)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="roles")
    summary = models.TextField()
    difficulty = models.CharField(max_length=12, choices=words.Difficulty)
    entry_barrier = models.CharField(max_length=6, choices=words.EntryBarrier)
    entry_barrier_why = models.TextField()
    coding = models.CharField(max_length=8, choices=words.Coding)
    coding_why = models.TextField()
    remote = models.CharField(max_length=6, choices=words.Remote)
    remote_why = models.TextField()
    good_fit = models.JSONField()
    poor_fit = models.JSONField()
    backgrounds = models.JSONField()
    similar = models.JSONField(default=list)
    day = models.JSONField()
    tasters = models.JSONField()
    faq = models.JSONField(default=list)
    sections = models.JSONField()
    """Rendered body: list of {heading, html}."""
    stages_source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    further_sources = models.JSONField(default=list)
    written_by = models.CharField(max_length=90)
    reviewed_by = models.CharField(max_length=90, blank=True)
    updated_on = models.DateField()
    review_by = models.DateField()

    # Derived at load from the facts above, kept as columns because lists filter and sort by them.
    median_low = models.PositiveIntegerField("lowest median pay", null=True, blank=True)
    median_high = models.PositiveIntegerField("highest median pay", null=True, blank=True)
    growth_low = models.SmallIntegerField("lowest projected growth in per cent", null=True, blank=True)
    growth_high = models.SmallIntegerField("highest projected growth in per cent", null=True, blank=True)
    weeks = models.PositiveSmallIntegerField("weeks of the roadmap")
    question_counts = models.JSONField(default=dict)
    """Interview questions by category."""

    skills = models.ManyToManyField(Skill, through="RequiredSkill", related_name="roles")
    tools = models.ManyToManyField(Tool, through="RoleTool", related_name="roles")
    occupations = models.ManyToManyField(Occupation, through="RoleOccupation", related_name="roles")

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ("title",)
        indexes = (models.Index(fields=("-is_featured", "position", "title"), name="roles_in_order"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("guides:role_detail", args=[self.slug])

    @property
    def question_count(self) -> int:
        """Interview questions in all categories."""
        return sum(self.question_counts.values())


class RequiredSkillQuerySet(models.QuerySet["RequiredSkill"]):
    """Finding what roles ask for."""

    def for_gap(self) -> Self:
        """Enough to compare with what somebody holds: the skill without its own page's text."""
        return self.select_related("skill").defer(*(f"skill__{name}" for name in ON_PAGES_OF_SKILLS_ALONE))

    def in_published_roles(self) -> Self:
        """With role and category, the highest level first."""
        return (
            self.filter(role__is_published=True, role__category__is_published=True)
            .select_related("role__category")
            .defer(*(f"role__{name}" for name in ON_PAGES_ALONE))
            .order_by("-level", "importance", "role__title")
        )


class RequiredSkill(models.Model):
    """A skill that a role asks for, at a level."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="required_skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="required_by")
    number = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(choices=words.Level)
    importance = models.CharField(max_length=10, choices=words.Importance)
    why = models.TextField()

    objects = RequiredSkillQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("role", "skill"), name="skill_once_per_role"),)

    def __str__(self) -> str:
        return f"{self.skill} for {self.role}"


class RoleTool(models.Model):
    """A tool of a role's trade."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="tool_links")
    tool = models.ForeignKey(Tool, on_delete=models.PROTECT, related_name="role_links")
    number = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=90, blank=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.tool} in {self.role}"


class RoleOccupation(models.Model):
    """An official occupation behind a role."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="occupation_links")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="role_links")
    weight = models.FloatField()
    match = models.CharField(max_length=8, choices=words.OccupationMatch)
    why = models.TextField()

    class Meta:
        ordering = ("-weight",)

    def __str__(self) -> str:
        return f"{self.occupation} behind {self.role}"


class Stage(models.Model):
    """A step of a role's career ladder; pay in US dollars a year."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="stages")
    number = models.PositiveSmallIntegerField()
    titles = models.JSONField()
    years_from = models.PositiveSmallIntegerField()
    years_to = models.PositiveSmallIntegerField(null=True, blank=True)
    pay_low = models.PositiveIntegerField(null=True, blank=True)
    pay_high = models.PositiveIntegerField(null=True, blank=True)
    responsibilities = models.JSONField()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return " / ".join(self.titles)


PUBLISHED_WITH = (
    "is_published",
    "origin__is_published",
    "destination__is_published",
    "origin__category__is_published",
    "destination__category__is_published",
)
"""What has to be published for a written guide to be."""


ON_GUIDES_ALONE = (
    *("reality", "actions", "faq", "sections"),
    *(f"{side}__{name}" for side in ("origin", "destination") for name in ON_PAGES_ALONE),
)
"""Columns of a guide to a move, and of both its roles, that their own pages print and nothing else."""


class TransitionQuerySet(models.QuerySet["Transition"]):
    """Finding written transition guides."""

    def published(self) -> Self:
        """What visitors may see: the guide and both of its roles are published."""
        return self.filter(**dict.fromkeys(PUBLISHED_WITH, True))

    def for_card(self) -> Self:
        """Enough for a line in a list: the guide, both roles and their categories, in one query."""
        return self.select_related("origin__category", "destination__category").defer(*ON_GUIDES_ALONE)

    def for_link(self) -> Self:
        """Enough to lead to the guide and to say who makes the move: two columns of the origin beside the address."""
        return self.select_related("origin").only("slugs", "origin__title", "origin__article")

    def touching(self, role: Role) -> Self:
        """Guides that lead from the role or into it."""
        return self.filter(Q(origin=role) | Q(destination=role))

    def in_order(self) -> Self:
        """Featured ones first, in the admins' order, then by origin and destination."""
        return self.order_by("-is_featured", "position", "origin__title", "destination__title")


class Transition(FromFile, Curated):
    """A written guide for the move from one role to another."""

    slugs = models.CharField("origin/destination", max_length=SLUGS_LENGTH, unique=True)
    origin = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="transitions_from")
    destination = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="transitions_into")
    own_title = models.CharField(max_length=90, blank=True)
    summary = models.TextField()
    effort = models.CharField(max_length=8, choices=words.Effort)
    effort_why = models.TextField()
    own_pay_change = models.JSONField(null=True, blank=True)
    reality = models.JSONField()
    actions = models.JSONField()
    faq = models.JSONField(default=list)
    sections = models.JSONField()
    further_sources = models.JSONField(default=list)
    written_by = models.CharField(max_length=90)
    reviewed_by = models.CharField(max_length=90, blank=True)
    updated_on = models.DateField()
    review_by = models.DateField()
    weeks = models.PositiveSmallIntegerField("weeks of the roadmap")

    objects = TransitionQuerySet.as_manager()

    class Meta:
        ordering = ("slugs",)
        constraints = (
            models.CheckConstraint(condition=~Q(origin=F("destination")), name="transition_leads_elsewhere"),
        )

    def __str__(self) -> str:
        return f"From {self.origin.title} to {self.destination.title}"

    def get_absolute_url(self) -> str:
        return reverse("guides:transition_detail", args=self.slugs.split("/"))


class TransitionSkillQuerySet(models.QuerySet["TransitionSkill"]):
    """Finding the moves that a skill matters in."""

    def to_learn_in_published(self) -> Self:
        """Published transitions that teach the skill, with their roles."""
        return self._in_published().filter(is_carried=False)

    def carried_in_published(self) -> Self:
        """Published transitions in which the skill carries over, with their roles."""
        return self._in_published().filter(is_carried=True)

    def _in_published(self) -> Self:
        # Joined, not looked up in a list of all published guides, which would be read first.
        return (
            self.filter(**{f"transition__{column}": True for column in PUBLISHED_WITH})
            .select_related("transition__origin__category", "transition__destination__category")
            .defer(*(f"transition__{name}" for name in ON_GUIDES_ALONE))
            .order_by("transition__slugs")
        )


class TransitionSkill(models.Model):
    """A skill that carries over (no priority) or is to be learned in a transition."""

    transition = models.ForeignKey(Transition, on_delete=models.CASCADE, related_name="skill_links")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="transition_links")
    number = models.PositiveSmallIntegerField()
    is_carried = models.BooleanField()
    label = models.CharField(max_length=90, blank=True)
    priority = models.CharField(max_length=12, choices=words.Priority, blank=True)
    text = models.TextField()
    """Why it carries over, or how to learn it."""
    weeks = models.FloatField(null=True, blank=True)
    """Weeks that the phases spend on it."""
    resources = models.ManyToManyField(Resource, related_name="transition_skills")

    objects = TransitionSkillQuerySet.as_manager()

    class Meta:
        ordering = ("-is_carried", "number")

    def __str__(self) -> str:
        return f"{self.skill} in {self.transition}"


class Roadmap(models.Model):
    """The way into a role or across a transition."""

    role = models.OneToOneField(Role, on_delete=models.CASCADE, null=True, blank=True, related_name="roadmap")
    transition = models.OneToOneField(
        Transition, on_delete=models.CASCADE, null=True, blank=True, related_name="roadmap"
    )
    hours_per_week = models.PositiveSmallIntegerField()
    starts_from = models.CharField(max_length=90, blank=True)
    """Whom the weeks of a role's roadmap are counted for; those of a transition are counted for its origin."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(role__isnull=True, transition__isnull=False)
                | Q(role__isnull=False, transition__isnull=True),
                name="roadmap_has_one_owner",
            ),
        )

    def __str__(self) -> str:
        return f"Roadmap of {self.role or self.transition}"


class PhaseQuerySet(models.QuerySet["Phase"]):
    """Finding phases."""

    def for_page(self) -> Self:
        """Phases with roadmap, tasks and resources, in three queries."""
        return self.select_related("roadmap").prefetch_related(
            "tasks", models.Prefetch("resource_links", PhaseResource.objects.select_related("resource"))
        )


class Phase(models.Model):
    """A stretch of a roadmap. ``key`` stays when its text is edited."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="phases")
    key = models.CharField(max_length=16)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=90)
    weeks = models.PositiveSmallIntegerField()
    goals = models.JSONField(default=list)
    teaches = models.JSONField(default=list)
    """List of {skill, weeks}; the skills are those of the role or the destination."""
    milestone = models.TextField()
    stop_signal = models.TextField(blank=True)
    re_entry = models.TextField(blank=True)
    resources = models.ManyToManyField(Resource, through="PhaseResource", related_name="phases")

    objects = PhaseQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("roadmap", "key"), name="phase_key_once_per_roadmap"),)

    def __str__(self) -> str:
        return self.title


class PhaseResource(models.Model):
    """A resource used in a phase."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="resource_links")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="phase_links")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.resource} in {self.phase}"


class Task(models.Model):
    """One thing to do. ``key`` stays when its text is edited, so that ticks survive."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="tasks")
    key = models.CharField(max_length=16)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    hours = models.PositiveSmallIntegerField()
    is_essential = models.BooleanField(default=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("phase", "key"), name="task_key_once_per_phase"),)

    def __str__(self) -> str:
        return self.text


class QuestionQuerySet(models.QuerySet["Question"]):
    """Finding interview questions."""

    def for_page(self) -> Self:
        """With the name and the address of the skill that each one tests, in one query."""
        return self.select_related("skill").defer(*(f"skill__{name}" for name in ON_PAGES_OF_SKILLS_ALONE))


class Question(models.Model):
    """An interview question of a role and what a good answer covers."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="questions")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="questions")
    key = models.CharField(max_length=16)
    number = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=12, choices=words.QuestionCategory)
    text = models.TextField()
    covers = models.JSONField()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("role", "key"), name="question_key_once_per_role"),)

    def __str__(self) -> str:
        return self.text


class FormerAddress(models.Model):
    """A former address: leads to ``successor`` for ever (301), or names it on a page that says it is gone (410)."""

    path = models.CharField(max_length=200, unique=True)
    is_gone = models.BooleanField("gone for good")
    successor = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("path",)
        verbose_name_plural = "former addresses"

    def __str__(self) -> str:
        return self.path


class SearchEntry(models.Model):
    """What the search looks through: a page's title, its other names and its text. The index is made in a migration."""

    kind = models.CharField(max_length=12)
    slug = models.CharField(max_length=SLUGS_LENGTH)
    title = models.TextField()
    names = models.TextField()
    text = models.TextField()

    class Meta:
        verbose_name_plural = "search entries"
        constraints = (models.UniqueConstraint(fields=("kind", "slug"), name="page_once_in_search"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


class ContentFile(models.Model):
    """The loader's memory of a file: an unchanged one is not parsed again."""

    path = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=SLUGS_LENGTH)
    digest = models.CharField(max_length=64)
    items = models.JSONField()
    """What parsing gave: list of {slug, at, entry, links}."""
    remarks = models.TextField(blank=True)
    """What the checks remarked upon, a line each: place, field, message, and which rules said it."""

    class Meta:
        ordering = ("path",)

    def __str__(self) -> str:
        return self.path


class ContentVersion(models.Model):
    """One row: a number that every content load and every curation moves. Its lock makes loads wait for each other."""

    number = models.PositiveBigIntegerField(default=0)
    loaded_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.number)
