// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/CallbackChallenge.h"

#include "engine/base/Json.h"
#include "engine/provider/JsonPointer.h"
#include "engine/provider/RequestAuth.h"
#include "engine/security/Hmac.h"

#include <QCoreApplication>

namespace carillon {

QList<CallbackChallenge> CallbackChallenge::readList(JsonReader& rules)
{
    const QString name = QStringLiteral("challenges");
    QList<CallbackChallenge> challenges;
    const QJsonArray list = rules.array(name);
    for (qsizetype i = 0; i < list.size(); ++i) {
        JsonReader reader = rules.at(list[i], rules.pointerTo(name) + u'/' + QString::number(i));
        CallbackChallenge challenge;
        challenge.m_method
            = reader.choice(QStringLiteral("method"), {QStringLiteral("POST"), QStringLiteral("GET")}).toLatin1();
        challenge.m_conditions = CallbackCondition::readList(reader, QStringLiteral("when"));
        challenge.readToken(reader);
        JsonReader answer = reader.at(reader.object(QStringLiteral("answer"), JsonReader::Required),
                                      reader.pointerTo(QStringLiteral("answer")));
        challenge.m_answer = CallbackPlace::read(answer);
        answer.refuseUnknown();
        challenge.m_member = reader.text(QStringLiteral("member"));
        reader.refuseUnknown();
        challenges << challenge;
    }
    return challenges;
}

void CallbackChallenge::readToken(JsonReader& reader)
{
    const QString name = QStringLiteral("token");
    m_hasToken = reader.has(name);
    if (!m_hasToken)
        return;
    JsonReader token = reader.at(reader.object(name), reader.pointerTo(name));
    m_token = CallbackPlace::read(token);
    m_expected = readTemplate(token, QStringLiteral("equals"), JsonReader::Required, RequestTemplate::Escaping::None);
    token.refuseUnknown();
}

bool CallbackChallenge::isAsked(const CallbackDocument& document) const
{
    return document.callback.method == m_method && allHold(m_conditions, document, document.body);
}

Result<CallbackAnswer> CallbackChallenge::answer(const CallbackDocument& document, const RequestValues& account) const
{
    if (m_hasToken) {
        const Result<QByteArray> expected = m_expected.render(account);
        const QByteArray given = jsonText(m_token.in(document, document.body)).toUtf8();
        if (!expected || expected->isEmpty() || !equalInConstantTime(*expected, given))
            return fail(ErrorCode::Forbidden,
                        QCoreApplication::translate("CallbackChallenge",
                                                    "The platform showed another verification token than the account has."));
    }
    const QString text = jsonText(m_answer.in(document, document.body)).left(MaxAnswer);
    if (m_member.isEmpty())
        return CallbackAnswer{200, "text/plain; charset=utf-8", text.toUtf8()};
    return CallbackAnswer{200, "application/json", compactJson({{m_member, text}})};
}

} // namespace carillon
