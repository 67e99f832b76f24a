"""Which cell of a sheet is what (版式识别): labels found, blocks delimited."""
