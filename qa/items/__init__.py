"""Which items of a structure, how many, the largest, their sum: read from their fields, only where that is sure."""
