"""The commands of alerts, and their options."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from musnad.cli.app import app
from musnad.cli.options import AllowPrivate, BidiOption, Color, Form, Outlet, Output, RecordOption

_DONE = "Exit codes: 0 done · 1 some of it could not be done, the rest was · 2 wrong usage · 130 interrupted."
_SENT = (
    "MUSNAD_ALERTS_SECRET signs webhooks (whsec_…); MUSNAD_SMTP (smtp://HOST:PORT, smtps://USER@HOST), "
    "MUSNAD_SMTP_PASSWORD and MUSNAD_MAIL_FROM send letters. "
)

alerts = typer.Typer(
    name="alerts",
    help="What a desk is told of by webhook or e-mail: add, list, remove, test, run.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.add_typer(alerts)

Public = Annotated[
    str,
    typer.Option(envvar="MUSNAD_PUBLIC", metavar="ADDRESS", help="Where the live page is, as https://HOST: for links."),
]


@alerts.command("add", epilog=_DONE)
def add(
    target: Annotated[str, typer.Argument(metavar="TARGET", help="https://… of a webhook, or an e-mail address.")],
    words: Annotated[
        str, typer.Option("--words", metavar="QUERY", help="Statements with these words, as in search.")
    ] = "",
    speaker: Annotated[str, typer.Option("--speaker", metavar="NAME", help="Only what this speaker says.")] = "",
    side: Annotated[
        str, typer.Option("--side", metavar="SIDE", help="Only this side's account: RU, or its name.")
    ] = "",
    outlet: Outlet = "",
    story: Annotated[
        Optional[int],  # noqa: UP045 - read by typer at run time
        typer.Option("--story", metavar="ID", min=1, help="Only in this story (`musnad story` lists them)."),
    ] = None,
    figures: Annotated[
        bool, typer.Option("--figures", help="Changes of the figures of --story, instead of statements.")
    ] = False,
    name: Annotated[str, typer.Option("--name", help="What it is called (default: what it wants).")] = "",
    record: RecordOption = None,
) -> int:
    """Add an alert: from now on, what is new and is all of this is told of, each utterance once, however many carry it.

    \b
    musnad alerts add https://desk.example/hook --speaker 'غوتيريش'
    musnad alerts add desk@example.org --words 'وقف إطلاق النار' --side RU
    musnad alerts add desk@example.org --story 17 --figures
    """
    from musnad.cli.alerts import add_alert
    from musnad.record.alerts import Rule

    rule = Rule(name, target, words, speaker, outlet, side, story, figures)
    return add_alert(rule, record=record)


@alerts.command("list", epilog=_DONE)
def list_(
    record: RecordOption = None,
    form: Form = "text",
    output: Output = None,
    color: Color = None,
    bidi: BidiOption = "auto",
) -> int:
    """List the alerts: what each wants, where it goes, how many were delivered, wait, or were given up.

    \b
    musnad alerts list
    musnad alerts list --format jsonl
    """
    from musnad.cli.alerts import list_alerts
    from musnad.cli.answering import Answering

    return list_alerts(record=record, answering=Answering(form, output, color, bidi))


@alerts.command("remove", epilog=_DONE)
def remove(
    numbers: Annotated[list[int], typer.Argument(metavar="ID...", min=1, help="Their numbers in the list.")],
    record: RecordOption = None,
) -> int:
    """Remove alerts, with what is still to be delivered of them.

    \b
    musnad alerts remove 3
    """
    from musnad.cli.alerts import remove_alerts

    return remove_alerts(numbers, record=record)


@alerts.command("test", epilog=_SENT + _DONE)
def try_(
    number: Annotated[int, typer.Argument(metavar="ID", min=1, help="Its number in the list.")],
    record: RecordOption = None,
    public: Public = "",
    allow_private: AllowPrivate = False,
) -> int:
    """Send something by an alert now, which says that it is a trial.

    \b
    musnad alerts test 3
    """
    from musnad.cli.alerts import try_alert

    return try_alert(number, record=record, public=public, allow_private=allow_private)


@alerts.command("run", epilog=_SENT + _DONE)
def run(
    once: Annotated[bool, typer.Option("--once", help="Look and deliver once and end, as for cron.")] = False,
    every: Annotated[str, typer.Option("--every", metavar="TIME", help="How often the record is looked at.")] = "5s",
    lasting: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--for", metavar="TIME", help="End after that long (default: when it is stopped)."),
    ] = None,
    record: RecordOption = None,
    public: Public = "",
    allow_private: AllowPrivate = False,
) -> int:
    """Run the alerts: find what is new, deliver it, try again later what was not taken (nine times over two days).

    \b
    MUSNAD_ALERTS_SECRET=… musnad alerts run --public https://desk.example
    musnad alerts run --once            # for cron
    """
    from musnad.cli.alerts import run_alerts

    return run_alerts(
        record=record, once=once, every=every, lasting=lasting, public=public, allow_private=allow_private
    )
