"""A file becomes grids of typed cells. This room knows the formats of spreadsheets, and not one word of what they say."""
