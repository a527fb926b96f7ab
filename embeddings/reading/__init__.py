"""A folder of files -> articles, and the files that can't be read with the reason why."""
