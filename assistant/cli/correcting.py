"""``assistant papers merge``, ``split`` and ``edit``: what was guessed wrong of a paper, mended for good."""

import re
from typing import TYPE_CHECKING

import click

from assistant.cli.output import as_json, print_json, window
from assistant.cli.session import opened
from assistant.config import Config

if TYPE_CHECKING:
    from assistant.types import FieldValue


@click.command()
@click.argument("keys", metavar="KEY KEY...", nargs=-1, required=True)
@as_json
@click.pass_obj
def merge(config: Config, keys: tuple[str, ...], json: bool) -> None:
    """Make one paper of several that are the same work. It stays so when their files are read again.

    \b
    assistant papers merge lezo liu2025Layer
    """
    with opened(config) as library:
        key = library.merge(keys)
    if json:
        print_json({"key": key, "merged": list(dict.fromkeys(keys))})
    else:
        click.echo(f"{', '.join(dict.fromkeys(keys))} are one paper: {key}")


@click.command()
@click.argument("key")
@as_json
@click.pass_obj
def split(config: Config, key: str, json: bool) -> None:
    """Make a paper of each source of the paper KEY.

    For sources that are not the same work. It stays so when their files are read again.
    """
    with opened(config) as library:
        keys = library.split(key)
    if json:
        print_json({"key": key, "papers": keys})
    else:
        click.echo(f"{key} is split: {', '.join(keys)}")


@click.command()
@click.argument("key")
@click.argument("fields", metavar="FIELD=VALUE...", nargs=-1, required=True)
@as_json
@click.pass_obj
def edit(config: Config, key: str, fields: tuple[str, ...], json: bool) -> None:
    """Set what the paper KEY is called.

    Fields are title, authors (between semicolons), year, venue, doi, arxiv and url. It stays so when its files are
    read again; nothing behind the = takes it back.

    \b
    assistant papers edit lezo title="Layer-wise sparsity" authors="Ann Berg; Li Wei" year=2025
    assistant papers edit lezo year=
    """
    from assistant.show import collection as listing
    from assistant.show.as_json import origins_dict, paper_dict

    with opened(config) as library:
        paper = library.edit(key, dict(map(_field, fields)))
        origins, passages = library.origins(paper.key), library.passage_counts()[paper.key]
    if json:
        print_json(paper_dict(paper, passages, full=False) | origins_dict(origins))
    else:
        click.echo(listing.facts(paper, passages, *window(), origins=origins))


def _field(word: str) -> "tuple[str, FieldValue | None]":
    name, is_given, value = word.partition("=")
    value = " ".join(value.split())
    if not is_given:
        raise click.UsageError(f"{word!r} sets nothing; write {word}=VALUE.")
    if not value:
        return name, None
    if name == "authors":
        return name, tuple(filter(None, map(str.strip, value.split(";")))) or None
    if name == "year":
        if not re.fullmatch(r"[1-9]\d{3}", value):
            raise click.UsageError(f"{value!r} is no year; write four digits.")
        return name, int(value)
    return name, value
