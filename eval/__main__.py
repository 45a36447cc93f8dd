"""python -m eval COMMAND: numbers, each with its n."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from types import ModuleType
from typing import NamedTuple

from assistant import AssistantError, Library
from assistant.doors import Doors
from eval import (
    agreement,
    alterations,
    answers,
    cells,
    citing,
    closed,
    commands,
    dialogues,
    disagreements,
    layout,
    model,
    rescoring,
    retrieval,
    shelves,
    summaries,
    topics,
    typeset,
)
from eval.local import writer
from eval.sets import DATA, ROOT, SETS, available


class Command(NamedTuple):
    """``takes``: adds its arguments to a parser; ``does``: what it does with them."""

    name: str
    help: str
    takes: Callable[[ArgumentParser], object]
    does: Callable[[Namespace], object]


def main() -> None:
    parser = ArgumentParser(prog="python -m eval", description=__doc__)
    parsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        own = parsers.add_parser(command.name, help=command.help, description=command.help)
        command.takes(own)
        own.set_defaults(does=command.does)
    arguments = parser.parse_args()
    try:
        arguments.does(arguments)
    except AssistantError as error:
        raise SystemExit(str(error)) from error


# the older sets, and what is measured without questions


def _bench(given: Namespace) -> None:
    from eval.bench.run import RESULTS, run  # llama-index with it, which nothing else here needs

    report = run(given.n, given.quick)
    print(report.markdown())
    if given.out or not given.quick:
        report.write(given.out or RESULTS)


def _scale(given: Namespace) -> None:
    from eval.bench import scale
    from eval.bench.run import RESULTS

    every = not (given.papers or given.whole)
    print(scale.run(scale.SIZES if every else given.papers, given.out or RESULTS, given.whole or every))


def _served(given: Namespace) -> None:
    from eval.bench.served import lines  # a Chroma server with it

    print(*lines(given.n), sep="\n")


def _retrieval(given: Namespace) -> None:
    for name in ("corpus.jsonl", "queries.jsonl", f"qrels/{given.split}.tsv"):
        if not (given.folder / name).exists():
            raise SystemExit(f"{given.folder} is not in BEIR's layout: there is no {name}")
    print(*retrieval.lines(given.folder, given.split, given.library), sep="\n")
    if given.rescored:
        with Library.open(given.library) as library:
            print(*rescoring.lines(given.folder, given.split, library), sep="\n")


def _agreement(given: Namespace) -> None:
    try:
        rows = agreement.read(given.file)
    except (OSError, ValueError) as error:
        raise SystemExit(f"{given.file} cannot be compared with: {error}") from error
    if given.most:
        rows = Random(0).sample(rows, min(given.most, len(rows)))
    if given.model:
        with writer(given.model) as (config, name):
            found = agreement.agreement(rows, Doors(config).chat(name))
    else:
        found = agreement.agreement(rows)
    print(
        json.dumps([each.as_dict() for each in found])
        if given.json
        else "\n".join(each.line() for each in found)
    )


def _dialogues(given: Namespace) -> None:
    for name in [given.half] if given.half else dialogues.HALVES:
        found = dialogues.evaluate(name)
        print(found.line(name))
        if given.failures:
            print(*found.failures, sep="\n")


def _answers(given: Namespace) -> None:
    for name in given.sets:
        if name not in SETS or not available(name):
            raise SystemExit(
                f"{name}: no such set here; there are {', '.join(s for s in SETS if available(s))}"
            )
        scores = answers.evaluate(name, given.model)
        print(name, *scores.lines(), sep="\n  ")
        if given.failures:
            print(*scores.failures, sep="\n")


def _takes_answers(parser: ArgumentParser) -> None:
    parser.add_argument("sets", nargs="*", default=["digests-exam"], metavar="SET", help=", ".join(SETS))
    parser.add_argument("--model", help="let this model write the answers")
    parser.add_argument("--failures", action="store_true", help="list what went wrong")


def _takes_dialogues(parser: ArgumentParser) -> None:
    parser.add_argument("half", nargs="?", choices=dialogues.HALVES, help="by default both")
    parser.add_argument("--failures", action="store_true", help="list what went wrong")


def _takes_served(parser: ArgumentParser) -> None:
    parser.add_argument("-n", type=int, default=1000, help="papers")


def _takes_retrieval(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="test")
    parser.add_argument(
        "--library", help="where the corpus is, or will be, added; a folder, or chroma://host:port/NAME"
    )
    parser.add_argument(
        "--rescored",
        action="store_true",
        help="also what the nearest passages of the --library give alone, rescored",
    )


def _takes_agreement(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="JSON lines: question, claim, references, attribution_label")
    _takes_writer(parser, "a model that judges, too, beside people")
    parser.add_argument("--most", type=int, metavar="N", help="N rows, drawn at random, always the same")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _takes_bench(parser: ArgumentParser) -> None:
    parser.add_argument("-n", type=int, default=5, help="runs of each")
    parser.add_argument(
        "--quick", action="store_true", help="few papers, to try the benchmark itself; writes nothing"
    )
    parser.add_argument("--out", type=Path, help="where table, JSON and plot go (default: eval/results)")


def _takes_scale(parser: ArgumentParser) -> None:
    parser.add_argument(
        "papers", nargs="*", type=int, help="numbers of abstracts (default: 1000 10000 54166, and --whole)"
    )
    parser.add_argument("--whole", action="store_true", help="whole papers, too, or alone")
    parser.add_argument("--out", type=Path, help="where table and plot go (default: eval/results)")


def _takes_model(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="where llama-server and qwen.gguf are")
    parser.add_argument(
        "--sets", nargs="*", default=[], choices=model.SETS, metavar="SET", help="by default all"
    )
    parser.add_argument("--share", type=float, default=1.0, help="of the questions")
    parser.add_argument("--passages", type=int, default=5, help="that it is offered")


def _takes_telling(parser: ArgumentParser) -> None:
    parser.add_argument("--failures", action="store_true", help="list what went wrong")
    parser.add_argument("--write", action="store_true", help="to eval/results as well")


def _telling(file: str, told: Callable[[bool], str]) -> Callable[[Namespace], None]:
    def does(given: Namespace) -> None:
        said = told(given.failures)
        print(said)
        if given.write:
            (ROOT / "results" / file).write_text(f"{said}\n", encoding="utf-8")

    return does


def _takes_typeset(parser: ArgumentParser) -> None:
    _takes_telling(parser)
    parser.add_argument(
        "--tex", action="store_true", help="set by the TeX Live that is installed, not by our press"
    )
    parser.add_argument(
        "--scan", action="store_true", help="as a scanner gives them, with the words over a picture"
    )


def _typeset(given: Namespace) -> None:
    by_tex, scanned = (
        _telling("typeset-tex.txt", typeset.run_tex),
        _telling("typeset-scan.txt", typeset.run_scanned),
    )
    (by_tex if given.tex else scanned if given.scan else _telling("typeset.txt", typeset.run))(given)


def _takes_writer(parser: ArgumentParser, help: str) -> None:
    parser.add_argument(
        "--model", metavar="NAME", help=f"{help}: one that is configured, or the folder that make model fills"
    )


def _takes_half(halves: Sequence[str]) -> Callable[[ArgumentParser], None]:
    def takes(parser: ArgumentParser) -> None:
        parser.add_argument("half", nargs="?", choices=halves, help="by default all")
        parser.add_argument("--failures", action="store_true", help="list what went wrong")

    return takes


def _by_half(scored: ModuleType) -> Callable[[Namespace], None]:
    def does(given: Namespace) -> None:
        for half in [given.half] if given.half else scored.HALVES:
            print(half, scored.report(half, given.failures), sep="\n")

    return does


def _takes_cells(parser: ArgumentParser) -> None:
    _takes_half(cells.HALVES)(parser)
    _takes_writer(parser, "filled by this model")
    parser.add_argument("--most", type=int, default=10, metavar="N", help="papers that the model reads")


def _cells(given: Namespace) -> None:
    for half in [given.half] if given.half else cells.HALVES:
        print(half, cells.report(half, given.failures, given.model, given.most), sep="\n")


def _takes_summaries(parser: ArgumentParser) -> None:
    parser.add_argument("split", nargs="?", default="dev", choices=("dev", "test"))
    parser.add_argument("--library", type=Path, help="where the 40 papers are, or will be, added")
    parser.add_argument("--failures", action="store_true", help="list the facts that are lost")
    _takes_writer(parser, "a model that writes them, too")
    parser.add_argument("--most", type=int, metavar="N", help="papers of each kind")


def _summaries(given: Namespace) -> None:
    if not summaries.is_available():
        raise SystemExit(f"the papers are not here: {DATA}")
    print(*summaries.lines(given.split, given.library, given.failures, given.model, given.most), sep="\n")


def _takes_disagreements(parser: ArgumentParser) -> None:
    _takes_half(disagreements.HALVES)(parser)
    _takes_writer(parser, "found by this model")


def _disagreements(given: Namespace) -> None:
    for half in [given.half] if given.half else disagreements.HALVES:
        print(half, disagreements.report(half, given.failures, given.model), sep="\n")


def _takes_closed(parser: ArgumentParser) -> None:
    parser.add_argument(
        "suite", choices=list(shelves.shelves()), metavar="SUITE", help=", ".join(shelves.shelves())
    )
    _takes_writer(parser, "the model that is asked")
    parser.add_argument("--half", choices=("dev", "test"), help="ask this half of the suite alone")
    parser.add_argument("--draw", type=int, metavar="N", help="N cases, drawn at random, always the same")


def _closed(given: Namespace) -> None:
    if not given.model:
        raise SystemExit("name a model: --model NAME, or --model FOLDER")
    print(*closed.lines(given.suite, given.model, given.half, given.draw), sep="\n")


COMMANDS = (
    Command("run", "ask suites; what came of each case goes to eval/results", commands.takes_run, commands.run_),
    Command("compare", "two runs of a suite, case by case", commands.takes_two, commands.compare),
    Command("report", "a run as one HTML file", commands.takes_report, commands.report_),
    Command("gate", "whether answers fell below the baseline by more than chance", commands.takes_gate, commands.gate_),
    Command("adapt", "another's set as papers and a suite, or as judgements", commands.takes_adapt, commands.adapt),
    Command("answers", "answer the older question sets and score the answers", _takes_answers, _answers),
    Command("dialogues", "follow-ups: is the paper that they mean found", _takes_dialogues, _dialogues),
    Command("served", "what a library costs on a Chroma server, beside a folder", _takes_served, _served),
    Command("retrieval", "nDCG@10 and recall on a folder in BEIR's layout", _takes_retrieval, _retrieval),
    Command("agreement", "the support checker beside people's judgements", _takes_agreement, _agreement),
    Command("alterations", "the support checker on altered sentences and true paraphrases", _takes_telling,
            _telling("alterations.md", alterations.run)),
    Command("layout", "the PDF reader on papers with a publisher's record", _takes_telling,
            _telling("layout.txt", layout.run)),
    Command("typeset", "the PDF reader on known text that is set here in six layouts", _takes_typeset, _typeset),
    Command("citing", "check on sentences as related work has them, and on real manuscripts", _takes_telling,
            _telling("check.md", citing.run)),
    Command("cells", "the cells of compare, beside labels by hand", _takes_cells, _cells),
    Command("disagreements", "the pairs of disagree, planted and merely near", _takes_disagreements,
            _disagreements),
    Command("topics", "the papers that a topic takes in, beside labels by hand", _takes_half(topics.HALVES),
            _by_half(topics)),
    Command("summaries", "summaries beside the facts that they must hold, and baselines", _takes_summaries,
            _summaries),
    Command("closed", "a model's answers with the papers and without them", _takes_closed, _closed),
    Command("bench", "time the commands", _takes_bench, _bench),
    Command("scale", "the same costs at growing numbers of papers, beside two peers", _takes_scale, _scale),
    Command("model", "ask a real small language model, which make model fetches", _takes_model,
            lambda given: model.run(given.folder, given.sets, given.share, given.passages)),
)  # fmt: skip


if __name__ == "__main__":
    main()
