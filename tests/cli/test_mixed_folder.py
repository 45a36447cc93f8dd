"""A folder as people have them: papers in every form, and what has gathered between them; each file has its fate."""

import io
import json
import os
import tarfile
from collections import Counter
from pathlib import Path

import pypdfium2

from tests import pdfs
from tests.cli.running import Run
from tests.cli.test_collection import document
from tests.read.test_office import EPUB, ODT, W, p, packed, word

PAGE = """<!DOCTYPE html><html><head><meta name="citation_title" content="{0} that climb at dusk">
<meta name="citation_author" content="Falk, Ida"><meta name="citation_doi" content="10.1000/{0}"></head><body><nav>
<a href="/">Sign in</a></nav><p>{0} climb stems at dusk to escape ground beetles, and we saw 300.</p></body></html>"""
JATS = """<article><front><article-meta><title-group><article-title>Newts in ponds</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Moor</surname><given-names>Iris</given-names></name>
</contrib></contrib-group><abstract><p>Newts leave ponds that fish enter.</p></abstract></article-meta></front>
<body><p>We counted newts in forty ponds.</p></body></article>"""
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Bats over warm lakes</title>
</titleStmt></fileDesc><profileDesc><abstract><p>Bats hunt over warm lakes.</p></abstract></profileDesc></teiHeader>
<text><body><div><head>Methods</head><p>We recorded calls of 140 bats.</p></div></body></text></TEI>"""
ACL = """<collection id="2001.lakes"><volume id="1"><meta><booktitle>Lakes</booktitle><year>2001</year></meta>
<paper id="1"><title>Words for water</title><author><first>Ole</first><last>Fjord</last></author>
<abstract>We list the words for water in nine languages.</abstract></paper></volume></collection>"""
LATEX = r"""\documentclass{article}\title{%s}\author{Iris Moor}\begin{document}\maketitle
\begin{abstract}%s\end{abstract}\section{Methods}\input{methods}\end{document}"""
PASA = [(18, "Pebbles in the dark"), (11, "Iris Moor and Ole Fjord"), (10, "arXiv:2501.10120v2 [cs.IR] 3 Jan 2025"),
        (10, "Otters find pebbles in the dark by touch, as forty nights of film show.")]  # fmt: skip
LISTED = [{"id": f"2503.1{n:04}", "title": title, "authors": "Bo Summer", "abstract": f"{title} are studied here."}
          for n, title in enumerate(("Reeds in wind", "Ice on bogs"))]  # fmt: skip
REFS = """@article{moor:25, title={{Pebbles} in the Dark}, author={Moor, Iris and Fjord, Ole}, year={2025},
 eprint={2501.10120}, archivePrefix={arXiv}}
