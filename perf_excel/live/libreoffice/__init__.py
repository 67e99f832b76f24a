"""LibreOffice as an engine of xlwings, over UNO; it knows nothing of forms."""
