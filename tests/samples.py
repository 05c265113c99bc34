"""Values that several rooms' tests look at, made without a database."""

from __future__ import annotations

from domain import analytics
from domain.analytics import Analytics, Breakdown, Facet, Groups, Momentum, Period, Uncovered, covered
from domain.rates import Ended, rate, survival
from tests.cast import NOW


def an_analytics(company: str, *, threads: int = 60) -> Analytics:
    """Analytics of some threads, half of which had all four e-mails and a third of which were answered."""
    third = threads // 3
    facets = [
        Facet("s-sofia", True, 1, "default", "initial", "initial", third - 5, "Sofia Marsh"),
        Facet("s-james", False, 2, "default", "follow_up_2", "follow_up_2", 5, "James O'Neill"),
        Facet("s-james", False, 1, "default", "follow_up_3", None, 4, "James O'Neill"),
        Facet("s-sofia", True, 1, "default", "initial", None, threads - third - 4, "Sofia Marsh"),
    ]
    facets = facets if threads else []
    replies = sum(one.replies for one in facets)
    one = analytics.group("acme", company, threads, replies)
    companies = Groups(total=2, groups=(one, analytics.group("blue", "Blue Harbour & Sons", 3, 1)))
    alone = Groups(total=1, groups=(one,))
    steps = {
        "pitched": 3 * threads,
        "delivered": 3 * threads,
        "replied": replies,
        "interview": 3,
        "placed": 1,
    }
    return Analytics(
        at=NOW,
        period=Period(),
        emails=sum(each.emails * each.threads for each in facets),
        threads=threads,
        replies=replies,
        reply_rate=rate(replies, threads),
        stages=analytics.stages(facets),
        by=Breakdown(
            company=companies,
            industry=alone,
            role=alone,
            specialist=analytics.groups(((f.specialist_id, f.specialist or "", f) for f in facets), 50),
            urgency=analytics.groups((("urgent" if f.urgent else "not_urgent", "", f) for f in facets), 50),
            generation=analytics.groups(((str(f.generation), "", f) for f in facets), 50),
            variant=analytics.groups(((f.variant, "", f) for f in facets), 50),
        ),
        time_to_reply=survival(
            [Ended(5, True, third), Ended(192, False, threads - third)] if threads else [], 1.0, replies
        ),
        funnel=analytics.funnel(steps | {f"{name}_candidates": count // 2 for name, count in steps.items()}),
        momentum=Momentum(
            available=covered([(40, True), (10, False)]),
            urgent=covered([(8, True), (1, False)]),
            by_live_pitches={0: 10, 1: 25, 3: 15},
            uncovered=(
                Uncovered(
                    candidate_id="emil", name="Emil Holm", days_to_start=12, visa_required=False, pitches=2
                ),
            ),
        ),
    )
