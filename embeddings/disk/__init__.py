"""Files that stay whole: written through, computed in place, read by several threads, by one writer."""
