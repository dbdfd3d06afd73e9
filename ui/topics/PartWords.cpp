// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/PartWords.h"

#include "ui/widgets/Words.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <QRegularExpression>

namespace carillon::ui {

namespace {

struct Parts {
    Q_DECLARE_TR_FUNCTIONS(Parts)
};

} // namespace

QList<ChannelPart> partsOf(const Template& content)
{
    if (content.scope == TemplateScope::Snippet)
        return {{QStringLiteral("body"), PartFormat::Html}};
    return channelOf(content.channel).parts;
}

QString partTitle(const QString& part)
{
    static const QHash<QString, const char*> titles{{QStringLiteral("subject"), QT_TRANSLATE_NOOP("Parts", "Subject")},
                                                    {QStringLiteral("preheader"), QT_TRANSLATE_NOOP("Parts", "Preheader")},
                                                    {QStringLiteral("title"), QT_TRANSLATE_NOOP("Parts", "Title")},
                                                    {QStringLiteral("html"), QT_TRANSLATE_NOOP("Parts", "HTML")},
                                                    {QStringLiteral("markdown"), QT_TRANSLATE_NOOP("Parts", "Markdown")},
                                                    {QStringLiteral("text"), QT_TRANSLATE_NOOP("Parts", "Text")},
                                                    {QStringLiteral("blocks"), QT_TRANSLATE_NOOP("Parts", "Blocks")},
                                                    {QStringLiteral("photo"), QT_TRANSLATE_NOOP("Parts", "Photo")},
                                                    {QStringLiteral("buttons"), QT_TRANSLATE_NOOP("Parts", "Buttons")},
                                                    {QStringLiteral("parameters"), QT_TRANSLATE_NOOP("Parts", "Parameters")},
                                                    {QStringLiteral("image"), QT_TRANSLATE_NOOP("Parts", "Image")},
                                                    {QStringLiteral("url"), QT_TRANSLATE_NOOP("Parts", "Opens")},
                                                    {QStringLiteral("actions"), QT_TRANSLATE_NOOP("Parts", "Actions")},
                                                    {QStringLiteral("tag"), QT_TRANSLATE_NOOP("Parts", "Tag")},
                                                    {QStringLiteral("body"), QT_TRANSLATE_NOOP("Parts", "Body")}};
    const char* title = titles.value(part);
    return title ? Parts::tr(title) : part;
}

QString partHint(const Template& content, const QString& part)
{
    if (part == u"subject")
        return Parts::tr("For example: Your order {{ data.number }} is on its way");
    if (part == u"preheader")
        return Parts::tr("What mail programs show after the subject");
    if (part == u"markdown")
        return Parts::tr("Instead of HTML: left empty, the HTML is taken");
    if (content.channel == u"email" && part == u"text")
        return Parts::tr("Left empty, the text is made from the HTML");
    if (part == u"tag")
        return Parts::tr("For example: order-{{ data.number }}; replaces the message before it with the same tag");
    if (part == u"image" || part == u"photo")
        return Parts::tr("https://… of a picture; may be empty");
    if (part == u"url")
        return Parts::tr("https://… that a click leads to; may be empty");
    if (part == u"blocks")
        return Parts::tr("Block Kit as JSON: [ { \"type\": \"section\", … } ]. Left empty, the text alone is sent.");
    if (part == u"parameters")
        return Parts::tr("The values of the approved template, as a JSON list: [ \"{{ contact.name }}\" ]");
    if (part == u"buttons")
        return Parts::tr("A JSON list: [ { \"text\": \"Open\", \"url\": \"https://…\" } ]; may be empty");
    if (part == u"actions")
        return Parts::tr("A JSON list: [ { \"title\": \"Open\", \"url\": \"https://…\" } ]; may be empty");
    if (content.scope == TemplateScope::Snippet)
        return Parts::tr("A piece that templates put in with {% render %}");
    return {};
}

bool isLine(PartFormat format)
{
    return format == PartFormat::Line || format == PartFormat::Url;
}

HostLanguage languageOf(PartFormat format, const QJsonObject& settings)
{
    switch (format) {
    case PartFormat::Line:
    case PartFormat::Url:
    case PartFormat::Text: return HostLanguage::Text;
    case PartFormat::Html: return HostLanguage::Html;
    case PartFormat::Markdown: return HostLanguage::Markdown;
    case PartFormat::Json: return HostLanguage::Json;
    case PartFormat::Slack: return HostLanguage::Slack;
    case PartFormat::Telegram: break;
    }
    const QString mode = settings.value(u"parse_mode").toString();
    if (mode == u"markdown")
        return HostLanguage::TelegramMarkdown;
    return mode == u"plain" ? HostLanguage::Text : HostLanguage::Html;
}

QString languageTitle(const QString& locale)
{
    if (locale.isEmpty())
        return Parts::tr("every language");
    const QLocale known(locale);
    if (known.language() == QLocale::C)
        return locale;
    return Parts::tr("%1 (%2)").arg(QLocale::languageToString(known.language()), locale);
}

QString categoryTitle(Category category)
{
    switch (category) {
    case Category::Transactional: return Parts::tr("Transactional");
    case Category::Marketing: return Parts::tr("Marketing");
    case Category::System: return Parts::tr("System");
    }
    return {};
}

QString templateTitle(const Template& content, const QList<Brand>& brands)
{
    QStringList words;
    if (!content.channel.isEmpty())
        words << channelTitle(content.channel);
    words << languageTitle(content.locale);
    for (const Brand& brand : brands) {
        if (brand.id == content.brandId)
            words << brand.name;
    }
    if (!content.variant.isEmpty())
        words << Parts::tr("variant %1").arg(content.variant);
    return words.join(QStringLiteral(", "));
}

bool isSamePlace(const Template& one, const Template& other)
{
    return one.scope == other.scope && one.key == other.key && one.channel == other.channel && one.brandId == other.brandId
        && one.variant == other.variant && one.locale.compare(other.locale, Qt::CaseInsensitive) == 0;
}

QString localeProblem(const QString& locale)
{
    static const QRegularExpression form(QStringLiteral("^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,4}$"));
    if (form.match(locale).hasMatch() && QLocale(locale).language() != QLocale::C)
        return {};
    return Parts::tr("“%1” is no language tag. Write it as in de or pt-BR.").arg(locale);
}

} // namespace carillon::ui
