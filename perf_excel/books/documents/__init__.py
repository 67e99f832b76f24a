"""Documents (文档): the tables and the text of Word and PDF files."""
