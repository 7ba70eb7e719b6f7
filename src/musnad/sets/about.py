"""The README of a data set; what it says of each form is in `templates`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from musnad import __version__
from musnad.publish.answers import instant
from musnad.sets.line import FORM
from musnad.sets.tables import columns_of, tables_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from musnad.record import Only
    from musnad.sets.tables import Form


def readme(
    name: str, made: datetime, only: Only, counts: Mapping[str, int], files: Mapping[str, tuple[str, int]]
) -> str:
    """The README of a data set in the form `name`."""
    from jinja2 import Environment, PackageLoader

    tables: list[dict[str, Any]] = []
    if name in ("csv", "parquet"):
        form: Form = name  # type: ignore[assignment]
        for table in tables_of(form):
            told = {"name": table.name, "about": table.about, "key": table.key, "columns": columns_of(table, form)}
            tables.append(told | {"count": f"{counts[table.name]:,}"})
    template = Environment(loader=PackageLoader("musnad.sets"), keep_trailing_newline=True).get_template("README.md")
    return template.render(
        title=f"Who said what, as {name}",
        name=name,
        made=instant(made),
        musnad=__version__,
        form=FORM,
        asked=asked(only),
        articles="whole, when one of their statements, or their publication, is asked for",
        counts=", ".join(f"{count:,} {what}" for what, count in counts.items()),
        files=sorted(files.items()),
        tables=tables,
    )


def asked(only: Only) -> str:
    """The filters in words."""
    told = [f"{name} {getattr(only, name)}" for name in ("speaker", "outlet", "agency", "act") if getattr(only, name)]
    moments = (("since", only.since), ("until", only.until), ("as known at", only.known_at))
    told += [f"{name} {instant(moment)}" for name, moment in moments if moment]
    return "; ".join(" ".join(part.split()).replace("|", "/") for part in told) or "everything"
