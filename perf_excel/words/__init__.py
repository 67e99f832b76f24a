"""A report's text (报告文字): tied to what it speaks of and held against a form; or written from one."""
