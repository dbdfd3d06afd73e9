// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/ContentCheck.h"

#include "engine/content/Composer.h"
#include "engine/model/Names.h"
#include "engine/store/AssetRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/TemplateRepository.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

namespace carillon {

namespace {

constexpr qsizetype maxTexts = 10'000;
constexpr qsizetype maxTextLength = 20'000;
constexpr qsizetype maxTextsLength = 4'000'000; // all of one locale together
constexpr qsizetype maxPartLength = 2'000'000; // as much as compiles
constexpr qsizetype maxAttachments = 20;

QString tr(const char* text)
{
    return QCoreApplication::translate("ContentCheck", text);
}

tl::unexpected<Error> wrong(const char* field, const QString& sentence)
{
    return fail(ErrorCode::InvalidInput, sentence, QString::fromLatin1(field));
}

bool matches(const QRegularExpression& pattern, const QString& text)
{
    return pattern.match(text).hasMatch();
}

Status checkPlace(const Template& content)
{
    static const QRegularExpression localePattern(QStringLiteral("^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,4}$"));
    static const QRegularExpression channelPattern(QStringLiteral("^[a-z][a-z0-9_-]{0,49}$"));
    static const QRegularExpression variantPattern(QStringLiteral("^[a-z0-9][a-z0-9_-]{0,39}$"));
    const bool ofChannel = content.scope == TemplateScope::Topic || content.scope == TemplateScope::Category;
    if (!content.locale.isEmpty() && !matches(localePattern, content.locale))
        return wrong("locale", tr("“%1” is no locale. Write it as in pt-BR.").arg(content.locale));
    if (ofChannel && !matches(channelPattern, content.channel))
        return wrong("channel", tr("The template needs a channel, for example email."));
    if (!ofChannel && !content.channel.isEmpty())
        return wrong("channel", tr("Snippets and translations serve every channel: leave the channel out."));
    if (!content.variant.isEmpty() && !(ofChannel && matches(variantPattern, content.variant)))
        return wrong("variant", tr("“%1” is no name of a variant. Write a short lower-case word.").arg(content.variant));
    return {};
}

Status checkKey(const Template& content)
{
    static const QRegularExpression snippetPattern(QStringLiteral("^[a-z][a-z0-9_/-]{0,99}$"));
    switch (content.scope) {
    case TemplateScope::Topic: return {};
    case TemplateScope::Category:
        if (!valueOf<Category>(content.key))
            return wrong("key", tr("The category is transactional, marketing or system."));
        return {};
    case TemplateScope::Snippet:
        if (!matches(snippetPattern, content.key))
            return wrong("key",
                         tr("The name of a snippet is a lower-case word with digits, dashes, underscores or slashes, for "
                            "example footer."));
        return {};
    case TemplateScope::Texts:
        return content.key.isEmpty() ? Status() : wrong("key", tr("Translations have no name of their own."));
    }
    return {};
}

Status checkTexts(const QMap<QString, QString>& texts)
{
    static const QRegularExpression pattern(QStringLiteral("^[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}$"));
    if (texts.size() > maxTexts)
        return wrong("parts", tr("There are more than %1 texts of one locale.").arg(maxTexts));
    qsizetype length = 0;
    for (auto text = texts.cbegin(); text != texts.cend(); ++text) {
        if (!matches(pattern, text.key()))
            return fail(ErrorCode::InvalidInput,
                        tr("“%1” cannot be the key of a text. Use letters, digits, dots, dashes, underscores and slashes.")
                            .arg(text.key().left(100)),
                        text.key().left(200));
        if (text->size() > maxTextLength)
            return fail(ErrorCode::InvalidInput,
                        tr("The text “%1” is longer than %2 characters.").arg(text.key()).arg(maxTextLength), text.key());
        length += text->size();
    }
    if (length > maxTextsLength)
        return wrong("parts", tr("The texts of one locale are longer than %1 characters.").arg(maxTextsLength));
    return {};
}

Status checkParts(const Template& content)
{
    if (content.scope == TemplateScope::Texts)
        return checkTexts(content.parts);
    if (content.scope == TemplateScope::Snippet && content.parts.keys() != QStringList{QStringLiteral("body")})
        return wrong("parts", tr("A snippet has one part, “body”."));
    for (auto part = content.parts.cbegin(); part != content.parts.cend(); ++part) {
        if (part->size() > maxPartLength)
            return fail(ErrorCode::InvalidInput,
                        tr("The part “%1” is longer than %2 characters.").arg(part.key()).arg(maxPartLength), part.key());
    }
    return {};
}

Status checkWord(const QJsonObject& settings, const QString& name, const QStringList& words)
{
    const QJsonValue value = settings.value(name);
    if (value.isUndefined() || words.contains(value.toString()))
        return {};
    return wrong("settings", tr("“%1” is one of: %2.").arg(name, words.join(QStringLiteral(", "))));
}

Status checkSettings(const QJsonObject& settings)
{
    if (const Status right = checkWord(settings, QStringLiteral("overflow"),
                                       {QStringLiteral("refuse"), QStringLiteral("cut"), QStringLiteral("split")});
        !right)
        return right;
    if (const Status right = checkWord(settings, QStringLiteral("parse_mode"),
                                       {QStringLiteral("html"), QStringLiteral("markdown"), QStringLiteral("plain")});
        !right)
        return right;
    const QJsonArray attachments = settings.value(u"attachments").toArray();
    if (attachments.size() > maxAttachments)
        return wrong("settings", tr("A template has at most %1 attachments.").arg(maxAttachments));
    for (const QJsonValue& attachment : attachments) {
        if (attachment.toObject().value(u"name").toString().trimmed().isEmpty())
            return wrong("settings", tr("An attachment has no name."));
    }
    return {};
}

Status checkReferences(Connection& connection, const Template& content)
{
    if (content.brandId != 0 && !BrandRepository(connection).find(content.brandId))
        return wrong("brand", tr("The brand does not exist any more. Choose another."));
    for (const QJsonValue& value : content.settings.value(u"attachments").toArray()) {
        const QJsonObject attachment = value.toObject();
        if (!AssetRepository(connection).contains(attachment.value(u"asset").toString()))
            return wrong("settings",
                         tr("The file of the attachment “%1” is not there. Attach it again.")
                             .arg(attachment.value(u"name").toString()));
    }
    return {};
}

} // namespace

Status checkTemplateForm(const Template& content)
{
    Status right = checkPlace(content);
    if (right)
        right = checkKey(content);
    if (right)
        right = checkParts(content);
    if (right)
        right = checkSettings(content.settings);
    return right;
}

Status checkTemplateContent(Connection& connection, const Template& content, qint64 brandId)
{
    if (const Status right = checkReferences(connection, content); !right)
        return right;
    ContentSet set;
    set.brand.id = brandId;
    set.templates << content;
    for (const Template& snippet : TemplateRepository(connection).shared(TemplateScope::Snippet)) {
        if (snippet.id != content.id)
            set.templates << snippet;
    }
    const Composer composer(set);
    for (const CompileProblem& problem : composer.problems()) {
        if (problem.channel == content.channel && problem.locale == content.locale && problem.templateId == content.id
            && problem.scope == content.scope)
            return fail(ErrorCode::InvalidInput,
                        tr("%1, line %2, column %3: %4")
                            .arg(problem.part)
                            .arg(problem.problem.line)
                            .arg(problem.problem.column)
                            .arg(problem.problem.message),
                        problem.part);
    }
    return {};
}

} // namespace carillon
