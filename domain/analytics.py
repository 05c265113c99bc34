"""What works: replies by stage and by group, time to reply, the funnel, who is covered today.

A *thread* is a cycle whose first e-mail a server accepted; it belongs to the day on which that happened, in
the organisation's time zone, and a period takes the threads of its days with all that became of them since.
A *reply* is a person's, one a thread. Every rate has its Wilson 95 % interval, and is `small` under ten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from domain import calendar, errors
from domain.letters import STAGES, Model, Stage
from domain.rates import Rate, Survival, rate

Reached = Literal["pitched", "delivered", "replied", "interview", "placed"]
FUNNEL: tuple[Reached, ...] = ("pitched", "delivered", "replied", "interview", "placed")
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
"""Days that a period may name: far beyond any e-mail of ours, and safe in every time zone."""


class Period(Model):
    """Days of the organisation, both included; None means from the first, or until now."""

    since: date | None = None
    until: date | None = None

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Names the instants at which the period begins and has ended."""
        first, last = self.since or EARLIEST, self.until or LATEST
        return calendar.midnight(first, zone), calendar.midnight(last + timedelta(days=1), zone)


def period(since: date | None, until: date | None) -> Period:
    """Makes a period; raises `errors.Refused` in words for one that no day is in."""
    for day in (since, until):
        if day is not None and not EARLIEST <= day <= LATEST:
            raise errors.Refused(f"{day} is not a day between {EARLIEST} and {LATEST}")
    if since is not None and until is not None and since > until:
        raise errors.Refused(f"the period ends before it begins: {since} is after {until}")
    return Period(since=since, until=until)


class StageRate(Model):
    """A stage: replies that came while it was the thread's last, over the threads still at risk there.

    At risk is a thread whose e-mail of the stage was accepted and that had no reply before it.
    """

    stage: Stage
    emails: int
    """Accepted ones; those that crossed a reply are counted here and not at risk."""
    at_risk: int
    replies: int
    reply_rate: Rate


class Group(Model):
    """The threads that share something, such as a company."""

    id: str
    name: str
    threads: int
    replies: int
    reply_rate: Rate


class Groups(Model):
    """The groups of one kind with the most threads; `total` counts those left out as well."""

    total: int
    groups: tuple[Group, ...]


class Breakdown(Model):
    """Threads by what they are of; `variant` is the first e-mail's wording, for a comparison of two."""

    company: Groups
    industry: Groups
    """The company's, else the role's: the one that letters speak to."""
    role: Groups
    specialist: Groups
    urgency: Groups
    """As fixed when the first e-mail was claimed (R3)."""
    generation: Groups
    variant: Groups


class Step(Model):
    """How many pitches, and candidates in at least one, came so far; the rate is that of pitched pitches.

    | step | a pitch counts once |
    |---|---|
    | `pitched` | a server has accepted its thread's first e-mail |
    | `delivered` | an address of the thread neither refused nor bounced, or somebody answered |
    | `replied` | somebody answered while it was put forward |
    | `interview` | an interview is on record, or a place without one |
    | `placed` | the candidate got this role |
    """

    step: Reached
    pitches: int
    candidates: int
    rate: Rate


class Covered(Model):
    """How many candidates have a live pitch today."""

    candidates: int
    covered: int
    rate: Rate


class Uncovered(Model):
    """An urgent candidate without a live pitch, and the days left to place him or her (R3)."""

    candidate_id: str
    name: str
    days_to_start: int
    visa_required: bool
    pitches: int
    """The pitches so far."""


class Momentum(Model):
    """Who is put forward today, of the candidates who can still be placed; the period does not matter."""

    available: Covered
    urgent: Covered
    by_live_pitches: Mapping[int, int]
    """Candidates by the number of their live pitches."""
    uncovered: tuple[Uncovered, ...]
    """Urgent candidates without a live pitch, those who start first; the longest lists are cut."""


class Analytics(Model):
    """What became of the threads of a period, as it stands at one instant."""

    at: datetime
    period: Period
    emails: int
    threads: int
    replies: int
    reply_rate: Rate
    stages: tuple[StageRate, ...]
    by: Breakdown
    time_to_reply: Survival
    funnel: tuple[Step, ...]
    momentum: Momentum


class Facet(NamedTuple):
    """How many threads share what their row alone tells."""

    specialist_id: str
    urgent: bool
    generation: int
    variant: str
    stage: Stage | None
    answered_stage: Stage | None
    threads: int
    specialist: str | None

    @property
    def emails(self) -> int:
        """Counts the e-mails of each that a server accepted; one whose end is unknown was answered."""
        return max(_place(self.stage), _place(self.answered_stage))

    @property
    def replies(self) -> int:
        """Counts the replies of all of them."""
        return self.threads if self.answered_stage else 0


def _place(stage: Stage | None) -> int:
    return STAGES.index(stage) + 1 if stage else 0


def stages(facets: Sequence[Facet]) -> tuple[StageRate, ...]:
    """Counts e-mails, threads at risk and replies by stage."""
    found = []
    for place, stage in enumerate(STAGES, 1):
        sent = [one for one in facets if one.emails >= place]
        at_risk = sum(
            one.threads for one in sent if not one.answered_stage or _place(one.answered_stage) >= place
        )
        replies = sum(one.threads for one in sent if one.answered_stage == stage)
        emails = sum(one.threads for one in sent)
        reply_rate = rate(replies, at_risk)
        found.append(
            StageRate(stage=stage, emails=emails, at_risk=at_risk, replies=replies, reply_rate=reply_rate)
        )
    return tuple(found)


def group(id: str, name: str, threads: int, replies: int) -> Group:
    """Makes a group with its rate."""
    return Group(id=id, name=name, threads=threads, replies=replies, reply_rate=rate(replies, threads))


def groups(keyed: Iterable[tuple[str, str, Facet]], most: int) -> Groups:
    """Rolls facets up by (id, name), the most threads first."""
    threads: dict[tuple[str, str], int] = {}
    replies: dict[tuple[str, str], int] = {}
    for id, name, facet in keyed:
        threads[id, name] = threads.get((id, name), 0) + facet.threads
        replies[id, name] = replies.get((id, name), 0) + facet.replies
    ordered = sorted(threads, key=lambda one: (-threads[one], one))
    return Groups(
        total=len(ordered),
        groups=tuple(group(*one, threads[one], replies[one]) for one in ordered[:most]),
    )


def funnel(counts: Mapping[str, Any]) -> tuple[Step, ...]:
    """Makes the steps from counts named after them, and after them with `_candidates`."""
    return tuple(
        Step(
            step=step,
            pitches=counts[step],
            candidates=counts[f"{step}_candidates"],
            rate=rate(counts[step], counts["pitched"]),
        )
        for step in FUNNEL
    )


def covered(counts: Iterable[tuple[int, bool]]) -> Covered:
    """Counts candidates from (people, whether they have a live pitch)."""
    of = having = 0
    for people, live in counts:
        of += people
        having += people * live
    return Covered(candidates=of, covered=having, rate=rate(having, of))
