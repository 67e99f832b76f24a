"""An .xlsx/.xlsm workbook by its bytes: parts, cells, edits; what is not edited keeps every byte."""
