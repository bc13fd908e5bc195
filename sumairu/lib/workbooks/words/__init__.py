"""What words, units, years and numerals mean. The room that knows Japanese."""
