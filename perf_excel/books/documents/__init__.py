"""Documents (文档): reports in Word, PDF and plain text as paragraphs, and the forms in them as tables."""
