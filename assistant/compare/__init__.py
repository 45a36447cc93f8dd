"""Papers → a table: a row a paper, a column an aspect, in each cell a value and the sentence that it stands in."""

from assistant.compare.aspects import ASPECTS as ASPECTS
from assistant.compare.table import compared as compared
