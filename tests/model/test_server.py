"""Where the model is and which key goes there; what is shown when nobody is there."""

import openai
import pytest

from assistant.config import ModelConfig
from assistant.errors import ModelError, ModelRefused, ModelUnreachable
from assistant.model import OpenAIChat, OpenAIEmbeddings
from assistant.model.server import OPENAI, Server, find_server
from tests.model.asking import KEY, MESSAGES, SCHEMA, asked, refused
from tests.scripted_server import ScriptedServer, embedding, failing, saying

CLOSED = "http://127.0.0.1:9/v1"
HERE = "http://localhost:1/v1"


@pytest.mark.parametrize("key", [None, "", " \n"])
def test_a_local_server_needs_no_key(environment: pytest.MonkeyPatch, key: str | None) -> None:
    if key is not None:
        environment.setenv("OPENAI_API_KEY", key)
    with ScriptedServer(saying("yes")) as server:
        environment.setenv("OPENAI_BASE_URL", server.url)
        assert OpenAIChat("scripted").complete(MESSAGES, SCHEMA).text == "yes"


@pytest.mark.parametrize("url", [None, ""])
def test_without_key_and_address_it_says_what_to_set(
    environment: pytest.MonkeyPatch, url: str | None
) -> None:
    if url is not None:
        environment.setenv("OPENAI_BASE_URL", url)
    with pytest.raises(ModelRefused, match="set OPENAI_API_KEY, or OPENAI_BASE_URL"):
        OpenAIChat("scripted").complete(MESSAGES, SCHEMA)
    with pytest.raises(ModelRefused, match="set MY_KEY, or OPENAI_BASE_URL"):
        find_server(ModelConfig(key_variable="MY_KEY"))


def test_who_names_the_address_names_the_key(environment: pytest.MonkeyPatch) -> None:
    """No key goes to a server that it was not meant for."""
    environment.setenv("OPENAI_API_KEY", "for-openai")
    environment.setenv("MY_KEY", "for-mine")
    named = ModelConfig(base_url=HERE, key_variable="MY_KEY")

    def found(settings: ModelConfig) -> tuple[str, str | None]:
        server = find_server(settings)
        return server.url, server.key

    assert found(ModelConfig()) == (OPENAI, "for-openai")
    assert found(ModelConfig(key_variable="MY_KEY")) == (OPENAI, "for-mine")
    assert found(ModelConfig(base_url=HERE)) == (HERE, None)
    assert found(named) == (HERE, "for-mine")
    environment.setenv("OPENAI_BASE_URL", CLOSED)
    assert found(ModelConfig()) == (CLOSED, "for-openai")
    assert found(named) == (CLOSED, "for-openai")
    assert found(ModelConfig(key_variable="MY_KEY")) == (CLOSED, "for-mine")


def test_a_key_from_a_file_may_end_its_line(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("OPENAI_API_KEY", KEY + "\r\n")
    with ScriptedServer(saying("yes")) as server:
        environment.setenv("OPENAI_BASE_URL", server.url)
        OpenAIChat("scripted").complete(MESSAGES, SCHEMA)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("key", [f"“{KEY}”", f"{KEY}\n{KEY}", f"{KEY}é"])
def test_a_key_that_no_header_can_carry_is_not_shown(environment: pytest.MonkeyPatch, key: str) -> None:
    environment.setenv("OPENAI_API_KEY", key)
    with pytest.raises(ModelRefused, match="OPENAI_API_KEY holds") as caught:
        find_server(ModelConfig())
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_a_server_that_repeats_the_key_does_not_get_it_printed(
    environment: pytest.MonkeyPatch, status: int
) -> None:
    environment.setenv("OPENAI_API_KEY", KEY)
    script = failing(status, f"Incorrect API key: {KEY}\n\x1b[2J" + "and so on " * 100)
    with ScriptedServer(script) as server, pytest.raises(ModelError) as caught:
        environment.setenv("OPENAI_BASE_URL", server.url)
        chat = OpenAIChat("scripted", ModelConfig(retries=0))
        chat.complete(MESSAGES, SCHEMA)
    line = str(caught.value)
    assert line.isprintable() and len(line) < 450
    assert KEY not in line + repr(caught.value) + repr(chat) + repr(chat._connection.server)


def test_a_key_too_short_to_be_a_secret_leaves_words_whole() -> None:
    assert Server(HERE, "", "", "e").quoted("the red key") == "the red key"
    assert Server(HERE, "", "", KEY).quoted(f"the {KEY} key") == "the [key] key"


@pytest.mark.parametrize(
    "url", ["localhost:8000/v1", "ftp://host", "http://", "http://[bad", "http://a..b", "http://h/\x01", "v1"]
)
def test_an_address_that_is_none_is_said_to_be(environment: pytest.MonkeyPatch, url: str) -> None:
    with pytest.raises(ModelUnreachable, match=r"base_url in assistant\.toml is no address"):
        find_server(ModelConfig(base_url=url))
    environment.setenv("OPENAI_BASE_URL", url)
    with pytest.raises(ModelUnreachable, match="OPENAI_BASE_URL is no address"):
        find_server(ModelConfig())


def test_no_server_names_the_host_without_credentials() -> None:
    with pytest.raises(ModelUnreachable) as caught:
        asked("http://ada:secret@127.0.0.1:9/v1?token=secret")
    assert "no server answers at 127.0.0.1:9 (" in str(caught.value)
    assert "ada" not in str(caught.value) and "secret" not in str(caught.value)
    assert isinstance(caught.value.__cause__, openai.APIConnectionError)


def test_a_proxy_that_cannot_be_used_is_one_line(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ALL_PROXY", "socks9://127.0.0.1:1")
    with pytest.raises(ModelUnreachable, match="cannot be reached as set up here"):
        asked(CLOSED)


def test_no_proxy_is_asked_for_this_machine(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("NO_PROXY")
    environment.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with ScriptedServer(saying("yes")) as server:
        assert asked(server.url)[0].text == "yes"
        assert asked(server.url.replace("127.0.0.1", "localhost"))[0].text == "yes"


# --- redirects -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_what_a_server_passes_on_to_another_is_not_sent_there(status: int, stream: bool) -> None:
    """Another port is another server: 307 and 308 would hand it the passages, the others the address alone."""
    with ScriptedServer(saying("yes")) as other:
        error = refused(failing(status, location=f"{other.url}/chat/completions"), stream, retries=2)
        assert type(error) is ModelRefused
        assert f"passes requests on to http://{other.address}/, which was not named" in str(error)
        assert "name it in base_url in assistant.toml" in str(error)
        assert not other.requests and not other.reached.is_set()


def test_no_embeddings_are_asked_of_another_server_either() -> None:
    with ScriptedServer(embedding) as other:
        with ScriptedServer(failing(307, location=f"{other.url}/embeddings")) as server:
            model = OpenAIEmbeddings("scripted", ModelConfig(base_url=server.url, retries=0))
            with pytest.raises(ModelRefused, match="passes requests on to"):
                model.vectors(["otters"])
        assert not other.reached.is_set()


def test_a_server_may_point_to_another_place_of_its_own() -> None:
    with ScriptedServer(failing(307, location="/v2/chat/completions"), saying("yes")) as server:
        assert asked(server.url)[0].text == "yes"
    assert [request.path for request in server.requests] == ["/v1/chat/completions", "/v2/chat/completions"]
