"""Question and papers → what of it they hold: which is meant, what stands in none, whether it is another field's."""

from collections.abc import Sequence

from assistant.extract.candidates import Candidate
from assistant.extract.question import Question, name_keys, name_match
from assistant.extract.sides import SPOKEN
from assistant.text.terms import fold, tokens
from assistant.types import Paper, PaperCatalog, TokenEmbedder

OFF_TOPIC = 0.3
"""The cosine of the nearest sentence below which a question that names nothing in it is another field's: 94 % of 1,427
questions of another field lie there, 1.5 % of a library's own without names. Of sentences, as these are embedded on
this machine whatever embeds the passages."""
FEW = 2
"""Papers, of those found, that bear a name which decides between them; names that an answer may lack."""


def chosen(question: Question, near: Sequence[Candidate]) -> Candidate:
    """Retrieval's first paper, unless another bears more of the names that few of them bear."""
    deciding = [name for name in question.names if 0 < sum(each.bears(name) == 1.0 for each in near) <= FEW]
    return max(near, key=lambda each: sum(each.bears(name) == 1.0 for name in deciding))


def lacking(question: Question, cited: Sequence[Paper]) -> tuple[str, ...]:
    """The names of the question that stand nowhere in the papers cited, each with where it was looked for. None, if
    they are many: then the question is in a language that writes other words with capitals, too."""
    if not question.names:
        return ()
    texts = [" ".join([each.name, *each.authors, each.text]) for each in cited]
    held = [(name_keys(text), set(tokens(text)), fold(text)) for text in texts]
    absent = [name for name in question.names if max(name_match(name, *each) for each in held) < SPOKEN]
    where = ", ".join(each.key for each in cited)
    return tuple(f"{name} in {where}" for name in absent) if len(absent) <= FEW else ()


def off_topic(
    question: Question, near: Sequence[Candidate], catalog: PaperCatalog, embedder: TokenEmbedder
) -> bool:
    """Whether nothing found comes near the question, and it names nothing that stands there."""
    if any(each.bears(name) == 1.0 for each in near for name in question.names):
        return False
    vector = embedder.embed([question.text])[0]
    found = [
        catalog.sentence_vectors(each.paper.key, [sentence.number for sentence in each.sentences]) @ vector
        for each in near
    ]
    return max(float(cosines.max()) for cosines in found) < OFF_TOPIC
