"""What the terminal can do, by what it says of itself in the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from musnad.publish.terminal.painter import Bidi

_DIRECT_VTE = 5800  # 0.58 is the first VTE with bidirectional text
_NEVER = ("linux", "alacritty", "foot", "st-", "rxvt", "vt100", "vt220")  # TERM of terminals that lay out left to right
_NO_BIDI_PROGRAMS = ("vscode", "Hyper", "WezTerm", "ghostty")


def detect(environ: Mapping[str, str], *, terminal: bool) -> Bidi:
    """How lines from right to left are best sent, as docs/decisions/0020 tells.

    Not a terminal: ``plain``. A multiplexer, or a terminal that is not known: ``isolate``, the order of the text, which a
    terminal with bidirectional text shows rightly and any other can at least copy rightly.

    >>> detect({"VTE_VERSION": "7006", "TERM": "xterm-256color"}, terminal=True)
    'direct'
    >>> detect({"TERM": "alacritty"}, terminal=True), detect({}, terminal=False)
    ('visual', 'plain')
    """
    if not terminal or environ.get("TERM") == "dumb":
        return "plain"
    term, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "")
    if environ.get("TMUX") or term.startswith(("screen", "tmux")):
        return "isolate"  # what stands around a multiplexer is not known from within it
    if _number(environ.get("VTE_VERSION", "")) >= _DIRECT_VTE or program == "mintty":
        return "direct"
    if term.startswith("mlterm") or environ.get("MLTERM"):
        return "plain"  # it orders lines by itself, and gives each mark of direction a cell
    if program == "Apple_Terminal" or environ.get("KONSOLE_VERSION"):
        return "isolate"
    if (
        term.startswith(_NEVER)
        or program in _NO_BIDI_PROGRAMS
        or environ.get("XTERM_VERSION")
        or environ.get("WT_SESSION")
    ):
        return "visual"
    return "isolate"


def wants_color(environ: Mapping[str, str], *, terminal: bool) -> bool:
    """Whether to use colours when nobody says: in a terminal, unless NO_COLOR is set; FORCE_COLOR asks for them anyway.

    >>> wants_color({"NO_COLOR": "1"}, terminal=True), wants_color({}, terminal=True), wants_color({}, terminal=False)
    (False, True, False)
    """
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return terminal and environ.get("TERM") != "dumb"


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() else 0
