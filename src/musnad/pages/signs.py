"""What the names that page makers give to elements say of them: class, id, itemprop, role.

The names are English in Arabic content systems too. A sign is a witness: it never outweighs where the words are.
"""

from __future__ import annotations

import re
from typing import Literal

Sign = Literal[
    "none",
    "furniture",
    "byline",
    "date",
    "modified",
    "caption",
    "credit",
    "section",
    "crumbs",
    "lead",
    "deck",
    "body",
    "headline",
    "embed",
    "hidden",
]
"""What an element announces of the lines in it. Plain strings: an enumeration's member costs more to look up than a node
of the tree to visit."""

_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_WORDS = re.compile(r"[a-z]+")
_FILED = re.compile(r"(?<!\S)(?:(?:category|tag|format|status|type)-\S+|post-\d+)")
"""What an article is filed under, in the classes of WordPress: it says nothing of the element."""
_CRUMBS = re.compile(r"\b(?:bread ?crumbs?\w*|breadcumb|crumbs?|path way|article section info)\b")


def _any(*phrases: str) -> re.Pattern[str]:
    """A pattern for any of these phrases, in names taken apart into words; a space in a phrase may be missing."""
    return re.compile(
        r"\b(?:" + "|".join(p.replace(" ", " ?") for group in phrases for p in group.split(", ")) + r")\b"
    )


_FURNITURE = _any(
    r"shar(?:e|es|ing|er)\w*, social\w*, sociable, addthis, related\w*, recommend\w*, promos?, newsletters?, subscri\w+",
    r"comments?, commenting, disqus, respond, tags, tag list, tag cloud, keywords, side bar, advert\w*, ads?, adv, adsense",
    r"adsbygoogle, banners?, sponsor\w*, outbrain, taboola, dfp, gpt, mpu, print, print friendly, tool bar, tools, resizer",
    r"font size\w*, font resize\w*, text size\w*, text resize\w*, most (?:read|viewed|popular|watched)\w*, popular",
    r"trending, latest, last news, ticker, breaking news\w*, marquee, nav, nav bar, navigation, menus?, sub menu, footer",
    r"log in, sign (?:in|up), search, polls?, votes?, voting, rating, modal, popup, cookies?, consent, gdpr, read more",
    r"more news, read also, also read, see also, inject, teasers?, suggest\w*, pagination, pager, paging, follow, following",
    r"copy rights?, disclaimer, read speaker, weather, prayer, currency, horoscope, up next, next (?:article|post|news)",
    r"prev (?:article|post|news), author (?:box|bio), about author, whatsapp, telegram, messenger, google news, google link",
    r"app download, play list, counters?, likes, hot articles?, podcast\w*, widget area, other (?:news|articles)",
    r"more (?:articles|stories|topics), top stories, editor picks?, skip link, top bar",
)
_HIDDEN = _any("sr only", r"screen reader\w*", "visually hidden", "assistive", "offscreen")
_EMBED = _any("twitter tweet, twitter video, instagram media, tiktok embed, fb post, telegram post, embedded post")
_NAMED: tuple[tuple[Sign, re.Pattern[str]], ...] = (
    (
        "credit",
        _any(
            "(?:image|img|photo|picture|media|caption|figure)s? (?:credits?|source|copyright|author|by), credits? line",
            "photographer, header copy, copyright holder",
        ),
    ),
    (
        "caption",
        _any(
            r"fig caption, caption\w*, row inner title, cutline, legend",
            r"(?:img|image|photo|picture|media|pic|thumb\w*) (?:cap|caption|desc|description|title|text|info|alt|comment)",
        ),
    ),
    ("modified", _any("date modified, modified, last updated?, updated?, update (?:time|date), date upd")),
    (
        "date",
        _any(
            "dates?, date time, time stamp, times?, tmstmp, strytmstmp, published, publish (?:date|time), pub date",
            "post date, tarih, created, posted, date published, date created, meta date",
        ),
    ),
    (
        "byline",
        _any(
            "by lines?, authors?, writers?, write by, written by, by author, posted by",
            "reporter, muhabir, journalist, editor, source",
        ),
    ),
    (
        "deck",
        _any("sub titles?, sub head(?:ing|line)?, second(?:ary)? (?:title|headline), deck, strapline, kicker text"),
    ),
    ("lead", _any("lead, lede, stand first, intro, summary, excerpt, description")),
    (
        "body",
        _any(
            "article (?:body|text|content|cont|details? (?:body|text|content)), story (?:body|text|content), entry content",
            "post (?:content|body|text), news (?:body|text|content|details), body (?:text|content), rich text, wysiwyg",
            "details? (?:body|text|content), content (?:body|text), main art(?:icle|lce) body, field name body",
        ),
    ),
    (
        "headline",
        _any("headline, page title, article title, entry title, post title, story title, news title, main title"),
    ),
    (
        "section",
        _any(
            "kicker, article section, section (?:name|title|label), cat(?:egory)?(?: name)?, rubric, box title, eyebrow"
        ),
    ),
)
_ORDER: tuple[tuple[Sign, re.Pattern[str]], ...] = (
    ("embed", _EMBED),
    *_NAMED[:2],
    ("furniture", _FURNITURE),
    *_NAMED[2:],
)
"""Credits and captions come before furniture: «media__copyright» is a photograph's."""
_PROPERTIES: dict[str, Sign] = {
    "headline": "headline",
    "headline name": "headline",
    "articlebody": "body",
    "datepublished": "date",
    "datecreated": "date",
    "datemodified": "modified",
    "author": "byline",
    "articlesection": "section",
    "caption": "caption",
    "copyrightholder": "credit",
    "breadcrumb": "crumbs",
    "itemlistelement": "crumbs",
    "alternativeheadline": "deck",
    "comment": "furniture",
}
_ROLES: dict[str, Sign] = {
    "navigation": "furniture",
    "complementary": "furniture",
    "contentinfo": "furniture",
    "search": "furniture",
    "dialog": "furniture",
}
_known: dict[tuple[str | None, ...], Sign] = {}
_by_class: dict[str | None, Sign] = {}
_MOST_KNOWN = 50_000


