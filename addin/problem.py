"""The one error a clerk ever sees: a sentence that says what, where and what to do."""


class CannotUse(Exception):
    """The input cannot be used (exit code 2). Its text is one clear Chinese sentence."""


class WrongUsage(Exception):
    """The command was called wrongly (exit code 3). Its text is one clear Chinese sentence."""
