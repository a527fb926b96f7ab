"""The folder of articles as its owner keeps it: files added, removed, restored, the index rebuilt."""
