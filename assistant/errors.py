"""Every expected failure, as one line that says what to do next.

    AssistantError              exit 1
    ├── UsageError              exit 2: the request itself must change
    │   └── UnknownPaper        no paper has that key (the nearest keys are named)
    ├── ReadError               one file cannot be read; the others go on
    │   └── UnknownKind         no reader knows its kind, by its name or by its content
    ├── LibraryError            the library as a whole cannot serve this request
    │   ├── NoLibrary           nothing has been added here yet
    │   ├── LibraryLocked       another process is writing
    │   └── EmbedderMismatch    the vectors were made by another embedder
    ├── WeightsError            the local embedder's weights are absent or altered
    └── ModelError              the language model gave no usable answer
        ├── ModelUnreachable    no server answers at the address
        ├── ModelRefused        the server refuses the key or the request (401, 403, 404, 400)
        ├── ModelBusy           the server asks to wait (429)
        ├── ModelFailed         the server failed (5xx)
        ├── ModelContext        the request is longer than the model reads
        ├── ModelBudget         the next request could cost more than --max-cost allows
        └── ModelReply          the reply is not in the form that was asked for

Foreign exceptions are translated where they enter (with ``from``); what is not in this tree is a bug
and keeps its traceback.
"""


class AssistantError(Exception):
    """An expected failure; ``str(error)`` is the line shown to the user."""

    exit_code = 1


class UsageError(AssistantError):
    exit_code = 2


class UnknownPaper(UsageError):
    pass


class ReadError(AssistantError):
    pass


class UnknownKind(ReadError):
    pass


class LibraryError(AssistantError):
    pass


class NoLibrary(LibraryError):
    pass


class LibraryLocked(LibraryError):
    pass


class EmbedderMismatch(LibraryError):
    pass


class WeightsError(AssistantError):
    pass


class ModelError(AssistantError):
    pass


class ModelUnreachable(ModelError):
    pass


class ModelRefused(ModelError):
    pass


class ModelBusy(ModelError):
    pass


class ModelFailed(ModelError):
    pass


class ModelContext(ModelError):
    pass


class ModelBudget(ModelError):
    pass


class ModelReply(ModelError):
    pass
