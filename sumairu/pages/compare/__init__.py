"""Towns, programmes, offices or years side by side, as an address asks: rows of what is said of each, and how they differ."""
