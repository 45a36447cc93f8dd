"""Which sentences can be shown alone."""

import pytest

from assistant.text.showable import is_readable


@pytest.mark.parametrize(
    "text",
    [
        "Otters keep light pebbles in their holts for years (31% of all).",
        "We compare 1) otters that dive at night, and 2) otters that sleep then.",
        "The weight of pebbles rose threefold in the second year of the count.",
        "Otters of the north were weighed as described in [4] and then set free.",
        "The otters of the north had left their holts by the following day.",
        "(2) We weigh the inner pebbles of each otter by the scale of the river.",
        "In the north, we weigh the pebbles that the otters of this river keep.",
        "Their pebbles are described by weight, colour and the river that they lay in.",
    ],
)
def test_prose(text: str) -> None:
    assert is_readable(text)


@pytest.mark.parametrize(
    "text",
    [
        "—Support for weighing and counting the pebbles of otters.",
        "⁶Diving times were measured for the otters of all seven rivers.",
        "The net sorts pebbles at a scale and addresses the per otter is 512 ).",
        "The net sorts pebbles (at a scale and addresses the otters of the north.",
        "The net [4, 5 sorts pebbles of the otters that live in the north.",
        "Code 1: Shortened implementation of the types that an otter uses.",
        "The aim of this paper on the otters of the north is twofold.",
        "Otters of the north can be told apart as follows from those in parks.",
        "More information about the otters of the north can be found in [4].",
        "The scales are those of the otters that were shown above in rivers.",
        "Its drawbacks are described in the first few sections of this paper.",
        "The otters of the north are weighed in the next section on pebbles.",
        "In this section, we weigh the otters of the north and their pebbles.",
        "All counts of this subsection are means over the otters of ten rivers.",
        "In Sections 5 and 6, we weigh the otters of the north and their pebbles.",
        "We say how otters of the north choose their pebbles in Section 3.3.3.",
        "Below we show how the otters of the north are weighed and counted.",
        "We'll now describe how the otters of the north are weighed and counted.",
        "The dashed line shows the weights of the otters of all seven rivers.",
        "We suggest the following traits by which otters of the north can be told.",
        "✝eⁿ ✆ Note that an otter can be of any weight in the rivers of the north.",
        "(2) Weigh the inner pebbles of each otter by the scale of the river.",
        "† Ada Brook and Per Lind are co-first authors of this study on otters.",
        "∗ Ada Brook and Per Lind made an equal contribution to this study.",
    ],
)
def test_what_needs_what_stands_around_it(text: str) -> None:
    assert not is_readable(text)