def sign(attributes: dict[str, str | None]) -> Sign:
    """What the attributes of an element announce.

    >>> sign({"class": "newsStoryDate"}), sign({"class": "NEwShare_Icons"}), sign({"class": "bbc-1xx10yg"})
    ('date', 'furniture', 'none')
    """
    if len(attributes) == 1 and "class" in attributes:  # by far the commonest
        alone = attributes["class"]
        found = _by_class.get(alone)
        if found is None:
            found = _by_class[alone] = _read(alone, None, None, None, None, None)
        return found
    get = attributes.get
    key = (get("class"), get("id"), get("itemprop"), get("property"), get("role"), get("rel"))
    found = _known.get(key)
    if found is None:
        if len(_known) + len(_by_class) >= _MOST_KNOWN:
            _known.clear()
            _by_class.clear()
        found = _known[key] = _read(*key)
    style = get("style")
    if style is not None and "none" in style and "display:none" in style.replace(" ", "").lower():
        return "hidden"
    return found


def _read(
    classes: str | None, ident: str | None, prop: str | None, rdf: str | None, role: str | None, rel: str | None
) -> Sign:
    for given in (prop, rdf):
        for word in (given or "").lower().split():
            known = _PROPERTIES.get(word.rsplit(":", 1)[-1])
            if known is not None:
                return known
    if role in _ROLES:
        return _ROLES[role]
    if rel == "author":
        return "byline"
    named = _FILED.sub(" ", " ".join(p for p in (classes, ident) if p)[:400])
    if not named:
        return "none"
    words = " ".join(_WORDS.findall(_CAMEL.sub(" ", named).lower()))
    if _HIDDEN.search(words):
        return "hidden"
    if _CRUMBS.search(words):
        return "crumbs"
    for announced, pattern in _ORDER:
        if pattern.search(words):
            return announced
    return "none"
