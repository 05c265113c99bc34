"""Generated sets are the same for the same seed, load without a complaint, and score as real ones do."""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from statistics import correlation, mean

import pytest

from db.pool import connect
from db.records import load
from sample import generator, scores, world
from sample.vocabulary import FIELDS

TODAY = date(2026, 6, 1)
ROOT = Path(__file__).parents[2]


def digest(folder: Path) -> str:
    """Hashes the files of a set."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.iterdir()))).hexdigest()[:16]


def read(folder: Path, name: str) -> list[dict[str, str]]:
    """Reads one file of a set."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sparse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The brief's set, 50 matches a candidate."""
    folder = tmp_path_factory.mktemp("sparse") / "made"
    assert generator.write(folder, today=TODAY) == 2003 * 50
    return folder


def test_a_seed_always_makes_the_same_files(tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        generator.write(tmp_path / name, roles=40, candidates=60, companies=9, seed=seed, today=TODAY)
    assert digest(tmp_path / "a") == digest(tmp_path / "b") == "825a89c8187ae6aa"
    assert digest(tmp_path / "c") != digest(tmp_path / "a")


def test_density_changes_the_matches_alone(tmp_path: Path) -> None:
    size = {"roles": 40, "candidates": 30, "companies": 9, "today": TODAY}
    assert generator.write(tmp_path / "s", **size) == 30 * 40
    assert generator.write(tmp_path / "d", **size, density="dense") == 30 * 40
    assert generator.write(tmp_path / "few", **size, matches_per_candidate=5) == 30 * 5
    for name in ("specialists", "companies", "contacts", "roles", "candidates"):
        assert len({(tmp_path / at / f"{name}.csv").read_bytes() for at in ("s", "d", "few")}) == 1
    pairs = [(row["candidate_id"], row["role_id"]) for row in read(tmp_path / "d", "matches.csv")]
    assert len(set(pairs)) == 30 * 40


def test_every_candidate_has_as_many_different_matches(sparse: Path) -> None:
    roles = defaultdict(set)
    for row in read(sparse, "matches.csv"):
        roles[row["candidate_id"]].add(row["role_id"])
    assert {len(of) for of in roles.values()} == {50}
    assert len(roles) == 2003
    assert len(set.union(*roles.values())) > 1000


def test_scores_follow_the_candidate_and_the_role_and_still_surprise(sparse: Path) -> None:
    made = world.make(roles=200, candidates=200, companies=30, seed=3, today=TODAY)
    rows = [line.split(",") for line in scores.dense(made.talents, made.places, len(FIELDS), 3)]
    talents, places = ({one.id: one for one in many} for many in (made.talents, made.places))

    def follows(measure: Callable[[scores.Talent, scores.Place], float]) -> float:
        measured = [measure(talents[candidate], places[role]) for candidate, role, _ in rows]
        return correlation(measured, [float(score) for _, _, score in rows])

    assert 0.2 < follows(lambda talent, _: talent.quality) < 0.9
    assert 0.1 < follows(lambda _, place: place.popularity) < 0.9
    assert 0.4 < follows(lambda talent, place: scores.fit(talent, place.field)) < 0.95
    assert all(0 < float(score) < 1 for _, _, score in rows)


def test_popular_roles_are_matched_more_often(sparse: Path) -> None:
    count = defaultdict(int)
    for row in read(sparse, "matches.csv"):
        count[row["role_id"]] += 1
    made = world.make(roles=1096, candidates=1, companies=300, seed=1, today=TODAY)
    by_popularity = sorted(made.places, key=lambda place: place.popularity)
    least, most = (
        mean(count[place.id] for place in part) for part in (by_popularity[:200], by_popularity[-200:])
    )
    assert most > 2 * least


def test_a_small_share_is_odd(sparse: Path) -> None:
    candidates, companies = read(sparse, "candidates.csv"), read(sparse, "companies.csv")

    def share(rows: Iterable[bool]) -> float:
        return mean(map(float, rows))

    names = [row["first_name"] + row["last_name"] for row in candidates]
    assert 0.002 < share(any(one in name for one in '"<\n;') for name in names) < 0.02
    assert 0.005 < share(date.fromisoformat(row["start_date"]) < TODAY for row in candidates) < 0.05
    assert max(len(row["bio"]) for row in candidates) > 50_000
    assert "" in {row["bio"] for row in candidates}
    assert {"0", "3", ""} <= {row["weekly_limit"] for row in companies}
    reachable = {
        row["company_id"]
        for row in read(sparse, "contacts.csv")
        if row["layout_name"] == "partner" and row["active"] == "yes" and row["email"]
    }
    assert 0.005 < share(row["id"] not in reachable for row in companies) < 0.1
    assert 0.01 < share(row["suppressed"] == "yes" for row in companies) < 0.05


async def test_the_brief_s_set_loads_without_a_complaint(database_url: str, sparse: Path) -> None:
    connection = await connect(database_url)
    loaded = await load(connection, sparse)
    assert {kind: count.inserted for kind, count in loaded.counts.items()} | {"contact": 0} == {
        "specialist": 12,
        "company": 300,
        "contact": 0,
        "role": 1096,
        "candidate": 2003,
        "match": 100_150,
    }
    await connection.close()


def test_the_command_line_writes_a_set(tmp_path: Path) -> None:
    options = ["--roles", "5", "--candidates", "4", "--companies", "2", "--density", "dense", "--scale", "2"]
    done = subprocess.run(
        [sys.executable, "-m", "sample.generator", str(tmp_path / "out"), *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"80 matches in {tmp_path / 'out'}\n"
    starts = [date.fromisoformat(row["start_date"]) for row in read(tmp_path / "out", "candidates.csv")]
    assert max(starts) > date.today() - timedelta(days=1)  # noqa: DTZ011
