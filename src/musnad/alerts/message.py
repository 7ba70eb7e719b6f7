"""An alert as it is sent: one value for programs, and the same as a letter."""

from __future__ import annotations

import json
from email.message import EmailMessage
from html import escape
from typing import TYPE_CHECKING, Any

from musnad.alerts.found import Said
from musnad.publish import printable
from musnad.publish.answers import instant
from musnad.publish.chains import drawn
from musnad.publish.chains import said as said_of
from musnad.publish.compared import claim_value
from musnad.publish.labels import alert_labels, labels
from musnad.publish.stories import utterance_value

if TYPE_CHECKING:
    from datetime import datetime

    from musnad.alerts.found import Counted
    from musnad.publish.values import Value
    from musnad.record.alerts import Alert
    from musnad.stories.ledger import Claim

LANGUAGE = "ar"
_SUBJECT = 150


def body_of(alert: Alert, found: Said | Counted, base: str, now: datetime) -> str:
    """What is sent, as JSON: its kind, when it was found, and the statement or figure with chain and link."""
    kind, data = ("statement", _said(found)) if isinstance(found, Said) else ("figure", _counted(found))
    path = f"/story/{found.story}{found.anchor}"
    told: Value = {
        "alert": {"id": alert.id, "name": alert.rule.name},
        "item": found.item,
        "story": {"story": found.story, "headline": found.headline},
        "link": base + path if base else None,
    }
    value = {"type": f"musnad.{kind}", "timestamp": instant(now), "data": told | data}
    return json.dumps(value, ensure_ascii=False)


def trial_body(alert: Alert, base: str, now: datetime) -> str:
    """What is sent to see whether it arrives: of the kind ``musnad.test``, with nothing out of the record."""
    told: Value = {
        "alert": {"id": alert.id, "name": alert.rule.name}, "item": "test", "story": {"story": None, "headline": ""},
        "link": base or None, "speaker": "musnad", "said": alert_labels(LANGUAGE)["test"], "chain": "", "outlets": [],
        "address": "",
    }  # fmt: skip
    return json.dumps({"type": "musnad.test", "timestamp": instant(now), "data": told}, ensure_ascii=False)


def letter(body: str, key: str, sender: str, to: str) -> EmailMessage:
    """The same as a letter: plain, and as HTML from right to left. Its Message-ID is the same however often it is sent."""
    value = json.loads(body)
    data, words = value["data"], alert_labels(LANGUAGE)
    head = f"{data['speaker']}: {data['said']}" if "said" in data else _changed(data, words)
    pairs = (
        ("chain", data["chain"]), ("outlets", " · ".join(data["outlets"])), ("story", data["story"]["headline"]),
        ("link", data["link"]), ("address", data["address"]),
    )  # fmt: skip
    lines = [(words[name], printable(told)) for name, told in pairs if told]
    message = EmailMessage()
    message["Subject"] = _one_line(f"[{data['alert']['name']}] {head}")[:_SUBJECT]
    message["From"], message["To"] = sender, to
    message["Message-ID"] = f"<{key.rpartition(':')[2]}@musnad.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n\n".join([printable(head), *(f"{label}: {told}" for label, told in lines)]) + "\n")
    rows = "".join(f"<p>{escape(label)}: <bdi>{escape(told)}</bdi></p>" for label, told in lines)
    page = (
        f'<html lang="{LANGUAGE}" dir="rtl"><body><p><strong>{escape(printable(head))}</strong></p>{rows}</body></html>'
    )
    message.add_alternative(page, subtype="html")
    return message


def _said(found: Said) -> dict[str, Any]:
    telling, attribution = found.first
    words = labels(LANGUAGE)
    return {
        "speaker": attribution.speaker.name or words["unknown"],
        "said": said_of(telling.article, attribution),
        "chain": drawn(attribution.chain, words),
        "outlets": list(found.utterance.outlets),
        "address": telling.address,
        "seen_at": instant(telling.seen_at),
        "utterance": utterance_value(found.utterance),
    }


def _counted(found: Counted) -> dict[str, Any]:
    change = found.change
    first = change.after.carried[0]
    attribution = first.attribution
    return {
        "counted": change.entry.words,
        "change": change.kind,
        "was": _printed(change.before),
        "is": _printed(change.after),
        "speaker": attribution.speaker.name if attribution else "",
        "chain": drawn(attribution.chain, labels(LANGUAGE)) if attribution else "",
        "outlets": list(change.after.outlets),
        "address": first.told.address,
        "seen_at": instant(first.told.seen_at),
        "before": claim_value(change.before),
        "after": claim_value(change.after),
    }


def _printed(claim: Claim) -> str:
    first = claim.carried[0]
    return first.figure.span.of(first.told.article.text.words)


def _changed(data: Value, words: Any) -> str:
    who = f"{data['speaker']}: " if data["speaker"] else ""
    return f"{who}{data['counted']}: {data['is']} ({words['was']} {data['was']})"


def _one_line(words: str) -> str:
    return " ".join(printable(words).split())
