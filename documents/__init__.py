"""One document of one format becomes lines of text: pages, office files, PDF, Markdown, subtitles."""
