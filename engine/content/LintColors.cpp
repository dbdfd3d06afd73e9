// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"

#include <QRegularExpression>

#include <algorithm>

// Rules about colours: whether texts can be read, in the light and in the dark. Colours come from style attributes, from
// <style> as far as its selectors are simple, and from the attributes of old; what cannot be known is left alone.
namespace carillon::lint {

namespace {

struct Paint {
    enum State { Unset, Known, Unknown };
    State state = Unset;
    Color color;
    Span place; // of the declaration; empty: nobody has said it
};

// How an element looks; what is unset comes from its parent.
struct Look {
    Paint text;
    Paint background;
    double size = 16; // pixels
    bool isBold = false;
    bool isHidden = false;
};

// A few declarations by selector: ".note", "p", "p.note", "#top".
using Styles = QHash<QString, std::vector<CssDeclaration>>;

Paint paintOf(const CssDeclaration& declaration, QStringView value)
{
    if (const std::optional<Color> color = colorOf(value))
        return {Paint::Known, *color, declaration.valuePlace};
    return {Paint::Unknown, {}, declaration.valuePlace};
}

Paint backgroundOf(const CssDeclaration& declaration)
{
    const QStringView value = declaration.value;
    if (value.contains(u'(') && !value.startsWith(u"rgb"))
        return {Paint::Unknown, {}, declaration.valuePlace}; // an image or a gradient
    const QStringView first
        = value.startsWith(u"rgb") ? value : value.left(value.indexOf(u' ') < 0 ? value.size() : value.indexOf(u' '));
    if (first == u"none" || first == u"transparent" || first == u"inherit" || first == u"initial" || first == u"unset")
        return {};
    return paintOf(declaration, first);
}

void readSize(Look& look, QStringView value)
{
    bool isNumber = false;
    const auto number = [&](qsizetype unit) { return value.chopped(unit).trimmed().toDouble(&isNumber); };
    double size = 0;
    if (value.endsWith(u"px"))
        size = number(2);
    else if (value.endsWith(u"pt"))
        size = number(2) * 4 / 3;
    else if (value.endsWith(u"rem"))
        size = number(3) * 16;
    else if (value.endsWith(u"em"))
        size = number(2) * look.size;
    else if (value.endsWith(u'%'))
        size = number(1) * look.size / 100;
    if (isNumber)
        look.size = size;
    else if (value == u"0")
        look.size = 0;
}

bool hides(const CssDeclaration& declaration)
{
    const QStringView value = declaration.value;
    return (declaration.property == u"display" && value == u"none")
        || (declaration.property == u"visibility" && value == u"hidden")
        || (declaration.property == u"max-height" && value.startsWith(u'0')) || declaration.property == u"mso-hide";
}

void apply(Look& look, const CssDeclaration& declaration)
{
    const QStringView property = declaration.property;
    if (property == u"color" && declaration.value != u"inherit")
        look.text = paintOf(declaration, declaration.value);
    else if (property == u"background" || property == u"background-color") {
        if (const Paint paint = backgroundOf(declaration); paint.state != Paint::Unset)
            look.background = paint;
    } else if (property == u"background-image" && declaration.value != u"none")
        look.background = {Paint::Unknown, {}, declaration.valuePlace};
    else if (property == u"opacity")
        look.text = {Paint::Unknown, {}, declaration.valuePlace};
    else if (property == u"font-size")
        readSize(look, declaration.value);
    else if (property == u"font-weight")
        look.isBold = declaration.value.startsWith(u"bold") || declaration.value.toInt() >= 700;
    else if (hides(declaration))
        look.isHidden = true;
}

// The last one of a property holds. What a selector sets whose reach is unknown is unknown.
void addDeclaration(std::vector<CssDeclaration>& into, CssDeclaration declaration, bool isDoubtful)
{
    static const QList<QStringView> read{u"color",      u"background", u"background-color", u"background-image",
                                         u"opacity",    u"font-size",  u"font-weight",      u"display",
                                         u"visibility", u"max-height"};
    const bool isColor = declaration.property == u"color" || declaration.property.startsWith(u"background");
    if (!read.contains(declaration.property) || (isDoubtful && !isColor))
        return;
    if (isDoubtful)
        declaration.value = u"unknown";
    const auto same = std::find_if(into.begin(), into.end(),
                                   [&](const CssDeclaration& other) { return other.property == declaration.property; });
    if (same != into.end())
        *same = declaration;
    else
        into.push_back(declaration);
}

// Only a tag, a class or an id is understood; of a longer selector what it sets at its end is unknown from then on.
void addRule(Styles& styles, const CssRule& rule)
{
    static const QRegularExpression simple(QStringLiteral("^(?:[\\w-]+|[\\w-]*\\.[\\w-]+|#[\\w-]+)$"));
    for (const QStringView& one : rule.selector.split(u',')) {
        QString selector = one.trimmed().toString();
        const bool isState = selector.contains(u':') || selector.contains(u'[') || selector.contains(u'*');
        if (isState || rule.isConditional || selector.isEmpty())
            continue;
        const qsizetype last = std::max({selector.lastIndexOf(u' '), selector.lastIndexOf(u'>'), selector.lastIndexOf(u'+'),
                                         selector.lastIndexOf(u'~')});
        selector = selector.mid(last + 1);
        if (!simple.match(selector).hasMatch())
            continue;
        for (const CssDeclaration& declaration : rule.declarations)
            addDeclaration(styles[selector], declaration, last >= 0);
    }
}

Styles stylesOf(const Part& part)
{
    Styles styles;
    for (const Span& style : part.outline->styles()) {
        for (const CssRule& rule : rulesIn(part.source, style))
            addRule(styles, rule);
    }
    return styles;
}

void applyAll(Look& look, const Styles& styles, const QString& selector)
{
    const auto found = styles.constFind(selector);
    if (found == styles.cend())
        return;
    for (const CssDeclaration& declaration : *found)
        apply(look, declaration);
}

void applyStyles(Look& look, const Styles& styles, const HtmlElement& element)
{
    if (styles.isEmpty())
        return;
    const QString name = element.name.toString();
    applyAll(look, styles, name);
    for (const QStringView& one : element.value(u"class").split(u' ', Qt::SkipEmptyParts)) {
        applyAll(look, styles, u'.' + one.toString());
        applyAll(look, styles, name + u'.' + one.toString());
    }
    if (const QStringView id = element.value(u"id"); !id.isEmpty())
        applyAll(look, styles, u'#' + id.toString());
}

void applyAttributes(Look& look, const HtmlElement& element)
{
    const auto paint = [&](Paint& target, QStringView name) {
        if (const HtmlAttribute* attribute = element.attribute(name)) {
            const std::optional<Color> color = colorOf(attribute->value.toString().toLower());
            target = {color ? Paint::Known : Paint::Unknown, color.value_or(Color()), attribute->valuePlace};
        }
    };
    paint(look.background, u"bgcolor");
    if (element.has(u"background"))
        look.background = {Paint::Unknown, {}, element.attribute(u"background")->valuePlace};
    if (element.name == u"font")
        paint(look.text, u"color");
    if (element.name == u"body")
        paint(look.text, u"text");
}

// What browsers do without being told.
void applyDefaults(Look& look, const HtmlElement& element)
{
    const QStringView name = element.name;
    if (name == u"a" && element.has(u"href"))
        look.text = {Paint::Unknown, {}, {}}; // each program has its own colour for links
    if (name == u"b" || name == u"strong" || name == u"th" || (name.size() == 2 && name[0] == u'h' && name[1].isDigit()))
        look.isBold = true;
    if (name == u"h1")
        look.size = 32;
    else if (name == u"h2")
        look.size = 24;
    else if (name == u"h3")
        look.size = 18.72;
    if (element.has(u"hidden"))
        look.isHidden = true;
}

std::vector<Look> looksOf(const Part& part)
{
    const Styles styles = stylesOf(part);
    std::vector<Look> looks;
    looks.reserve(part.outline->elements().size());
    for (const HtmlElement& element : part.outline->elements()) {
        Look look = element.parent >= 0 ? looks[std::size_t(element.parent)] : Look();
        applyDefaults(look, element);
        applyAttributes(look, element);
        applyStyles(look, styles, element);
        for (const CssDeclaration& declaration : element.style)
            apply(look, declaration);
        if (element.value(u"style").contains(Source::tagMark))
            look.text.state = look.background.state = Paint::Unknown; // one of several arms
        looks.push_back(look);
    }
    return looks;
}

template <typename Check>
void forTexts(const Part& part, const Check& check)
{
    const std::vector<Look> looks = looksOf(part);
    const QStringView masked = part.source.masked();
    for (const HtmlText& text : part.outline->texts()) {
        const QStringView words = masked.mid(text.place.position, text.place.length);
        const bool isSeen = std::any_of(words.begin(), words.end(),
                                        [](QChar c) { return c == Source::outputMark || c.isLetterOrNumber(); });
        if (isSeen && text.parent >= 0 && !looks[std::size_t(text.parent)].isHidden
            && looks[std::size_t(text.parent)].size > 2)
            check(looks[std::size_t(text.parent)], part.outline->elements()[std::size_t(text.parent)]);
    }
}

void lowContrast(const Part& part, Report& report)
{
    QSet<std::pair<qsizetype, qsizetype>> seen;
    forTexts(part, [&](const Look& look, const HtmlElement& element) {
        if (look.text.state == Paint::Unknown || look.background.state == Paint::Unknown)
            return;
        if (look.text.state == Paint::Unset && look.background.state == Paint::Unset)
            return;
        const Color text = look.text.color; // unset: black
        const Color background = look.background.state == Paint::Known ? look.background.color : Color{255, 255, 255};
        const bool isLarge = look.size >= 24 || (look.isBold && look.size >= 18.66);
        const double least = isLarge ? 3 : 4.5;
        const double found = contrast(text, background);
        const std::pair key(look.text.place.position, look.background.place.position);
        if (found >= least || seen.contains(key))
            return;
        seen.insert(key);
        const Span place = look.text.place.length ? look.text.place : look.background.place;
        report.add(part, place.length ? place : element.namePlace(),
                   tr("The text is hard to read: its contrast is %1, where it takes %2 (WCAG).")
                       .arg(QString::number(found, 'f', 1), QString::number(least, 'f', 1)));
    });
}

void textWithoutBackground(const Part& part, Report& report)
{
    QSet<qsizetype> seen;
    forTexts(part, [&](const Look& look, const HtmlElement&) {
        const bool isLonely = look.text.state == Paint::Known && look.background.state == Paint::Unset;
        if (!isLonely || look.text.place.length == 0 || seen.contains(look.text.place.position))
            return;
        seen.insert(look.text.place.position);
        report.add(part, look.text.place,
                   tr("The text has a colour, and what is behind it has none: in the dark, programs paint that black."));
    });
}

constexpr Rule rules[] = {
    {"low-contrast", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Texts whose colour is too near to that behind them (below 4.5, large ones 3, by WCAG 2.1)."),
     QT_TRANSLATE_NOOP("Lint", "Make the text darker or its background lighter."), Looks::AtHtml, lowContrast},
    {"text-without-background", Severity::Hint,
     QT_TRANSLATE_NOOP("Lint", "Texts with a colour on a background without one: dark mode may make them unreadable."),
     QT_TRANSLATE_NOOP("Lint", "Set the background, too, on the element or on <body>."), Looks::AtHtml,
     textWithoutBackground},
};

} // namespace

std::span<const Rule> colorRules()
{
    return rules;
}

} // namespace carillon::lint
