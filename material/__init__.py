"""Questions, texts and corpora that training and benchmarks share; it imports neither."""
