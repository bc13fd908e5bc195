"""What becomes of each number of a sheet: a figure, one that is left out, or one to be mended."""
