"""The one error that people see: a Chinese sentence that says what is wrong and what to do."""


class UserError(Exception):
    """Input or surroundings that the program cannot work with (无法使用的输入).

    The message is one Chinese sentence for the user: it names the file (and sheet, cell or key where
    there is one), what is wrong and what to do. The command line prints it and exits with 2.
    """


MESSAGE_FILE = "PERF_EXCEL_MESSAGE"
"""Environment variable: a file from which the macros of a workbook read complaints, in UTF-16."""
