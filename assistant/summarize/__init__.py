"""Papers → Draft: a summary of one, a survey of several."""

from assistant.summarize.one import summary as summary
from assistant.summarize.wanted import LENGTHS as LENGTHS
from assistant.summarize.wanted import Wanted as Wanted
from assistant.summarize.wanted import words_of as words_of
