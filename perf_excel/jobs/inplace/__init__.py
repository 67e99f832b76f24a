"""What is done inside a workbook that is open in an application."""