@article{unread, title={What nobody has read}, author={Nobody, N.}, year={2001}}"""


def tar(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    return data.getvalue()


def scan(before: bytes | None = None) -> bytes:
    """A page that is a picture, behind those of another PDF."""
    document, data = pypdfium2.PdfDocument(before) if before else pypdfium2.PdfDocument.new(), io.BytesIO()
    image, bitmap = pypdfium2.PdfImage.new(document), pypdfium2.PdfBitmap.new_native(9, 9, 2)
    image.set_bitmap(bitmap)
    page = document.new_page(400, 400)
    page.insert_obj(image)
    page.gen_content()
    document.save(data)
    return data.getvalue()


def lines(records: list[dict[str, str]]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


DEPOSIT = """<doi_batch><body><journal><journal_article><titles><title>Ducks in rain</title></titles><contributors>
<person_name><given_name>Iris</given_name><surname>Moor</surname></person_name></contributors><doi_data>
<doi>10.1/ducks</doi></doi_data></journal_article></journal></body></doi_batch>"""

FILES: dict[str, tuple[bytes | str, str, list[str]]] = {
    # the content, the file's fate, and its papers
    "2501.10120v2.pdf": (pdfs.made([PASA]), "added", ["moor:25"]),
    "2501.10120v2 (1).pdf": (pdfs.made([PASA]), "added", ["moor:25"]),
    "scans/whole.pdf": (scan(), "failed: the PDF holds no text", []),
    "scans/half.pdf": (
        scan(pdfs.made([[(18, "Voles and moss"), (10, "Voles eat moss in winter, as their runs in the snow show.")]])),
        "added, but: page 2 holds no text", ["volesMoss"]),
    "form.pdf": (pdfs.made([[(9, "Name: __ Date: __")]]), "failed: the PDF holds no text", []),
    "login.pdf": (PAGE.format("Slugs"), "failed: a web page, not a PDF", []),
    "cut.pdf": (pdfs.made([PASA])[:300], "failed: not a readable PDF", []),
    "empty.txt": ("", "failed: the file is empty", []),
    "Snails.html": (PAGE.format("Snails"), "added", ["falkSnails"]),
    "Snails_files/frame.html": ("<html><body></body></html>", "", []),
    "Snails_files/style.css": ("a{}", "", []),
    "saved.txt": (PAGE.format("Worms"), "added", ["falkWorms"]),
    "abstract.txt": ("Ducks in rain\nIris Moor, Ole Fjord\n\nDucks rest when it rains.", "added", ["moorDucks"]),
    "notes/heron.md": (
        "---\ntitle: Herons and trout\nauthor: [Iris Moor]\nyear: 2017\n---\n\n# Notes\n\nHerons take trout of 30 cm.",
        "added", ["moor2017Herons"]),
    "README.md": ("# My papers\n\nThis folder holds papers.", "skipped: says what lies about it", []),
    "draft.docx": (packed(word(p("Otters at Rest", "Title"), p("Anna Brook", "Author"), p("They rest."))),
                   "added", ["brookOtters"]),
    "broken.docx": (packed({**word(p("Eels at Rest", "Title"), p("They rest.")), "word/footnotes.xml": f"<w:f {W}>"}),
                    "added, but: without word/footnotes.xml", ["eelsRest"]),
    "~$draft.docx": (b"\x05Anna" + bytes(150), "", []),
    "slides.odt": (packed({"content.xml": ODT}), "added", ["brookOtters"]),
    "book.epub": (packed(EPUB), "added, but: in/gone.xhtml is missing", ["brook2019Otters"]),
    "newts.nxml": (JATS, "added", ["moorNewts"]),
    "bats.tei.xml": (TEI, "added", ["batsWarm"]),
    "2001.lakes.xml": (ACL, "added", ["fjord2001Words"]),
    "deposit.xml": (DEPOSIT, "added", ["moorDucks"]),
    "drawing.xml": ("<svg/>", "skipped: XML of a kind that is not read", []),
    "listing.jsonl": (lines(LISTED[:1]) + '{"id": "x\n' + lines(LISTED[1:]), "added, but: line 2 is not JSON",
                      ["summerReeds", "summerIce"]),
    "paper/main.tex": (LATEX % ("Cranes in fog", "Cranes call more in fog."), "added", ["moorCranes"]),
    "paper/methods.tex": ("We heard nine cranes.", "skipped: read as a part of main.tex", []),
    "2305.03393.tar.gz": (
        tar({"a.tex": LATEX % ("Bitterns at night", "Bitterns boom."), "methods.tex": "By ear.", "readme.md": "# How"}),
        "added, but: not read of the files in it: 1 .md", ["moorBitterns"]),
    "supplement.zip": (packed({"a.md": "# Toads at roads\n\nIda Falk, Li Wei\n\nToads cross by night.", "b.bin": "x"}),
                       "added, but: not read of the files in it: 1 .bin", ["falkToads"]),
    "library.bib": ("@article{fjord99, title={Tides}, author={Fjord, Ole}, year={1999}, abstract={Tides turn twice.}}\n"
                    "@article{broken, title={", "added, but: ", ["fjord99"]),
    "export.ris": ("TY  - JOUR\nTI  - Moths and lamps\nAU  - Falk, Ida\nPY  - 2018\nDO  - 10.1000/moths\nER  - \n",
                   "added", ["falk2018Moths"]),
    "scopus.csv": ("Authors,Title,Year,DOI,Abstract\nFalk I.,Moths and lamps,2018,10.1000/moths,Moths circle lamps.\n",
                   "added", ["falk2018Moths"]),
    "counts.csv": ("depth,count\n1,12\n", "skipped: a table without a column for titles or abstracts", []),
    "gulls.tsv": ("title\tabstract\nGulls at tips\tGulls eat at tips.\n", "added", ["gullsTips"]),
    "zotero.json": (json.dumps([{"id": "1", "title": "Moths and lamps", "DOI": "10.1000/MOTHS"}]),
                    "added", ["falk2018Moths"]),
    "package.json": ('{"name": "x", "version": "1"}', "skipped: JSON without records of papers", []),
    "figure.png": (b"\x89PNG", "skipped: no reader for this kind of file", []),
    ".DS_Store": (b"x", "", []),
}  # fmt: skip


def written(folder: Path) -> None:
    for name, (content, _, _) in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def fate(file: dict[str, object]) -> str:
    told = "; ".join(file.get("warnings") or ())  # type: ignore[arg-type]
    return f"{file['state']}: {file['error']}" if file["error"] else f"{file['state']}, but: {told}"


def test_each_file_has_its_fate(own: Run) -> None:
    written(Path("mixed"))
    Path("refs.bib").write_text(REFS)
    added = document(own, "add", "mixed", "--bib", "refs.bib", code=1)
    found = {os.path.relpath(file["path"], "mixed"): file for file in added["files"]}
    assert found.pop("../refs.bib")["papers"] == ["moor:25"]
    assert found.pop("Snails_files")["state"] == "skipped"
    assert found.keys() == {name for name, (_, state, _) in FILES.items() if state}
    for name, file in found.items():
        _, state, keys = FILES[name]
        assert fate(file).startswith(state) and ("but" in state) == bool(file.get("warnings")), (
            name,
            fate(file),
        )
        assert file["papers"] == keys, name
    wanted = {key for _, _, keys in FILES.values() for key in keys}
    papers = {paper["key"]: paper for paper in document(own, "papers")}
    assert papers.keys() == wanted and added["papers_added"] == len(wanted)
    assert (papers["moorBitterns"]["arxiv"], papers["moor:25"]["arxiv"]) == ("2305.03393", "2501.10120")
    assert papers["moorDucks"]["doi"] == "10.1/ducks"
    told = own("add", "mixed", "--bib", "refs.bib").stdout.splitlines()
    n = Counter(file["state"] for file in added["files"])
    summed = f"{n.total()} files: {n['failed']} failed, {n['skipped']} skipped, {n['added']} unchanged"
    assert told[-1].startswith(summed)
    assert "skipped: 1 .png (figure.png): no reader for this kind of file" in told
    assert own("status", "--verify").exit_code == 0


def test_moved_deleted_and_mended_files(own: Run) -> None:
    written(Path("mixed"))
    document(own, "add", "mixed", code=1)
    Path("mixed/draft.docx").rename("mixed/notes/final.docx")
    Path("mixed/gulls.tsv").unlink()
    Path("mixed/README.md").write_text("# Rails in reeds\n\nIda Falk, Iris Moor\n\nRails hide in reeds.")
    Path("mixed/empty.txt").write_text("Teals at sea\nIda Falk, Iris Moor\n\nTeals rest at sea by day.")
    told = own("add", "mixed").stdout
    assert "draft.docx → " in told and "gulls.tsv) with 1 paper, kept until" in told
    keys = {paper["key"] for paper in document(own, "papers")}
    assert {"brookOtters", "gullsTips", "falkTeals"} <= keys and "falkRails" not in keys
    assert "(file is missing)" in " ".join(own("ask", "Where do gulls eat?").stdout.split())  # wrapped or not
    named = document(own, "add", "mixed/README.md", "--prune")
    assert named["files"][0]["papers"] == ["falkRails"]
    pruned = document(own, "add", "mixed", "--prune", "--retry", code=1)
    assert [os.path.basename(file["path"]) for file in pruned["pruned"]] == ["gulls.tsv"]
    keys = {paper["key"] for paper in document(own, "papers")}
    assert "gullsTips" not in keys and "falkRails" in keys
