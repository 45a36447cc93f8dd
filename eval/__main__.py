"""python -m eval run SUITE | compare A B | answers SET ... | dialogues | retrieval DIR | agreement FILE | alterations
| citing | layout | typeset | summaries | bench | model DIR: numbers, each with its n."""

import argparse
import json
import sys
from pathlib import Path

from eval import (
    agreement,
    alterations,
    answers,
    citing,
    dialogues,
    layout,
    model,
    retrieval,
    run,
    suite,
    summaries,
    typeset,
)
from eval.sets import DATA, ROOT, SETS, available


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    whole = commands.add_parser("run", help="ask a suite; the outcome of each case goes to eval/results")
    whole.add_argument(
        "suite", nargs="?", default="papers", choices=[p.stem for p in suite.FOLDER.glob("*.jsonl")]
    )
    whole.add_argument("--model", help="let this model write the answers")
    beside = commands.add_parser("compare", help="two runs of a suite, case by case")
    beside.add_argument("before", type=Path)
    beside.add_argument("after", type=Path)
    asked = commands.add_parser("answers", help="answer question sets and score the answers")
    asked.add_argument("sets", nargs="*", default=["digests-exam"], metavar="SET", help=", ".join(SETS))
    asked.add_argument("--model", help="let this model write the answers")
    asked.add_argument("--failures", action="store_true", help="list what went wrong")
    talked = commands.add_parser("dialogues", help="follow-ups: is the paper that they mean found")
    talked.add_argument("half", nargs="?", choices=dialogues.HALVES, help="by default both")
    talked.add_argument("--failures", action="store_true", help="list what went wrong")
    found = commands.add_parser("retrieval", help="nDCG@10 and recall on a folder in BEIR's layout")
    found.add_argument("folder", type=Path)
    found.add_argument("--split", default="test")
    found.add_argument("--library", type=Path, help="where the corpus is, or will be, added")
    agreed = commands.add_parser("agreement", help="the support checker beside people's judgements")
    agreed.add_argument("file", type=Path, help="JSON lines: question, claim, references, attribution_label")
    agreed.add_argument("--json", action="store_true", help="print one JSON document")
    for name, said in (
        ("alterations", "the support checker on altered sentences and true paraphrases"),
        ("layout", "the PDF reader on papers with a publisher's record"),
        ("typeset", "the PDF reader on known text that is set here in six layouts"),
        ("citing", "check on sentences as related work has them, and on real manuscripts"),
    ):
        told = commands.add_parser(name, help=said)
        told.add_argument("--failures", action="store_true", help="list what went wrong")
        told.add_argument("--write", action="store_true", help="to eval/results as well")
    short = commands.add_parser(
        "summaries", help="summaries beside the facts that they must hold, and baselines"
    )
    short.add_argument("split", nargs="?", default="dev", choices=("dev", "test"))
    short.add_argument("--library", type=Path, help="where the 40 papers are, or will be, added")
    short.add_argument("--failures", action="store_true", help="list the facts that are lost")
    timed = commands.add_parser("bench", help="time the commands")
    timed.add_argument("-n", type=int, default=5, help="runs of each")
    timed.add_argument(
        "--quick", action="store_true", help="few papers, to try the benchmark itself; writes nothing"
    )
    timed.add_argument("--out", type=Path, help="where table, JSON and plot go (default: eval/results)")
    small = commands.add_parser("model", help="ask a real small language model, which make model fetches")
    small.add_argument("folder", type=Path, help="where llama-server and qwen.gguf are")
    small.add_argument(
        "--sets", nargs="*", default=[], choices=model.SETS, metavar="SET", help="by default all"
    )
    small.add_argument("--share", type=float, default=1.0, help="of the questions")
    small.add_argument("--passages", type=int, default=5, help="that it is offered")
    arguments = parser.parse_args()
    if arguments.command == "run":
        _run(arguments.suite, arguments.model)
    elif arguments.command == "compare":
        print(run.compared(run.load(arguments.before), run.load(arguments.after)))
    elif arguments.command == "answers":
        _answers(arguments.sets, arguments.model, arguments.failures)
    elif arguments.command == "dialogues":
        _dialogues([arguments.half] if arguments.half else list(dialogues.HALVES), arguments.failures)
    elif arguments.command == "retrieval":
        _retrieval(arguments.folder, arguments.split, arguments.library)
    elif arguments.command == "agreement":
        _agreement(arguments.file, arguments.json)
    elif arguments.command == "alterations":
        _told("alterations.md", alterations.run(arguments.failures), arguments.write)
    elif arguments.command == "layout":
        _told("layout.txt", layout.run(arguments.failures), arguments.write)
    elif arguments.command == "typeset":
        _told("typeset.txt", typeset.run(arguments.failures), arguments.write)
    elif arguments.command == "citing":
        _told("check.md", citing.run(arguments.failures), arguments.write)
    elif arguments.command == "summaries":
        if not summaries.is_available():
            raise SystemExit(f"the papers are not here: {DATA}")
        print(*summaries.lines(arguments.split, arguments.library, arguments.failures), sep="\n")
    elif arguments.command == "model":
        model.run(arguments.folder, arguments.sets, arguments.share, arguments.passages)
    else:
        _bench(arguments.n, arguments.quick, arguments.out)


def _run(name: str, model: str | None) -> None:
    if not suite.is_available():
        raise SystemExit(f"the papers of {name} are not here: {suite.DATA}")
    found = []
    for each in run.outcomes(name, model):
        found.append(each)
        if sys.stderr.isatty():
            print(f"\r{len(found)} asked", end="", file=sys.stderr)
    print(run.table(found))
    print(f"\n{run.save(name, found)}")


def _told(name: str, report: str, write: bool) -> None:
    print(report)
    if write:
        (ROOT / "results" / name).write_text(f"{report}\n", encoding="utf-8")


def _bench(n: int, quick: bool, out: Path | None) -> None:
    from eval.bench.run import RESULTS, run  # llama-index with it, which nothing else here needs

    report = run(n, quick)
    print(report.markdown())
    if out or not quick:
        report.write(out or RESULTS)


def _retrieval(folder: Path, split: str, library: Path | None) -> None:
    for name in ("corpus.jsonl", "queries.jsonl", f"qrels/{split}.tsv"):
        if not (folder / name).exists():
            raise SystemExit(f"{folder} is not in BEIR's layout: there is no {name}")
    print(*retrieval.lines(folder, split, library), sep="\n")


def _agreement(file: Path, as_json: bool) -> None:
    try:
        found = agreement.agreement(agreement.read(file))
    except (OSError, ValueError) as error:
        raise SystemExit(f"{file} cannot be compared with: {error}") from error
    print(
        json.dumps([each.as_dict() for each in found])
        if as_json
        else "\n".join(each.line() for each in found)
    )


def _dialogues(halves: list[str], failures: bool) -> None:
    for name in halves:
        found = dialogues.evaluate(name)
        print(found.line(name))
        if failures:
            print(*found.failures, sep="\n")


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
