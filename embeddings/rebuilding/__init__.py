"""From prepared articles to a live snapshot: embedded, written aside, verified, swapped in."""
