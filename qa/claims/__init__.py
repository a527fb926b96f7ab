"""What a sentence claims: numbers, dates, names, counts, made comparable however they are written."""
