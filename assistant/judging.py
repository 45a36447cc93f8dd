"""Does the evidence support the claim? The checker behind every answer, as a function of its own."""

from collections.abc import Iterable, Sequence
from functools import cache

from assistant.config import Config
from assistant.embed.cached import CachedEmbedder
from assistant.embed.minilm import MiniLM
from assistant.embed.reader import PairReader
from assistant.judge.judge import BALANCED, SupportChecker
from assistant.types import Evidence, Judgement


def support(
    claim: str, evidence: str | Sequence[str], question: str = "", config: Config | None = None
) -> Judgement:
    """Whether ``evidence``, a text or several in any order, says what ``claim`` says, by the verdict that agrees
    with people most often (``--strict`` asks for more); ``question``: what the claim answers, if
    anything. Raises WeightsError.

    >>> support("Aspirin reduces stroke.", "Aspirin reduced stroke in 400 patients.").verdict  # doctest: +SKIP
    'supported'
    """
    return support_many([(claim, evidence, question)], config)[0]


def support_many(
    cases: Iterable[tuple[str, str | Sequence[str], str]], config: Config | None = None
) -> list[Judgement]:
    """As ``support`` for each (claim, evidence, question), faster than one by one. Raises WeightsError."""
    texts = [
        (claim, Evidence((found,) if isinstance(found, str) else tuple(found)), question)
        for claim, found, question in cases
    ]
    return _checker(config or Config()).judge_many(texts)


@cache
def _checker(config: Config) -> SupportChecker:
    model = MiniLM(config.weights, config.cache, config.threads)
    return SupportChecker(CachedEmbedder(model), BALANCED, PairReader(model.weights))
