"""The rules as worksheet formulas (公式), the same in Excel, WPS and LibreOffice."""
