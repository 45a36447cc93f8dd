"""``chat --list``, ``--find``, ``--export`` and ``--review``: conversations that are kept."""

from contextlib import closing
from datetime import datetime
from typing import Any

import click

from assistant.cli.output import print_json, window
from assistant.cli.session import opened
from assistant.config import Config
from assistant.show.plain import one_line


def show(config: Config, find: str | None, json: bool) -> None:
    """The conversations, or the turns that hold the words."""
    from assistant.store.sessions import Sessions

    with closing(Sessions(config.own(config.library))) as sessions:
        rows = found(sessions, find) if find else listed(sessions)
    if json:
        print_json(rows)
    elif rows:
        click.echo("\n".join(line for row in rows for line in session_lines(row)))
    else:
        nothing = (
            f"No turn holds {find!r}."
            if find
            else "No conversation is kept here yet; begin one with: assistant chat"
        )
        click.echo(nothing, err=True)


def listed(sessions: Any) -> list[dict[str, Any]]:
    return [
        {"id": kept.id, "last": kept.last, "started": kept.started, "turns": kept.turns, "title": kept.title}
        for kept in sessions.listed()
    ]


def found(sessions: Any, words: str) -> list[dict[str, Any]]:
    return [
        {"id": row.session, "turn": row.number, "last": row.at, "title": row.question, "text": row.text}
        for row in sessions.find(words)
    ]


def session_lines(row: dict[str, Any]) -> list[str]:
    from assistant.show.window import wrap

    count = (
        f"turn {row['turn']}" if "turn" in row else f"{row['turns']} turn{'s' if row['turns'] != 1 else ''}"
    )
    first = f"{row['id']}  {local(row['last'])}  {count:<9} "
    return wrap(one_line(row["title"]), window()[0], first, "    ")


def local(stamp: str) -> str:
    """A stored time as a clock here shows it."""
    return f"{datetime.fromisoformat(stamp).astimezone():%Y-%m-%d %H:%M}"


def export(config: Config, name: str, form: str) -> None:
    """A conversation on stdout, its citations verified again."""
    from assistant.chat import transcript
    from assistant.chat.journal import turns
    from assistant.store.sessions import Sessions

    with opened(config) as library, closing(Sessions(library.folder)) as sessions:
        rows = sessions.turns(sessions.named(name))
        found = turns(rows, library)
    title = f"{rows[0].question} ({local(rows[0].at)})"
    if form == "json":
        print_json(transcript.objects(found))
    else:
        click.echo((transcript.html if form == "html" else transcript.markdown)(found, title))


def review(config: Config, name: str, json: bool) -> None:
    """What a conversation asked, found and did not find."""
    from assistant.chat import review as look
    from assistant.chat.journal import turns
    from assistant.store.sessions import Sessions

    with opened(config) as library, closing(Sessions(library.folder)) as sessions:
        reviewed = look.review(turns(sessions.turns(sessions.named(name)), library), library)
    if json:
        print_json(look.as_dict(reviewed))
    else:
        click.echo(look.text(reviewed, *window()))
