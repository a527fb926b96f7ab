"""What is searched: words by BM25, vectors by FAISS."""
