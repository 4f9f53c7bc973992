"""The long runs, outside pytest: `python3 run.py` starts them as `fuzz`, `soak` and `pdfua`.

python tests/trust/long.py fuzz [CASES] [SEED] [TARGET...]
python tests/trust/long.py soak [EVENTS] [SEED]
python tests/trust/long.py kill [TIMES] [SEED] [KIND...]
python tests/trust/long.py pdfua [WORD...]
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Starts one of them; gives back the exit code."""
    sys.path.insert(0, str(ROOT))
    numbers = [int(one) for one in arguments[1:] if one.isdigit()]
    names = [one for one in arguments[1:] if not one.isdigit()]
    count, seed = (*numbers[:2], *(0, 0)[len(numbers[:2]) :])
    if arguments[:1] == ["fuzz"]:
        from tests.trust import fuzzing

        return fuzzing.main(count or 100_000, seed or 1, names)
    if arguments[:1] == ["kill"]:
        from tests.trust import killing

        return killing.main(count or 1000, seed or 1, names)
    if arguments[:1] == ["soak"]:
        from tests.trust import monkey

        return monkey.main(count or 20_000, seed or 1)
    if arguments[:1] == ["pdfua"]:
        from tests.core.handout import verapdf

        return verapdf.main(names)
    sys.stderr.write("Say fuzz, soak, kill or pdfua.\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
