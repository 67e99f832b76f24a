"""A workbook as a file: opened safely, read, edited in place, saved atomically, built and printed."""
