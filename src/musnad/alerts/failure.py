"""Why something was not delivered."""

from __future__ import annotations


class Failure(Exception):  # noqa: N818 - no error of ours: it is tried again
    """It was not taken: `what` says why. It is not tried again where that is `final`, and not before `after` seconds."""

    def __init__(self, what: str, *, final: bool = False, after: float = 0.0) -> None:
        self.what, self.final, self.after = what, final, after
        super().__init__(what)
