// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/FieldCheck.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("FieldCheck", text);
}

tl::unexpected<Error> wrong(const ProviderField& field, const QString& sentence)
{
    return fail(ErrorCode::InvalidInput, sentence.arg(field.label), field.key);
}

bool isMissing(const QJsonValue& value)
{
    return value.isNull() || value.isUndefined() || (value.isString() && value.toString().isEmpty());
}

bool hasControlCharacter(const QString& text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
}

Status checkText(const ProviderField& field, const QString& text)
{
    if (field.type != FieldType::Multiline && hasControlCharacter(text))
        return wrong(field, tr("%1 must be one line without control characters."));
    const QRegularExpression pattern(QRegularExpression::anchoredPattern(field.pattern));
    if (!field.pattern.isEmpty() && !pattern.match(text).hasMatch())
        return wrong(field,
                     field.help.isEmpty()
                         ? tr("%1 does not have the expected form.")
                         : tr("%1 does not have the expected form. %2").arg(QStringLiteral("%1"), field.help));
    return field.type == FieldType::Url ? checkHttpUrl(text, field.key) : Status();
}

Status checkNumber(const ProviderField& field, const QJsonValue& value)
{
    if (!value.isDouble())
        return wrong(field, tr("%1 must be a number."));
    const bool bounded = field.minimum != 0 || field.maximum != 0;
    if (bounded && (value.toDouble() < field.minimum || value.toDouble() > field.maximum))
        return wrong(field,
                     tr("%1 must be between %2 and %3.")
                         .arg(QStringLiteral("%1"), QString::number(field.minimum, 'g', 15),
                              QString::number(field.maximum, 'g', 15)));
    return {};
}

} // namespace

Status checkHttpUrl(const QString& text, const QString& field)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool web = url.scheme() == QStringLiteral("http") || url.scheme() == QStringLiteral("https");
    if (!url.isValid() || !web || url.host().isEmpty())
        return fail(ErrorCode::InvalidInput, tr("A complete address is needed, such as https://example.org/path."), field);
    if (!url.userInfo().isEmpty())
        return fail(ErrorCode::InvalidInput, tr("A user name or password must not be part of the address."), field);
    return {};
}

Status checkField(const ProviderField& field, const QJsonValue& value)
{
    if (isMissing(value))
        return field.required ? Status(wrong(field, tr("%1 is missing."))) : Status();
    switch (field.type) {
    case FieldType::Number: return checkNumber(field, value);
    case FieldType::Boolean: return value.isBool() ? Status() : Status(wrong(field, tr("%1 must be on or off.")));
    case FieldType::Choice:
        if (!value.isString() || !field.choices.contains(value.toString()))
            return wrong(field,
                         tr("%1 must be one of: %2.").arg(QStringLiteral("%1"), field.choices.join(QStringLiteral(", "))));
        return {};
    case FieldType::Text:
    case FieldType::Multiline:
    case FieldType::Url:
    case FieldType::Password:
        return value.isString() ? checkText(field, value.toString()) : Status(wrong(field, tr("%1 must be text.")));
    }
    return {};
}

Status checkSecretField(const ProviderField& field, const Secret& value)
{
    if (!value.isEmpty())
        return checkText(field, QString::fromUtf8(value.reveal()));
    if (!field.required)
        return {};
    return fail(ErrorCode::NeedsSecret, tr("%1 is missing. Enter it again.").arg(field.label), field.key);
}

} // namespace carillon
