"""The closed word lists of the site: the only words that content files, tables, rules and pages may use for a choice.

Labels are what a visitor reads. Nothing here knows the database or a request.
"""

from __future__ import annotations

from typing import Self

from django.db.models import IntegerChoices, TextChoices


class Level(IntegerChoices):
    """How well somebody can do a skill. Ascending, so levels compare as numbers."""

    AWARENESS = 1, "Awareness"
    WORKING = 2, "Working"
    PRACTITIONER = 3, "Practitioner"
    EXPERT = 4, "Expert"

    @classmethod
    def from_word(cls, word: str) -> Self:
        """The level written as ``word`` in a content file; KeyError for any other word."""
        return cls[word.upper()]

    @property
    def word(self) -> str:
        """The word that stands for this level in content files and addresses."""
        return self.name.lower()


class Importance(TextChoices):
    """Whether a role can be done without a skill."""

    ESSENTIAL = "essential", "Essential"
    OPTIONAL = "optional", "Optional"


class Priority(TextChoices):
    """How soon a skill has to be learned in a transition. Declared in the order they are shown."""

    CRITICAL = "critical", "Critical"
    IMPORTANT = "important", "Important"
    NICE_TO_HAVE = "nice-to-have", "Nice to have"

    @property
    def rank(self) -> int:
        """0 for the most urgent priority."""
        return list(type(self)).index(self)


class Difficulty(TextChoices):
    """How much a role asks of somebody on the first day."""

    BEGINNER = "beginner", "Beginner"
    INTERMEDIATE = "intermediate", "Intermediate"
    ADVANCED = "advanced", "Advanced"


class EntryBarrier(TextChoices):
    """How hard it is to be let in: degrees, licences, portfolios, competition."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Coding(TextChoices):
    """Whether the role asks for programming."""

    NONE = "none", "No coding"
    OPTIONAL = "optional", "Coding helps"
    REQUIRED = "required", "Coding required"


class Remote(TextChoices):
    """Where the work can be done."""

    NO = "no", "On site"
    HYBRID = "hybrid", "Partly remote"
    YES = "yes", "Remote friendly"


class Effort(TextChoices):
    """How hard a transition is as a whole."""

    EASY = "easy", "Easy"
    MODERATE = "moderate", "Moderate"
    HARD = "hard", "Hard"


class QuestionCategory(TextChoices):
    """The five kinds of interview question, in the order they are shown."""

    BEGINNER = "beginner", "Beginner"
    INTERMEDIATE = "intermediate", "Intermediate"
    ADVANCED = "advanced", "Advanced"
    BEHAVIOURAL = "behavioural", "Behavioural"
    AI_WORKFLOW = "ai-workflow", "AI workflow"


class SkillKind(TextChoices):
    """What sort of thing a skill is; tools are not skills, they have a registry of their own."""

    KNOWLEDGE = "knowledge", "Knowledge"
    CRAFT = "craft", "Craft"
    PEOPLE = "people", "Working with people"


class ResourceKind(TextChoices):
    """The form of a learning resource."""

    COURSE = "course", "Course"
    BOOK = "book", "Book"
    DOCUMENTATION = "documentation", "Documentation"
    TUTORIAL = "tutorial", "Tutorial"
    VIDEO = "video", "Video"
    ARTICLE = "article", "Article"
    SPECIFICATION = "specification", "Specification"
    COMMUNITY = "community", "Community"
    PRACTICE = "practice", "Practice"
    TOOL = "tool", "Tool"


class Price(TextChoices):
    """What a resource or a tool costs. ``freemium`` means that a useful part is free."""

    FREE = "free", "Free"
    FREEMIUM = "freemium", "Free in part"
    PAID = "paid", "Paid"
    UNKNOWN = "unknown", "Price not known"


class SourceKind(TextChoices):
    """How far a source can be trusted, in one word."""

    OFFICIAL = "official", "Official statistics"
    RESEARCH = "research", "Research"
    SITE_CLAIM = "site-claim", "Claim of a career site"
    EDITORIAL = "editorial", "Our editors' judgement"


class Confidence(TextChoices):
    """How sure we are that a figure describes this role."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class OccupationMatch(TextChoices):
    """How an official occupation relates to a role."""

    COVERS = "covers", "Official statistics cover this title"
    PROXY = "proxy", "Nearest official occupation"


class WorkMode(TextChoices):
    """With whom a piece of a typical day is done."""

    ALONE = "alone", "On your own"
    TOGETHER = "together", "With others"


class Scope(TextChoices):
    """How much of a roadmap a plan takes in."""

    ESSENTIAL = "essential", "The shortest credible path"
    ALL = "all", "Every task"


class TaskState(TextChoices):
    """What a visitor has said about a task of a plan; a task without a word is open."""

    DONE = "done", "Done"
    SKIPPED = "skipped", "Skipped"


class Line(TextChoices):
    """The line colours of categories: names of design tokens, never the only carrier of meaning."""

    RED = "red", "Red"
    ORANGE = "orange", "Orange"
    GREEN = "green", "Green"
    TEAL = "teal", "Teal"
    BLUE = "blue", "Blue"
    VIOLET = "violet", "Violet"
    PINK = "pink", "Pink"
    BROWN = "brown", "Brown"


class GapKind(TextChoices):
    """The three parts of a skill gap."""

    CARRIED = "carried", "Held"
    TO_DEEPEN = "to-deepen", "To deepen"
    NEW = "new", "New"


class FitBand(TextChoices):
    """How well a role suits what somebody answered, the best first; the last says that the answers do not tell."""

    STRONG = "strong", "Strong fit"
    PROMISING = "promising", "Promising"
    STRETCH = "stretch", "A stretch"
    NOT_NOW = "not-now", "Not now"
    NOT_ENOUGH = "not-enough", "Not enough to tell"


class Liking(TextChoices):
    """What somebody thinks of a piece of work."""

    ENJOY = "enjoy", "Would enjoy"
    FINE = "fine", "Fine"
    AVOID = "avoid", "Would avoid"
    UNSURE = "unsure", "Not sure"


class Education(TextChoices):
    """Typical education at entry, in the words of the U.S. Bureau of Labor Statistics, ascending."""

    NONE = "none", "No formal educational credential"
    HIGH_SCHOOL = "high-school", "High school diploma or equivalent"
    SOME_COLLEGE = "some-college", "Some college, no degree"
    AWARD = "award", "Postsecondary nondegree award"
    ASSOCIATE = "associate", "Associate's degree"
    BACHELOR = "bachelor", "Bachelor's degree"
    MASTER = "master", "Master's degree"
    DOCTORATE = "doctorate", "Doctoral or professional degree"

    @property
    def rank(self) -> int:
        """0 for the least education."""
        return list(type(self)).index(self)
