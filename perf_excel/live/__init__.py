"""A workbook open in an application (打开着的工作簿): Excel, WPS or LibreOffice, all spoken to by xlwings."""
