"""`make bench`: prints figures; `make bench ARGS="planning launch"` prints some of them."""

from __future__ import annotations

import asyncio
import importlib
import sys
from pathlib import Path

PARTS = sorted({path.stem for path in Path(__file__).parent.glob("*.py")} - {"__init__", "__main__", "bare"})


def main() -> int:
    """Runs the parts named on the command line, or all; returns 2 for a part that there is not."""
    wanted = sys.argv[1:] or list(PARTS)
    unknown = [part for part in wanted if part not in PARTS]
    if unknown:
        print(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    for part in wanted:
        print(f"\n== {part} ==", flush=True)
        asyncio.run(importlib.import_module(f"tests.bench.{part}").main())
    return 0


if __name__ == "__main__":
    sys.exit(main())
