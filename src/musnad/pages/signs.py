"""What the names that page makers give to elements say of them: class, id, itemprop, role.

The names are English in Arabic content systems too. A sign is a witness: it never outweighs where the words are.
"""

from __future__ import annotations

import re
from enum import IntEnum


class Sign(IntEnum):
    """What an element announces of the lines in it."""

    NONE = 0
    FURNITURE = 1
    BYLINE = 2
    DATE = 3
    MODIFIED = 4
    CAPTION = 5
    CREDIT = 6
    SECTION = 7
    CRUMBS = 8
    LEAD = 9
    DECK = 10
    BODY = 11
    HEADLINE = 12
    EMBED = 13
    PICTURE = 14
    HIDDEN = 15


_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_WORDS = re.compile(r"[a-z]+")
_CRUMBS = re.compile(r"\b(?:bread ?crumbs?\w*|breadcumb|crumbs?|path way|article section info)\b")
_FURNITURE = re.compile(
    r"\b(?:shar(?:e|es|ing|er)\w*|social\w*|sociable|addthis|sharethis|related\w*|recommend\w*|promos?|newsletters?"
    r"|subscri\w+|comments?|commenting|disqus|respond|tags|taglist|tag cloud|keywords|side ?bar|advert\w*|ads?|adv|adsense"
    r"|adsbygoogle|banners?|sponsor\w*|outbrain|taboola|dfp|gpt|mpu|print|printfriendly|tool ?bar|tools|font ?(?:size|resize\w*)"
    r"|text ?(?:size|resize\w*)|resizer|most ?(?:read|viewed|popular|watched)|popular|trending|latest|last ?news|ticker|breaking ?news\w*"
    r"|marquee|nav|navbar|navigation|menus?|submenu|footer|log ?in|sign ?(?:in|up)|search|polls?|vote|votes|voting|rating"
    r"|modal|popup|pop up|cookies?|consent|gdpr|read ?more|more ?news|read ?also|also ?read|see ?also|inject|teasers?|suggest\w*"
    r"|pagination|pager|paging|follow|following|copy ?rights?|disclaimer|read ?speaker|weather|prayer|currency|horoscope"
    r"|up ?next|next ?(?:article|post|news)|prev ?(?:article|post|news)|author ?(?:box|bio)|about ?author|whatsapp|telegram"
    r"|messenger|google ?news|google link|app ?download|playlist|counters?|likes|hot ?articles?|podcast\w*|widget ?area"
    r"|other ?(?:news|articles)|more ?(?:articles|stories|topics)|news ?letter|top ?stories|editor ?picks?|skip ?link|top ?bar)\b"
)
_HIDDEN = re.compile(r"\b(?:sr only|screen reader\w*|visually ?hidden|assistive|offscreen)\b")
_NAMED: tuple[tuple[Sign, re.Pattern[str]], ...] = (
    (Sign.EMBED, re.compile(r"\b(?:twitter tweet|twitter video|instagram media|tiktok embed|fb post|telegram post|embedded post)\b")),
    (
        Sign.CREDIT,
        re.compile(
            r"\b(?:(?:image|img|photo|picture|media|caption|figure)s? (?:credits?|source|copyright|author|by)|credits? line"
            r"|photographer|photo credit|header copy|copyright holder)\b"
        ),
    ),
    (
        Sign.CAPTION,
        re.compile(
            r"\b(?:fig ?caption|caption\w*|(?:img|image|photo|picture|media|pic|thumb\w*) ?(?:cap|caption|desc|description"
            r"|title|text|info|alt|comment|legend)|row inner title|cutline|legend)\b"
        ),
    ),
    (Sign.MODIFIED, re.compile(r"\b(?:date ?modified|modified|last ?updated?|updated?|update ?(?:time|date)|date upd)\b")),
    (
        Sign.DATE,
        re.compile(
            r"\b(?:date|dates|datetime|timestamp|time|times|tmstmp|published|publish ?(?:date|time)|pub ?date|post ?date|created|posted|strytmstmp"
            r"|date ?published|date ?created|meta date)\b"
        ),
    ),
    (
        Sign.BYLINE,
        re.compile(
            r"\b(?:by ?lines?|authors?|writers?|write by|written by|by author|reporter|journalist|editor|posted by|katib|publisher|source)\b"
        ),
    ),
    (Sign.DECK, re.compile(r"\b(?:sub ?titles?|sub ?head(?:ing|line)?|second(?:ary)? (?:title|headline)|deck|strapline|kicker text)\b")),
    (
        Sign.LEAD,
        re.compile(r"\b(?:lead|lede|stand ?first|intro|summary|excerpt|article ?(?:summary|description|intro|lead)|description)\b"),
    ),
    (
        Sign.BODY,
        re.compile(
            r"\b(?:article ?(?:body|text|content|cont|details? ?(?:body|text|content))|story ?(?:body|text|content)|entry content"
            r"|post ?(?:content|body|text)|news ?(?:body|text|content|details)|body ?(?:text|content)|td post content"
            r"|details? ?(?:body|text|content)|content ?(?:body|text)|main ?artl?i?c?l?e ?body|rich ?text|wysiwyg|field name body)\b"
        ),
    ),
    (Sign.HEADLINE, re.compile(r"\b(?:headline|page title|article ?title|entry title|post title|story title|news title|main title)\b")),
    (Sign.SECTION, re.compile(r"\b(?:kicker|article ?section|section ?(?:name|title|label)|category(?: name)?|cat(?: name)?|rubric|box title|topic|eyebrow)\b")),
    (Sign.PICTURE, re.compile(r"\b(?:image|img|photo|picture|media|figure|thumbnail|gallery|slider|pic|header)\b")),
)  # fmt: skip
_PROPERTIES = {
    "headline": Sign.HEADLINE,
    "headline name": Sign.HEADLINE,
    "articlebody": Sign.BODY,
    "datepublished": Sign.DATE,
    "datecreated": Sign.DATE,
    "datemodified": Sign.MODIFIED,
    "author": Sign.BYLINE,
    "articlesection": Sign.SECTION,
    "caption": Sign.CAPTION,
    "copyrightholder": Sign.CREDIT,
    "breadcrumb": Sign.CRUMBS,
    "itemlistelement": Sign.CRUMBS,
    "alternativeheadline": Sign.DECK,
    "comment": Sign.FURNITURE,
}
_ROLES = {
    "navigation": Sign.FURNITURE,
    "complementary": Sign.FURNITURE,
    "contentinfo": Sign.FURNITURE,
    "search": Sign.FURNITURE,
    "dialog": Sign.FURNITURE,
}
_known: dict[tuple[str | None, ...], Sign] = {}
_MOST_KNOWN = 50_000


