// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/ReceiptRules.h"

#include "engine/provider/RefusalLimitReader.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ReceiptRules", text);
}

QString readAt(JsonReader& rule)
{
    const QString at = rule.text(QStringLiteral("at"));
    if (!at.isEmpty() && !at.startsWith(u'/'))
        rule.note(rule.pointerTo(QStringLiteral("at")), tr("a JSON pointer starts with a slash."));
    return at;
}

QList<CallbackPlace> readNeeded(JsonReader& rule, const QString& name)
{
    const QList<CallbackPlace> places = CallbackPlace::readList(rule, name);
    if (places.isEmpty())
        rule.note(rule.pointerTo(name), tr("at least one place is needed."));
    return places;
}

} // namespace

std::shared_ptr<const ReceiptRules> ReceiptRules::read(JsonReader& receipts)
{
    auto rules = std::make_shared<ReceiptRules>();
    JsonReader check = receipts.at(receipts.object(QStringLiteral("check"), JsonReader::Required),
                                   receipts.pointerTo(QStringLiteral("check")));
    rules->m_check = readCallbackCheck(check);
    rules->m_challenges = CallbackChallenge::readList(receipts);
    rules->m_formField = receipts.text(QStringLiteral("formField"));
    rules->readItems(receipts);
    rules->readMessages(receipts);
    rules->readAnswer(receipts);
    receipts.refuseUnknown();
    return rules;
}

ReceiptRules::KindRule ReceiptRules::readKind(JsonReader& rule)
{
    static const QStringList kinds{nameOf(ReceiptKind::Sent),    nameOf(ReceiptKind::Delivered), nameOf(ReceiptKind::Read),
                                   nameOf(ReceiptKind::Opened),  nameOf(ReceiptKind::Clicked),   nameOf(ReceiptKind::Failed),
                                   nameOf(ReceiptKind::Bounced), nameOf(ReceiptKind::Complained)};
    KindRule kind;
    kind.conditions = CallbackCondition::readList(rule, QStringLiteral("when"));
    kind.kind = receiptKindOf(rule.choice(QStringLiteral("kind"), kinds, JsonReader::Required)).value_or(ReceiptKind::Sent);
    kind.suppress = rule.boolean(QStringLiteral("suppress"), false);
    if (kind.suppress && kind.kind != ReceiptKind::Failed)
        rule.note(rule.pointerTo(QStringLiteral("suppress")),
                  tr("only \"failed\" needs it: \"bounced\" and \"complained\" suppress the address always."));
    kind.suppressAfter = readRefusalLimit(rule);
    if (kind.suppressAfter.isSet() && kind.kind != ReceiptKind::Failed)
        rule.note(rule.pointerTo(QStringLiteral("suppressAfter")), tr("only \"failed\" can be counted."));
    rule.refuseUnknown();
    return kind;
}

void ReceiptRules::readItems(JsonReader& receipts)
{
    const QString name = QStringLiteral("items");
    const QJsonArray list = receipts.array(name);
    for (qsizetype i = 0; i < list.size(); ++i) {
        JsonReader reader = receipts.at(list[i], receipts.pointerTo(name) + u'/' + QString::number(i));
        ItemRule rule;
        rule.at = readAt(reader);
        rule.id = readNeeded(reader, QStringLiteral("id"));
        rule.key = CallbackPlace::readList(reader, QStringLiteral("key"));
        rule.reason = CallbackPlace::readList(reader, QStringLiteral("reason"));
        rule.code = CallbackPlace::readList(reader, QStringLiteral("code"));
        rule.time = CallbackPlace::readList(reader, QStringLiteral("time"));
        rule.status = CallbackPlace::readList(reader, QStringLiteral("status"));
        const QString kinds = QStringLiteral("kinds");
        const QJsonArray entries = reader.array(kinds, JsonReader::Required);
        for (qsizetype k = 0; k < entries.size(); ++k) {
            JsonReader kind = reader.at(entries[k], reader.pointerTo(kinds) + u'/' + QString::number(k));
            rule.kinds << readKind(kind);
        }
        reader.refuseUnknown();
        m_items << rule;
    }
}

void ReceiptRules::readMessages(JsonReader& receipts)
{
    const QString name = QStringLiteral("messages");
    const QJsonArray list = receipts.array(name);
    for (qsizetype i = 0; i < list.size(); ++i) {
        JsonReader reader = receipts.at(list[i], receipts.pointerTo(name) + u'/' + QString::number(i));
        MessageRule rule;
        rule.at = readAt(reader);
        rule.conditions = CallbackCondition::readList(reader, QStringLiteral("when"));
        rule.id = CallbackPlace::readList(reader, QStringLiteral("id"));
        rule.from = readNeeded(reader, QStringLiteral("from"));
        rule.fromPrefix = reader.text(QStringLiteral("fromPrefix"));
        rule.text = CallbackPlace::readList(reader, QStringLiteral("text"));
        rule.answersTo = CallbackPlace::readList(reader, QStringLiteral("answersTo"));
        rule.time = CallbackPlace::readList(reader, QStringLiteral("time"));
        rule.stop = CallbackCondition::readList(reader, QStringLiteral("stop"));
        reader.refuseUnknown();
        m_messages << rule;
    }
}

void ReceiptRules::readAnswer(JsonReader& receipts)
{
    const QString name = QStringLiteral("answer");
    if (!receipts.has(name))
        return;
    JsonReader answer = receipts.at(receipts.object(name), receipts.pointerTo(name));
    m_answer.status = static_cast<int>(answer.number(QStringLiteral("status"), 200, 200, 299));
    m_answer.contentType = answer.text(QStringLiteral("type")).toLatin1();
    m_answer.body = answer.text(QStringLiteral("body")).toUtf8();
    if (m_answer.contentType.isEmpty() != m_answer.body.isEmpty() || m_answer.contentType.contains('\n')
        || m_answer.contentType.contains('\r'))
        answer.note(answer.pointerTo(QStringLiteral("type")), tr("a body needs its type, in one line."));
    answer.refuseUnknown();
}

} // namespace carillon
