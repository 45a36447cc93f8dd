"""One work is one paper, from the command line: told, mended, and kept so."""

from pathlib import Path

from tests.cli.running import Run
from tests.cli.test_collection import document

NOTE = (
    "# Pebbles of the otter\n\nAnn Berg, Li Wei\n\nOtters sort pebbles by weight before they crack a shell."
)
BIB = """@article{berg:21, title={Pebbles of the Otter}, author={Berg, Anna and Wei, Li}, year={2021},
 journal={J. Otters}}
@article{none, title={Badgers that nobody has read about}, author={Nobody, N.}, year={2020}}
"""


def keys(run: Run) -> list[str]:
    return sorted(paper["key"] for paper in document(run, "papers"))


def test_a_bibliography_tells_of_the_papers_and_adds_none(own: Run) -> None:
    Path("notes").mkdir()
    Path("notes/a.md").write_text(NOTE)
    Path("refs.bib").write_text(BIB)
    document(own, "add", "notes")
    assert keys(own) == ["bergPebbles"]
    added = document(own, "add", "--bib", "refs.bib")
    assert (added["papers_added"], added["passages"], added["files"][0]["papers"]) == (0, 0, ["berg:21"])
    assert keys(own) == ["berg:21"]
    again = document(own, "add", "notes", "--bib", "refs.bib")
    assert {file["state"] for file in again["files"]} == {"unchanged"} and again["papers_updated"] == 0
    shown = document(own, "papers", "show", "bergPebbles")
    assert (shown["key"], shown["year"], shown["venue"]) == ("berg:21", 2021, "J. Otters")
    assert shown["fields"]["year"]["source"].endswith("refs.bib") and shown["file"].endswith("a.md")
    told = own("papers", "show", "berg:21").stdout
    assert "refs.bib · berg:21: title, authors, year, venue" in told.replace("\n         ", " ")
    assert (
        document(own, "ask", "--paper", "berg:21", "What do otters sort?")["references"][0]["key"]
        == "berg:21"
    )
    added = document(own, "add", "refs.bib")
    assert added["papers_added"] == 1 and keys(own) == ["berg:21", "none"]


def test_what_was_guessed_wrong_is_mended(own: Run) -> None:
    Path("notes").mkdir()
    Path("notes/a.md").write_text(NOTE)
    Path("notes/refs.bib").write_text(BIB)
    document(own, "add", "notes")
    assert keys(own) == ["berg:21", "none"]
    edited = document(own, "papers", "edit", "berg:21", "year=2022", "authors=A B; C D", "venue=")
    assert (edited["year"], edited["authors"], edited["venue"]) == (2022, ["A B", "C D"], "J. Otters")
    assert edited["fields"]["year"]["source"] is None
    assert edited["fields"]["year"]["conflicts"][0]["value"] == 2021
    assert document(own, "papers", "split", "berg:21")["papers"] == ["bergPebbles", "berg:21"]
    Path("notes/a.md").write_text(NOTE + " They carry three at a time.")
    document(own, "add", "notes")
    own("reindex")
    assert keys(own) == ["berg:21", "bergPebbles", "none"]
    assert document(own, "papers", "show", "bergPebbles")["year"] == 2022
    assert document(own, "papers", "merge", "bergPebbles", "berg:21")["key"] == "berg:21"
    assert keys(own) == ["berg:21", "none"]
    assert own("status", "--verify").exit_code == 0


def test_what_cannot_be_done_is_told(own: Run) -> None:
    Path("a.md").write_text(NOTE)
    document(own, "add", "a.md")
    for words, told in [
        (("papers", "merge", "bergPebbles", "bergPebbles"), "is one paper already"),
        (("papers", "split", "bergPebbles"), "has one source"),
        (("papers", "edit", "bergPebbles", "colour=red"), "no field is called colour"),
        (("papers", "edit", "bergPebbles", "year=soon"), "'soon' is no year"),
        (("papers", "edit", "bergPebbles", "title"), "write title=VALUE"),
        (("papers", "edit", "nobody", "year=2020"), "no paper has the key 'nobody'"),
        (("add",), "name a file or a folder"),
        (("add", "--bib", "none.bib"), "does not exist"),
    ]:
        result = own(*words)
        assert result.exit_code == 2 and told in result.stderr, words