def sign(attributes: dict[str, str | None]) -> Sign:
    """What the attributes of an element announce.

    >>> sign({"class": "newsStoryDate"}), sign({"class": "NEwShare_Icons"}), sign({"class": "bbc-1xx10yg"})
    (<Sign.DATE: 3>, <Sign.FURNITURE: 1>, <Sign.NONE: 0>)
    """
    get = attributes.get
    key = (get("class"), get("id"), get("itemprop"), get("property"), get("role"), get("rel"))
    found = _known.get(key)
    if found is None:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        found = _known[key] = _read(*key)
    style = get("style")
    if style is not None and "none" in style and "display:none" in style.replace(" ", "").lower():
        return Sign.HIDDEN
    return found


def _read(classes: str | None, ident: str | None, prop: str | None, rdf: str | None, role: str | None, rel: str | None) -> Sign:
    for given in (prop, rdf):
        for word in (given or "").lower().split():
            known = _PROPERTIES.get(word.rsplit(":", 1)[-1])
            if known is not None:
                return known
    if role in _ROLES:
        return _ROLES[role]
    if rel == "author":
        return Sign.BYLINE
    named = " ".join(p for p in (classes, ident) if p)[:400]
    if not named:
        return Sign.NONE
    words = " ".join(_WORDS.findall(_CAMEL.sub(" ", named).lower()))
    if _HIDDEN.search(words):
        return Sign.HIDDEN
    if _CRUMBS.search(words):
        return Sign.CRUMBS
    for announced, pattern in _NAMED[:1]:
        if pattern.search(words):
            return announced
    if _FURNITURE.search(words):
        return Sign.FURNITURE
    for announced, pattern in _NAMED[1:]:
        if pattern.search(words):
            return announced
    return Sign.NONE
