"""``assistant`` and ``python -m assistant``: the command line."""

import sys

_INTERRUPTED = 130


def main() -> None:
    """Ctrl-C while the command line is being loaded ends it as it does later: with 130, and no traceback."""
    try:
        from assistant.cli import main as command_line
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    command_line(prog_name="assistant")


if __name__ == "__main__":
    main()
