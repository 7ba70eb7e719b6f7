"""``musnad entities``: who the names of the record are, and what people decide about them."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from musnad.cli.app import app
from musnad.cli.options import BidiOption, Color, Form, Limit, Output, RecordOption

_ANSWERS = "Exit codes: 0 answered, also with nothing · 1 the record cannot be read · 2 wrong usage · 130 interrupted."
_DECIDES = (
    "Exit codes: 0 it is kept · 1 the record cannot be written · 2 nobody or several are meant · 130 interrupted."
)

entities = typer.Typer(
    help="Entities: who the names of the record are. What people decide is kept, and wins over the registry.",
    no_args_is_help=True,
    rich_markup_mode=None,
    epilog=_ANSWERS,
)
app.add_typer(entities, name="entities")

Who = Annotated[str, typer.Argument(metavar="ENTITY", help="An id (person:vladimir-putin) or a name that means one.")]
By = Annotated[Optional[str], typer.Option("--by", metavar="NAME", help="Who decides (default: this user).")]  # noqa: UP045
Why = Annotated[str, typer.Option("--why", metavar="WORDS", help="Why.")]


@entities.command("list", epilog=_ANSWERS)
def list_(
    words: Annotated[str, typer.Argument(metavar="[WORDS]", help="Only those with these words in a name.")] = "",
    registered: Annotated[
        bool, typer.Option("--registry", help="Those of the registry, not those of the record.")
    ] = False,
    limit: Limit = 50,
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """List entities: those who speak in the record, the most quoted first, with how many statements; or the registry's.

    \b
    musnad entities list
    musnad entities list 'وزارة' --format jsonl
    musnad entities list 'بوتين' --registry
    """
    from musnad.cli.answering import Answering
    from musnad.cli.entities import list_entities

    return list_entities(
        words, registered=registered, limit=limit, record=record, answering=Answering(form, output, color, bidi)
    )


@entities.command(epilog=_ANSWERS)
def show(
    entity: Who,
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """Show an entity: its names, the offices it held, and what was decided about it.

    \b
    musnad entities show 'بوتين'
    musnad entities show office:us-president --format json
    """
    from musnad.cli.answering import Answering
    from musnad.cli.entities import show_entity

    return show_entity(entity, record=record, answering=Answering(form, output, color, bidi))


@entities.command(epilog=_DECIDES)
def merge(entity: Who, into: Who, why: Why = "", by: By = None, record: RecordOption = None) -> int:
    """Merge: the first entity is the same as the second.

    \b
    musnad entities merge 'هدى منصور' person:huda-mansour --why 'the same minister'
    """
    from musnad.cli.entities import decide_entity

    return decide_entity("merge", entity, into=into, why=why, by=by, record=record)


@entities.command(epilog=_DECIDES)
def split(
    entity: Who,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="A name that is another's; none undoes a merge.")] = "",
    into: Annotated[str | None, typer.Option("--into", metavar="ENTITY", help="Whose name it is.")] = None,
    why: Why = "",
    by: By = None,
    record: RecordOption = None,
) -> int:
    """Split: a name is not this entity; or, without a name, this entity is not the one that it was merged into.

    \b
    musnad entities split person:sameh-shoukry 'شكري' --why 'a physician of that name'
    """
    from musnad.cli.entities import decide_entity

    return decide_entity("split", entity, into=into, name=name or None, why=why, by=by, record=record)


@entities.command(epilog=_DECIDES)
def add(
    entity: Annotated[str, typer.Argument(metavar="ID", help="A new id, as person:huda-mansour, or a known one.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name of it.")],
    why: Why = "",
    by: By = None,
    record: RecordOption = None,
) -> int:
    """Add an entity with a name, or another name to one that is there.

    \b
    musnad entities add person:huda-mansour 'هدى منصور'
    musnad entities add person:huda-mansour 'وزيرة الموانئ'
    """
    from musnad.cli.entities import add_entity

    return add_entity(entity, name, why=why, by=by, record=record)


@entities.command(epilog=_DECIDES)
def rename(entity: Who, name: str, why: Why = "", by: By = None, record: RecordOption = None) -> int:
    """Rename: how an entity is called where it is shown; its id stays.

    \b
    musnad entities rename person:huda-mansour 'هدى منصور (وزيرة)'
    """
    from musnad.cli.entities import decide_entity

    return decide_entity("rename", entity, name=name, why=why, by=by, record=record)
