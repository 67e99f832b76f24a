"""The form as immutable data, and the spellings of its values."""
