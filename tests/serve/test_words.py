"""The catalogues of the interface."""

from __future__ import annotations

import re
from importlib.resources import files

from musnad.serve.choice import Choice
from musnad.serve.reader import choices
from musnad.serve.speech import LANGUAGES, catalogue

_ASKED = re.compile(r"""_\(["']([^"']+)["']\)""")


def test_every_message_is_in_every_catalogue_and_none_is_left_over() -> None:
    root = files("musnad.serve")
    sources = [one.read_text("utf-8") for one in root.joinpath("templates").iterdir()]
    asked = {found for text in sources for found in _ASKED.findall(text)}
    shown = root.joinpath("app.py").read_text("utf-8")
    asked |= {message for message in catalogue("ar") if f'"{message}"' in shown}
    asked |= {name.capitalize() for name in Choice.model_fields}
    asked |= {str(one["field"]).capitalize() for one in choices("ar", {})}
    assert asked
    for language in set(LANGUAGES) - {"en"}:
        assert asked - set(catalogue(language)) == set()
        assert set(catalogue(language)) - asked - {""} == set()
