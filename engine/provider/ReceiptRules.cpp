// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/ReceiptRules.h"

#include "engine/base/Json.h"
#include "engine/model/Delivery.h"
#include "engine/provider/JsonPointer.h"
#include "engine/provider/Redactor.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace carillon {

namespace {

constexpr qint64 DayMs = 86'400'000;

QString tr(const char* text)
{
    return QCoreApplication::translate("ReceiptRules", text);
}

// "2024-04-08 16:57:23 +0000" with its offset where ISO 8601 has it.
QString withoutBlank(QString time)
{
    return time.replace(QStringLiteral(" +"), QStringLiteral("+")).replace(QStringLiteral(" -"), QStringLiteral("-"));
}

// Seconds, with or without fractions, milliseconds, or ISO 8601, also with a blank before the offset. 0 when it is none of
// these, or not of our days.
qint64 timeOf(const QString& text, qint64 now)
{
    bool isNumber = false;
    const double number = text.left(64).toDouble(&isNumber);
    qint64 time = 0;
    if (isNumber && std::isfinite(number) && number > 0 && number < 1e14)
        time = static_cast<qint64>(number < 1e11 ? number * 1'000 : number);
    else if (!isNumber)
        time = QDateTime::fromString(withoutBlank(text.left(64)), Qt::ISODateWithMs).toMSecsSinceEpoch();
    return time > 0 && time <= now + DayMs ? time : 0;
}

} // namespace

// One callback, being read.
struct ReceiptRules::Context {
    const CallbackDocument& document;
    const Redactor& redactor;
    const QString& workspaceId;
    qint64 now;

