"""What a table's surroundings, its columns and its rows state of its numbers."""
