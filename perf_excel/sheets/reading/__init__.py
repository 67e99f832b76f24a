"""A form (表单) read from a sheet whose layout was found."""
