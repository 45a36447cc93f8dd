"""python -m eval answers SET ... | retrieval DIR | agreement FILE | bench: each prints its numbers with their n."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from eval import agreement, answers, bench, retrieval
from eval.sets import SETS, available


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    asked = commands.add_parser("answers", help="answer question sets and score the answers")
    asked.add_argument("sets", nargs="*", default=["digests-exam"], metavar="SET", help=", ".join(SETS))
    asked.add_argument("--model", help="let this model write the answers")
    asked.add_argument("--failures", action="store_true", help="list what went wrong")
    found = commands.add_parser("retrieval", help="nDCG@10 and recall on a folder in BEIR's layout")
    found.add_argument("folder", type=Path)
    found.add_argument("--split", default="test")
    found.add_argument("--library", type=Path, help="where the corpus is, or will be, added")
    agreed = commands.add_parser("agreement", help="compare the support checker with people's judgements")
    agreed.add_argument("file", type=Path, help="JSON lines: question, claim, references, attribution_label")
    agreed.add_argument("--json", action="store_true", help="one JSON document")
    timed = commands.add_parser("bench", help="time the commands")
    timed.add_argument("-n", type=int, default=5, help="runs of each")
    arguments = parser.parse_args()
    if arguments.command == "answers":
        _answers(arguments.sets, arguments.model, arguments.failures)
    elif arguments.command == "retrieval":
        for leg, measures in retrieval.evaluate(arguments.folder, arguments.split, arguments.library).items():
            print(leg, " ".join(f"{name} {value:.4f}" for name, value in measures.items()))
    elif arguments.command == "agreement":
        _agreement(arguments.file, arguments.json)
    else:
        print("\n".join(bench.run(arguments.n)))


def _agreement(file: Path, as_json: bool) -> None:
    found = [asdict(each) for each in agreement.evaluate(file)]
    if as_json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name} {value}" for each in found for name, value in each.items()))


def _answers(names: list[str], model: str | None, failures: bool) -> None:
    for name in names:
        if name not in SETS or not available(name):
            raise SystemExit(
                f"{name}: no such set here; there are {', '.join(s for s in SETS if available(s))}"
            )
        scores = answers.evaluate(name, model)
        print(name, *scores.lines(), sep="\n  ")
        if failures:
            print(*scores.failures, sep="\n")


if __name__ == "__main__":
    main()
