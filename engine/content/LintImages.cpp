// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"

#include <algorithm>

// Rules about images.
namespace carillon::lint {

namespace {

template <typename Check>
void forImages(const Part& part, const Check& check)
{
    for (const HtmlElement& element : part.outline->elements()) {
        if (element.name == u"img")
            check(element);
    }
}

// One pixel that counts who has opened the mail: nobody sees it.
bool isPixel(const HtmlElement& image)
{
    return image.value(u"width") == u"1" || image.value(u"height") == u"1";
}

// An attribute that comes from Liquid ("<img {{ attributes }}>") may be any.
bool mayHave(const HtmlElement& image, QStringView name)
{
    return std::any_of(image.attributes.begin(), image.attributes.end(), [&](const HtmlAttribute& attribute) {
        return attribute.name == name || attribute.name.contains(Source::outputMark);
    });
}

void withoutAlt(const Part& part, Report& report)
{
    forImages(part, [&](const HtmlElement& image) {
        if (!isPixel(image) && !mayHave(image, u"alt"))
            report.add(part, image.namePlace(),
                       tr("The image has no alternative text: who does not see images, by choice or by nature, misses it."));
    });
}

// An image that is a link needs words: they are the link's only ones.
void linkedWithoutWords(const Part& part, Report& report)
{
    const auto& elements = part.outline->elements();
    forImages(part, [&](const HtmlElement& image) {
        const HtmlAttribute* alt = image.attribute(u"alt");
        const bool isEmpty = alt && alt->value.trimmed().isEmpty();
        if (!isEmpty || image.parent < 0)
            return;
        const HtmlElement& parent = elements[std::size_t(image.parent)];
        if (parent.name == u"a" && parent.has(u"href") && part.outline->textIn(parent).isEmpty())
            report.add(part, image.namePlace(), tr("The image is a link, and nothing says where it leads."));
    });
}

void withoutSize(const Part& part, Report& report)
{
    forImages(part, [&](const HtmlElement& image) {
        if (!mayHave(image, u"width"))
            report.add(part, image.namePlace(),
                       tr("The image has no width: Outlook shows it at its full size, and the text jumps while it loads."));
    });
}

void notShown(const Part& part, Report& report)
{
    forImages(part, [&](const HtmlElement& image) {
        const HtmlAttribute* source = image.attribute(u"src");
        if (!source)
            return;
        const QStringView address = source->value.trimmed();
        const qsizetype query = address.indexOf(u'?');
        const QStringView path = query < 0 ? address : address.first(query);
        if (address.startsWith(u"data:", Qt::CaseInsensitive))
            report.add(part, {source->valuePlace.position, std::min<qsizetype>(source->valuePlace.length, 20)},
                       tr("Gmail and Outlook do not show images that are written into the HTML (data:)."),
                       tr("Attach the image and show it with cid:, or link to it."));
        else if (path.endsWith(u".svg", Qt::CaseInsensitive) || path.endsWith(u".webp", Qt::CaseInsensitive))
            report.add(part, source->valuePlace, tr("Gmail shows no SVG, and Outlook neither SVG nor WebP."),
                       tr("Use PNG or JPEG."));
        else if (address.isEmpty())
            report.add(part, source->place, tr("The image has no address."),
                       tr("Fill in the address, or remove the image."));
    });
}

void imagesAlone(const Part& part, Report& report)
{
    constexpr qsizetype fewLetters = 40;
    const HtmlElement* first = part.outline->first(u"img");
    if (!first)
        return;
    qsizetype letters = 0;
    const QStringView text = part.source.masked();
    for (const HtmlText& run : part.outline->texts()) {
        for (const QChar c : text.mid(run.place.position, run.place.length))
            letters += c.isLetterOrNumber() || c == Source::outputMark;
    }
    if (letters < fewLetters)
        report.add(part, first->namePlace(),
                   tr("The mail is hardly more than an image: spam filters distrust it, and without images it is empty."));
}

constexpr Rule rules[] = {
    {"image-without-alt", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Images without alternative text."),
     QT_TRANSLATE_NOOP("Lint", "Say in alt what it shows; alt=\"\" where it is mere decoration."), Looks::AtHtml,
     withoutAlt},
    {"linked-image-without-words", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Images that are links, and whose alternative text is empty."),
     QT_TRANSLATE_NOOP("Lint", "Say in alt where the link leads."), Looks::AtHtml, linkedWithoutWords},
    {"image-without-size", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Images without their width."),
     QT_TRANSLATE_NOOP("Lint", "Give the attribute width in pixels; Outlook ignores that of styles."), Looks::AtHtml,
     withoutSize},
    {"image-not-shown", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Images that mail programs do not show."),
     QT_TRANSLATE_NOOP("Lint", "Use PNG or JPEG from an https address."), Looks::AtHtml, notShown},
    {"images-alone", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Mail that is made of images, with hardly any text."),
     QT_TRANSLATE_NOOP("Lint", "Write what matters as text."), Looks::AtHtml, imagesAlone},
};

} // namespace

std::span<const Rule> imageRules()
{
    return rules;
}

} // namespace carillon::lint
