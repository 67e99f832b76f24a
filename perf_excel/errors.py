"""The one error that people see: a Chinese sentence that says what is wrong and what to do."""


class UserError(Exception):
    """Input or surroundings that the program cannot work with (无法使用的输入).

    The message is one Chinese sentence for the user: it names the file (and sheet, cell or key where
    there is one), what is wrong and what to do. The command line prints it and exits with 2.
    """

    def __init__(self, sentence: str = "", *, by_command: str = "", by_hand: str = "") -> None:
        """Make the sentence.

        Args:
            sentence: what is wrong, and what to do wherever one is.
            by_command: how it goes on where what to do is to give an option or another command.
            by_hand: how it goes on in the window, which has neither.
        """
        super().__init__(sentence + by_command)
        self.in_window = sentence + by_hand
        """The sentence for who has fields and buttons."""


MESSAGE_FILE = "PERF_EXCEL_MESSAGE"
"""Environment variable: a file from which the macros of a workbook read complaints, in UTF-16."""
