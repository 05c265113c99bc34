"""Writes large, realistic record sets from a seed: the same seed, the same files, on any machine.

    python -m sample.generator records/ --density dense

Scores follow the candidate's quality, the role's popularity and how well the two fit, with some noise, as
real scores do. A small share of the records is odd: quotes, markup and other scripts in names, a bio of
50,000 characters, starts that have passed, companies with nobody to write to.
"""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from sample import files, scores, world
from sample.vocabulary import FIELDS

Density = Literal["sparse", "dense"]


def write(
    folder: Path,
    *,
    roles: int = 1096,
    candidates: int = 2003,
    companies: int = 300,
    density: Density = "sparse",
    matches_per_candidate: int = 50,
    seed: int = 1,
    today: date,
) -> int:
    """Writes the six CSV files and returns the number of matches; makes the folder if it is missing.

    `sparse` gives every candidate so many matches, `dense` every pair. The other records are the same in
    both.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = world.make(roles=roles, candidates=candidates, companies=companies, seed=seed, today=today)
    files.write(folder, "specialists.csv", made.specialists)
    files.write(folder, "companies.csv", made.companies)
    files.write(folder, "contacts.csv", made.contacts)
    files.write(folder, "roles.csv", made.roles)
    files.write(folder, "candidates.csv", made.candidates)
    if density == "dense":
        lines = scores.dense(made.talents, made.places, len(FIELDS), seed)
    else:
        each = min(matches_per_candidate, roles)
        lines = scores.sparse(made.talents, made.places, len(FIELDS), each, seed)
    with (folder / "matches.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("candidate_id,role_id,score\n")
        file.writelines(lines)
    return candidates * (roles if density == "dense" else each)


def main() -> None:
    """Reads the command line and writes a set."""
    parser = argparse.ArgumentParser(prog="python -m sample.generator", description="Writes a record set.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--roles", type=int, default=1096)
    parser.add_argument("--candidates", type=int, default=2003)
    parser.add_argument("--companies", type=int, default=300)
    parser.add_argument("--density", choices=["sparse", "dense"], default="sparse")
    parser.add_argument("--matches-per-candidate", type=int, default=50)
    parser.add_argument("--scale", type=int, default=1, help="so many times the roles, candidates, companies")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=date.fromisoformat, default=datetime.now(UTC).date())
    options = vars(parser.parse_args())
    scale = options.pop("scale")
    for name in ("roles", "candidates", "companies"):
        options[name] *= scale
    folder = options.pop("folder")
    print(f"{write(folder, **options):,} matches in {folder}")  # noqa: T201


if __name__ == "__main__":
    main()
