"""The door to a Chroma server: its collections over HTTP, every failure one line that names host and port.

It speaks the server's REST interface itself. Chroma's own client waits for ever for a server that does not answer,
takes half a second to import, and raises bare ``Exception`` for what a proxy says.
Every request may be sent twice without harm: an id that is there is not added again.
"""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

import httpx
import numpy as np

from assistant.address import Address
from assistant.errors import LibraryError
from assistant.types import Vectors

MOST = 300
"""Rows in one request, and in one reply: what Chroma Cloud allows. A server of one's own takes 5,461."""
_API = "/api/v2/tenants/default_tenant/databases/default_database/collections"
_CONNECT = 10.0
"""Seconds in which a server takes a call."""
_AGAIN = (0.2, 1.0)
"""Seconds before a request whose connection broke is sent again."""
_HERE = ("localhost", "127.0.0.1", "[::1]")
_LARGEST = 500_000_000
"""Bytes of a reply; that of the largest request of ours is a tenth."""


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    metadata: Mapping[str, Any]


class Server:
    """``token``: sent as a bearer's and as Chroma Cloud's; ``seconds``: what one request may take in all. Every method
    raises LibraryError."""

    def __init__(self, address: Address, token: str | None = None, seconds: float = 60.0) -> None:
        self.address = address
        self._seconds = seconds
        self._token = token
        try:
            self._client = httpx.Client(
                base_url=f"http{'s' * address.secure}://{address.place}",
                headers={"Authorization": f"Bearer {token}", "X-Chroma-Token": token} if token else {},
                timeout=httpx.Timeout(seconds, connect=min(_CONNECT, seconds)),
                mounts={f"all://{host}": None for host in _HERE},  # no proxy for this machine
            )
        except (
            ImportError,
            OSError,
            ValueError,
        ) as error:  # a proxy, certificate or token that it cannot use
            raise LibraryError(
                f"{address.place} cannot be reached as set up here ({type(error).__name__})"
            ) from error

    def close(self) -> None:
        self._client.close()

    def collection(self, name: str, space: str | None = None) -> "Collection | None":
        """The collection of this name, made if a ``space`` is given; None if there is none."""
        if space is None:
            found = self.call("GET", f"{_API}/{name}", missing=True)
        else:
            hnsw = {"space": space, "ef_construction": 128, "ef_search": 400}
            body = {"name": name, "get_or_create": True, "configuration": {"hnsw": hnsw}}
            found = self.call("POST", _API, body)
        with self.understood():
            return None if found is None else Collection(self, str(found["id"]))

    def delete(self, name: str) -> None:
        self.call("DELETE", f"{_API}/{name}", missing=True)

    def call(self, method: str, path: str, body: Any = None, missing: bool = False) -> Any:
        """The reply as JSON; None where there is no such thing and it may be ``missing``."""
        content = None if body is None else json.dumps(body).encode()
        for pause in (*_AGAIN, None):
            try:
                status, text = self._sent(method, path, content)
                break
            except httpx.TimeoutException as error:
                raise self._slow() from error
            except (httpx.TransportError, httpx.InvalidURL) as error:
                if pause is None or isinstance(error, httpx.InvalidURL):
                    raise LibraryError(
                        f"no Chroma server answers at {self.address.place} ({_one_line(error)}); start it, or name"
                        " another --library; what was stored is there when it is back"
                    ) from error
                sleep(pause)
        if status == 404 and missing:
            return None
        if status in (401, 403):
            raise LibraryError(
                f"the server at {self.address.place} refuses the token ({status}); put the right one into"
                " ASSISTANT_CHROMA_TOKEN"
            )
        if status >= 300:
            said = text.decode("utf-8", "replace").replace(self._token or "\0", "(the token)")
            raise LibraryError(f"the Chroma server at {self.address.place} says: {status} {_one_line(said)}")
        with self.understood():
            return json.loads(text)

    @contextmanager
    def understood(self) -> Iterator[None]:
        """What is read within of a reply may be of any form: who knows what answers."""
        try:
            yield
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise LibraryError(
                f"what answers at {self.address.place} is no Chroma server; see to host and port"
            ) from error

    def _sent(self, method: str, path: str, content: bytes | None) -> tuple[int, bytes]:
        """Status and text of a reply, which may not trickle in for ever."""
        until, text = monotonic() + self._seconds, bytearray()
        headers = {"Content-Type": "application/json"}
        with self._client.stream(method, path, content=content, headers=headers) as reply:
            for piece in reply.iter_bytes():
                text += piece
                if monotonic() > until:
                    raise self._slow()
                if len(text) > _LARGEST:
                    raise LibraryError(f"{self.address.place} sends more than {_LARGEST // 10**6} MB at once")
            return reply.status_code, bytes(text)

    def _slow(self) -> LibraryError:
        return LibraryError(
            f"the Chroma server at {self.address.place} did not answer within {self._seconds:g} seconds; try again, or"
            " allow more in assistant.toml: [server] timeout"
        )


