"""The style guide's samples of plans, the ledger, practice and the recovery code."""

from __future__ import annotations

from datetime import date
from typing import Any

from .. import recovery_code
from ..kept import KeptMoney
from ..models import Skill
from ..phase_facts import Guide
from ..plan import Pace, PhaseFacts, ResourceFacts, TaskFacts, Tick, schedule
from ..plan_forms import MoneyForm
from ..vocabulary import Price, TaskState
from .ledger import LedgerRow
from .plan_page import EVERY_PHASE, MONEY, VIEWS, PlanPage, phases_shown, plan_page

START = date(2027, 1, 4)

MANUAL = ResourceFacts("manual", "The Twelve-Factor App", "Adam Wiggins", "https://12factor.net/", Price.FREE)

PHASES = (
    PhaseFacts(
        key="service",
        title="One service that stores something",
        weeks=3,
        tasks=(
            TaskFacts("tables", "Model a lending library in three tables.", 8),
            TaskFacts("query", "Make the slowest query ten times faster.", 10),
            TaskFacts("again", "Write the service a second time from memory.", 6, is_essential=False),
        ),
        resources=(MANUAL,),
        milestone="Somebody else installs it from its README.",
        stop_signal="You look forward to the page, not to what happens behind it.",
    ),
    PhaseFacts(
        key="others",
        title="Other people’s code",
        weeks=2,
        tasks=(TaskFacts("faults", "Fix two small faults in a project that you use.", 12),),
        milestone="A change of yours is merged.",
    ),
)

MONEY_SAMPLE = {
    "take_home": 3_000,
    "new_low": 3_200,
    "new_high": 4_000,
    "course_costs": 300,
    "reduced_months": 2,
    "reduced_take_home": 2_000,
    "search_months": 2,
}


def plan_samples(role: dict[str, Any], question: dict[str, Any]) -> dict[str, Any]:
    """What ``styleguide_plans.html`` shows; ``role`` and ``question`` as the other samples have them."""
    skill = Skill(slug="sql", name="SQL and relational databases")
    other = Skill(slug="monitoring", name="Monitoring and observability")
    page = _page(role)
    return {
        "page": page,
        "views": VIEWS,
        "base_url": "#",
        **phases_shown(page, EVERY_PHASE),
        "is_shared": True,
        "money_form": MoneyForm(MONEY_SAMPLE),
        "rows": [LedgerRow(skill, 2), LedgerRow(other, None)],
        "role": {**role, "slug": "backend-developer"},
        "question": {**question, "key": "sample"},
        "ratings": [("weak", "Weak"), ("ok", "Good enough"), ("sure", "Sure")],
        "boxes": [(1, 4), (2, 3), (3, 0), (4, 1), (5, 2)],
        "is_kept": True,
        "code": recovery_code.written(bytes(range(16))),
    }


def _page(role: dict[str, Any]) -> PlanPage:
    plan = schedule(
        PHASES, START, Pace.weekly(8), date(2027, 1, 12), ticks={"tables": Tick(TaskState.DONE, date(2027, 1, 9))}
    )
    guide = Guide("roles/backend-developer", role["title"], "", "", PHASES, 8, "")
    return plan_page(guide, plan, MONEY, own_numbers=KeptMoney(**MONEY_SAMPLE))
