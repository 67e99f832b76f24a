"""The summary workbook (汇总): what units sent back, one sheet a module."""
