"""``assistant trust``."""

from pathlib import Path

import click

from assistant import trust as trusting
from assistant.cli.output import as_json, print_json
from assistant.config import FILE, config_folder
from assistant.show.plain import one_line


@click.command()
@as_json
def trust(json: bool) -> None:
    """Let this folder's assistant.toml name a server and a key.

    A file that came with a folder may be a stranger's: read it first. Until it is trusted, the server, key variable and
    models that it names are left out, and so is where to write, but for its own folder. When it is changed, it is to be
    trusted again. What stands in ~/.config/assistant/assistant.toml, or is named by --config, needs no trust.
    """
    file = Path(FILE)
    model = trusting.trust(file, config_folder())
    named = {
        "server": model.get("base_url"),
        "key_variable": model.get("key_variable"),
        "model": model.get("name"),
    }
    if json:
        print_json({"file": str(file.resolve()), **named})
    else:
        said = "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in named.items() if value)
        click.echo(one_line(f"trusted until it changes: {file.resolve()}{f' ({said})' * bool(said)}"))
