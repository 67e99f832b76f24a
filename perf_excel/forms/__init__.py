"""The form as immutable data, and the spellings of its values. Nothing here knows a cell or a rule."""
