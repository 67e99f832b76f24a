"""The one error that people see: a Chinese sentence that says what is wrong and what to do."""

import errno


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

_REASONS = {
    errno.ENOENT: "找不到", errno.ENOTDIR: "找不到", errno.EACCES: "没有权限", errno.EPERM: "没有权限",
    errno.EISDIR: "是文件夹", errno.ENAMETOOLONG: "名称太长", errno.ELOOP: "链接绕成了圈",
    errno.EMFILE: "打开的文件太多", errno.ENFILE: "打开的文件太多", errno.EIO: "磁盘读写出错",
    errno.ENOSPC: "磁盘空间不足", errno.ENOMEM: "内存不足", errno.ENOEXEC: "不是能运行的程序",
    errno.ETIMEDOUT: "等待超时", errno.EBUSY: "正被占用",
}  # fmt: skip


def reason_of(error: OSError) -> str:
    """Say in a few words why the system refused; in its own where they are not known here."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error) or "原因不明"
