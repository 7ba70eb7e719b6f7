"""The plain-text reader and documents, on lines of the tests' own."""

from __future__ import annotations

from pathlib import Path

from musnad.pages import read_document, read_text

COPIED = """
icon
اقتصاد

الميناء القديم يستقبل أول سفينة بعد شهرين من الإغلاق

2022.03.06 | 18:40 دمشق

mina_alqadim_2022.jpg
سفينة شحن عند رصيف الميناء 5 آذار 2022 (رويترز)
اللاذقية - وكالات
+A
حجم الخط
-A

رست صباح اليوم الأحد أول سفينة شحن في الميناء القديم، بعد شهرين من إغلاقه.

وقال مدير الميناء إن "العمل عاد إلى طبيعته".

اقرأ أيضاً: أسعار الشحن ترتفع

عودة العمال

وأضاف أن نحو 300 عامل عادوا إلى أرصفتهم، وفق قوله.

شارك هذا الخبر
"""


def test_the_lines_of_a_copied_page_have_their_names() -> None:
    article = read_text(COPIED)
    assert [block.kind for block in article.blocks] == [
        "section", "headline", "published", "caption", "dateline", "paragraph", "paragraph", "heading", "paragraph",
    ]  # fmt: skip
    assert article.section is not None
    assert article.section.value == "اقتصاد"
    assert article.published is not None
    assert article.published.iso == "2022-03-06T18:40:00+02:00"
    assert article.dateline is not None
    assert (article.dateline.place, article.dateline.agencies) == ("اللاذقية", ("وكالات",))
    (image,) = article.images
    assert image.src == "mina_alqadim_2022.jpg"
    assert image.credit is not None
    assert image.credit.value == "رويترز"
    assert image.date is not None
    assert image.date.iso == "2022-03-05"
    for named in (article.section, article.headline, image.caption, image.credit):
        assert named is not None
        assert named.span is not None
        assert named.span.of(article.text.words) == named.value


def test_a_text_without_a_paragraph_is_no_article() -> None:
    article = read_text("الرئيسية\nاقتصاد\nرياضة\n")
    assert article.text.words == ""
    assert article.headline is None
    assert article.doubts


def test_a_document_keeps_its_text() -> None:
    words = "عودة العمل إلى الميناء\nسلمى الناصر – عين المدينة\n \nعادت السفن إلى الميناء صباح اليوم.\n"
    article = read_document({"id": "7", "text": words, "outlet": "عين المدينة", "published": "2015-07-25 10:00:00"})
    assert article.text.words == words
    assert [block.kind for block in article.blocks] == ["headline", "byline", "paragraph"]
    assert [name.value for name in article.byline] == ["سلمى الناصر"]
    assert article.published is not None
    assert article.published.iso == "2015-07-25T10:00:00"


def test_the_sample_page(shared: Path) -> None:
    article = read_text((shared / "pages" / "live-2022-02-28.txt").read_text(encoding="utf-8"))
    kinds = [block.kind for block in article.blocks]
    assert kinds[:5] == ["section", "headline", "published", "caption", "dateline"]
    assert (kinds.count("paragraph"), kinds.count("heading")) == (13, 2)
    assert article.published is not None
    assert article.published.iso == "2022-02-28T21:02:00+02:00"


LIVE = """
تغطية مباشرة
اليوم الخامس من إضراب الميناء.. لحظة بلحظة
6 آذار 2022

21:40
النقابة تعلن تعليق الإضراب
أعلنت نقابة البحارة تعليق الإضراب ثلاثة أيام، بعد لقاء جمعها بالوزير مساء اليوم.

20:15
الوزير يصل إلى الميناء
وصل الوزير إلى الميناء وقال للصحفيين إن "الحل قريب جداً إن صفت النيات".

18:05
بدأ اجتماع مغلق بين النقابة والإدارة، وفق ما أكد ناطق باسم الإدارة للصحفيين.

مواضيع ذات صلة
كيف بدأ الإضراب؟
أسعار الشحن ترتفع

ويستمر الاجتماع حتى ساعة متأخرة من الليل، بحسب الناطق نفسه.
"""


def test_a_live_page_copied_as_text() -> None:
    article = read_text(LIVE)
    times = [(block.kind, block.at.iso[11:16] if block.at else None) for block in article.blocks[3:]]
    assert times == [
        ("entry", "21:40"), ("paragraph", "21:40"), ("entry", "20:15"), ("paragraph", "20:15"),
        ("published", "18:05"), ("paragraph", "18:05"), ("paragraph", "18:05"),
    ]  # fmt: skip
    assert article.section is not None
    assert article.section.value == "تغطية مباشرة"
    assert article.byline == ()
    assert "كيف بدأ الإضراب" not in article.text.words