    QString text(const QList<CallbackPlace>& places, const QJsonValue& item) const
    {
        return firstText(places, document, item);
    }
};

bool ReceiptRules::referToMessages() const
{
    const auto answers = [](const MessageRule& rule) { return !rule.answersTo.isEmpty(); };
    return !m_items.isEmpty() || std::any_of(m_messages.begin(), m_messages.end(), answers);
}

QJsonValue ReceiptRules::bodyOf(const Callback& callback) const
{
    if (callback.body.isEmpty())
        return callback.method == "GET" ? formObject(callback.query) : QJsonValue(QJsonObject());
    QByteArray json = callback.body;
    if (callback.isForm()) {
        const QJsonValue form = formObject(callback.body);
        if (m_formField.isEmpty() || !form[m_formField].isString())
            return form;
        json = form[m_formField].toString().toUtf8();
    }
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (document.isObject())
        return document.object();
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(QJsonValue::Undefined);
}

Result<std::optional<CallbackAnswer>> ReceiptRules::challenge(const CallbackDocument& document, const RequestValues& account,
                                                              bool withToken) const
{
    for (const CallbackChallenge& challenge : m_challenges) {
        if (challenge.hasToken() != withToken || !challenge.isAsked(document))
            continue;
        const Result<CallbackAnswer> answer = challenge.answer(document, account);
        if (!answer)
            return fail(answer.error());
        return std::optional(*answer);
    }
    return std::optional<CallbackAnswer>();
}

const ReceiptRules::KindRule* ReceiptRules::kindOf(const ItemRule& rule, const Context& context, const QJsonValue& item)
{
    const auto fits = std::find_if(rule.kinds.begin(), rule.kinds.end(),
                                   [&](const KindRule& kind) { return allHold(kind.conditions, context.document, item); });
    return fits == rule.kinds.end() ? nullptr : &*fits;
}

std::optional<Receipt> ReceiptRules::receiptOf(const ItemRule& rule, const Context& context, const QJsonValue& item)
{
    const KindRule* kind = kindOf(rule, context, item);
    if (!kind)
        return std::nullopt;
    Receipt receipt;
    receipt.providerId = context.text(rule.id, item);
    receipt.deliveryId = deliveryIdOf(context.text(rule.key, item), context.workspaceId);
    receipt.kind = kind->kind;
    receipt.reason = context.redactor.reason(context.text(rule.reason, item).toUtf8());
    receipt.code = context.redactor.reason(context.text(rule.code, item).toUtf8()).left(MaxCode);
    receipt.time = timeOf(context.text(rule.time, item), context.now);
    receipt.suppress = kind->suppress;
    receipt.suppressAfter = kind->suppressAfter;
    const bool named = !receipt.providerId.isEmpty() || receipt.deliveryId != 0;
    return named && receipt.providerId.size() <= MaxId ? std::optional(receipt) : std::nullopt;
}

void ReceiptRules::readReceipt(const ItemRule& rule, const Context& context, const QJsonValue& item,
                               CallbackReading& reading)
{
    if (const auto receipt = receiptOf(rule, context, item)) {
        reading.receipts << *receipt;
        return;
    }
    const QString status = context.redactor.reason(context.text(rule.status, item).toUtf8()).left(MaxCode);
    if (!status.isEmpty() && !kindOf(rule, context, item))
        reading.unknown << UnknownReceipt{context.redactor.reason(context.text(rule.id, item).toUtf8()), status};
}

std::optional<InboundMessage> ReceiptRules::messageOf(const MessageRule& rule, const Context& context,
                                                      const QJsonValue& item)
{
    if (!allHold(rule.conditions, context.document, item))
        return std::nullopt;
    InboundMessage message;
    message.id = context.text(rule.id, item);
    message.from = context.text(rule.from, item);
    if (!message.from.isEmpty() && !message.from.startsWith(rule.fromPrefix))
        message.from.prepend(rule.fromPrefix);
    message.text = context.text(rule.text, item).left(MaxText);
    message.text.replace(QChar::Null, u' ');
    message.answersTo = context.text(rule.answersTo, item);
    message.time = timeOf(context.text(rule.time, item), context.now);
    message.stop = !rule.stop.isEmpty() && allHold(rule.stop, context.document, item);
    const bool bounded = message.id.size() <= MaxId && message.from.size() <= MaxId && message.answersTo.size() <= MaxId;
    return bounded && !message.from.isEmpty() ? std::optional(message) : std::nullopt;
}

Result<CallbackReading> ReceiptRules::read(const Callback& callback, const AccountConfig& account,
                                           const QString& workspaceId, qint64 now) const
{
    const CallbackDocument document{callback, bodyOf(callback)};
    const RequestValues values(account);
    const auto unsignedAnswer = challenge(document, values, true);
    if (!unsignedAnswer)
        return fail(unsignedAnswer.error());
    if (*unsignedAnswer)
        return CallbackReading{**unsignedAnswer, {}, {}};
    if (const Status genuine = m_check->check(callback, values, now); !genuine)
        return fail(genuine.error());
    const auto answer = challenge(document, values, false);
    if (!answer)
        return fail(answer.error());
    if (*answer)
        return CallbackReading{**answer, {}, {}};
    if (document.body.isUndefined())
        return fail(ErrorCode::InvalidInput, tr("The callback has neither JSON nor a form."));
    const Redactor redactor(account.secrets.values());
    return readAll({document, redactor, workspaceId, now});
}

Result<CallbackReading> ReceiptRules::readAll(const Context& context) const
{
    CallbackReading reading{m_answer, {}, {}};
    qsizetype count = 0;
    const auto each = [&](const auto& rule, const auto& take) {
        const QJsonArray items = jsonAllAt(context.document.body, rule.at, MaxItems + 1 - count);
        count += items.size();
        for (const QJsonValue& item : items)
            take(rule, item);
    };
    for (const ItemRule& rule : m_items)
        each(rule, [&](const ItemRule& of, const QJsonValue& item) { readReceipt(of, context, item, reading); });
    for (const MessageRule& rule : m_messages)
        each(rule, [&](const MessageRule& of, const QJsonValue& item) {
            if (const auto message = messageOf(of, context, item))
                reading.messages << *message;
        });
    if (count > MaxItems)
        return fail(ErrorCode::InvalidInput, tr("The callback has more than %1 entries.").arg(MaxItems));
    return reading;
}

} // namespace carillon
