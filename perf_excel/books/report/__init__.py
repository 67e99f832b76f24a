"""The report as a Word document (.docx): from a template and facts, and brought up to date (报告文档)."""