class Collection:
    """Rows by id. Every method raises LibraryError."""

    def __init__(self, server: Server, name: str) -> None:
        self.id = name
        self._server = server

    def add(self, rows: Sequence[Row], vectors: Vectors) -> None:
        """What has an id that is there already stays as it is."""
        self._put("add", rows, vectors)

    def upsert(self, rows: Sequence[Row], vectors: Vectors) -> None:
        self._put("upsert", rows, vectors)

    def _put(self, how: str, rows: Sequence[Row], vectors: Vectors) -> None:
        for start in range(0, len(rows), MOST):
            part = rows[start : start + MOST]
            body = {
                "ids": [row.id for row in part],
                "embeddings": [_encoded(row) for row in vectors[start : start + MOST]],
                "metadatas": [dict(row.metadata) for row in part],
            }
            self._call(how, body)

    def count(self) -> int:
        with self._server.understood():
            return int(self._server.call("GET", f"{_API}/{self.id}/count"))

    def ids(self) -> Iterator[str]:
        for offset in range(0, self.count(), MOST):
            reply = self._call("get", {"limit": MOST, "offset": offset, "include": []})
            with self._server.understood():
                found = list(map(str, reply["ids"]))
            yield from found

    def rows(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Id → metadata of those that are there."""
        with self._server.understood():
            return {name: dict(row) for name, row in self._got(ids, "metadatas")}

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """Id → vector of those that are there, as they were put."""
        with self._server.understood():
            return {name: np.array(row, np.float32) for name, row in self._got(ids, "embeddings")}

    def _got(self, ids: Sequence[str], what: str) -> Iterator[tuple[str, Any]]:
        for start in range(0, len(ids), MOST):
            reply = self._call("get", {"ids": list(ids[start : start + MOST]), "include": [what]})
            yield from zip(map(str, reply["ids"]), reply[what], strict=True)

    def nearest(self, vector: Vectors, limit: int, where: Any = None) -> list[tuple[str, float]]:
        """(id, distance), the nearest first."""
        body = {"query_embeddings": [list(map(float, vector))], "n_results": limit, "include": ["distances"]}
        reply = self._call("query", body | ({"where": where} if where else {}))
        with self._server.understood():
            return [
                (str(name), float(distance))
                for name, distance in zip(reply["ids"][0], reply["distances"][0], strict=True)
            ]

    def delete(self, ids: Sequence[str], where: Any = None) -> None:
        for start in range(0, len(ids), MOST):
            part = {"ids": list(ids[start : start + MOST])}
            self._call("delete", part | ({"where": where} if where else {}))

    def _call(self, verb: str, body: Any) -> Any:
        return self._server.call("POST", f"{_API}/{self.id}/{verb}", body)


def _encoded(vector: Vectors) -> str:
    return base64.b64encode(vector.astype("<f4").tobytes()).decode()


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:200]
