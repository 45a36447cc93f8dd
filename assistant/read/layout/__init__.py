"""Pages of a PDF → a paper's text in reading order: characters → words → lines → kinds → text and its parts."""
