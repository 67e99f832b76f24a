"""The one error that people see: a Chinese sentence that says what is wrong and what to do."""


class UserError(Exception):
    """Input or surroundings that the program cannot work with (无法使用的输入).

    The message is one Chinese sentence for the user: it names the file (and sheet, cell or key where
    there is one), what is wrong and what to do. The command line prints it and exits with 2.
    """

    def __init__(self, sentence: str = "", *, in_window: str = "") -> None:
        """Say what is wrong.

        Args:
            sentence: the sentence.
            in_window: the sentence for a clerk at the window, where the other one names commands or options.
        """
        super().__init__(sentence)
        self.in_window = in_window or sentence


MESSAGE_FILE = "PERF_EXCEL_MESSAGE"
"""Environment variable: a file from which the macros of a workbook read complaints, in UTF-16."""
