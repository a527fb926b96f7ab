"""Questions with known answers: read, asked and counted."""
