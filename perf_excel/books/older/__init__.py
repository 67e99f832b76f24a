"""Older workbook formats (.xls, .ods): only read, by other people's parsers in a confined child process."""
