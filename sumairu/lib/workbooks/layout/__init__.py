"""Where on a sheet the tables are: their header rows, label columns, pages. It sees types of cells and reads no word."""
