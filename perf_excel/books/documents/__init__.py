"""Documents (文档): reports in Word, PDF and plain text, read as paragraphs and tables."""
