"""Whether the sources bear out a sentence of a reply, and which of their characters do."""
