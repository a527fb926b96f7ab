"""An answer as HTML and as plain text: its sentences, markers, sources, refusals, how it came about."""
