"""The invented papers: as files, and questions with one clear answer."""

import json
from pathlib import Path

OTTERS = """\
How Deep Sea Otters Dive
Maria Lopez, John Smith

Sea otters dive for food along rocky coasts. We tagged 42 sea otters in Monterey Bay and recorded 3,100 dives.
The deepest dive of a sea otter reached 97 metres. Female otters dived less deep than male otters.
"""
BREAD = """\
Slow Fermentation of Rye Bread
Anna Berg, Tomas Novak

Rye bread is baked from dough that ferments for many hours. We compared 18 bakeries in Bohemia over one winter.
Slow fermentation lowered the fructan content of rye bread by 61%. Bakers who kept the dough cool used less salt.
"""
CLOCKS = """\
Pendulum Clocks at High Altitude
Hugo Brandt, Lena Fischer

Pendulum clocks lose time where gravity is weak. We carried six pendulum clocks up the Jungfrau railway.
At 3,454 metres each pendulum clock lost 28 seconds a day. A heavier bob did not change the loss.
"""
DATED = [
    {
        "_id": "a1",
        "title": "Honeybees Return by Polarised Light",
        "text": "Honeybees find the way home by the pattern of polarised light. We displaced 300 honeybees by two"
        " kilometres. Of the displaced honeybees 84% returned to the hive within an hour.",
        "authors": ["Ines Carvalho", "Jun Tanaka"],
        "year": 2019,
        "doi": "10.1234/bees",
        "venue": "Journal of Invented Zoology",
    },
    {
        "_id": "a2",
        "title": "Night Herons Hunt Under Street Lamps",
        "text": "Night herons gather where street lamps shine on canals. We counted herons under 55 street lamps in"
        " Utrecht. Herons caught 2.4 times as many fish under white lamps as under amber lamps.",
        "authors": ["Pieter de Vries"],
        "year": 2023,
    },
]
PAPERS = 5
DEPTH = "How deep was the deepest dive of a sea otter?"
FRUCTAN = "How much did slow fermentation lower the fructan content of rye bread?"
LOSS = "How many seconds a day did each pendulum clock lose?"
UNKNOWN = "Which qubits does the superconducting processor of Zurich entangle?"


def write_papers(folder: Path) -> Path:
    """Three text files and one of records."""
    folder.mkdir()
    for name, text in (("otters.txt", OTTERS), ("bread.txt", BREAD), ("clocks.txt", CLOCKS)):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "dated.jsonl").write_text("\n".join(map(json.dumps, DATED)), encoding="utf-8")
    return folder
