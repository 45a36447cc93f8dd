"""Answer → text, Markdown, JSON, HTML, BibTeX: one module a format, pure functions, no trailing newline."""
