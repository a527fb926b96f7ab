"""Language models, whoever serves them: named, asked within limits, and what can go wrong said in one line."""
