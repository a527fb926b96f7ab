"""A snapshot's passages in a Milvus server instead of files."""
