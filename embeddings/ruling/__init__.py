"""Lines drawn on a PDF's page -> the grids of cells that they rule."""
