"""What a cell is at first sight."""

# The types of cells, one letter each: a row is a string, and the many rows of a table are few different strings.
BLANK, NUMBER, FAULT, MARK, TEXT, UNIT = " ", "n", "f", "m", "t", "u"
