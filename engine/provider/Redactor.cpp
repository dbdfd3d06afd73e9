// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/Redactor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <algorithm>

namespace carillon {

namespace {

QByteArray insideJson(const QByteArray& text)
{
    const QByteArray list = QJsonDocument(QJsonArray{QString::fromUtf8(text)}).toJson(QJsonDocument::Compact);
    return list.sliced(2, list.size() - 4); // without ["  "]
}

QByteArrayList spellingsOf(const QByteArray& secret)
{
    const QByteArray base64 = secret.toBase64(QByteArray::OmitTrailingEquals);
    const QByteArray base64Url = secret.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return {secret, QUrl::toPercentEncoding(QString::fromUtf8(secret)), insideJson(secret), base64, base64Url};
}

} // namespace

Redactor::Redactor(const QList<Secret>& secrets)
{
    for (const Secret& secret : secrets) {
        if (!secret.isEmpty())
            m_spellings += spellingsOf(secret.reveal());
    }
    std::sort(m_spellings.begin(), m_spellings.end(),
              [](const QByteArray& a, const QByteArray& b) { return a.size() > b.size(); });
}

QString Redactor::reason(QByteArray text, bool cutOff) const
{
    if (cutOff && !m_spellings.isEmpty())
        text.chop(qMin(text.size(), m_spellings.first().size()));
    for (const QByteArray& spelling : m_spellings)
        text.replace(spelling, "\u2022\u2022\u2022");
    QString line = QString::fromUtf8(text);
    line.replace(QChar::Null, u' ');
    line = line.simplified();
    if (line.size() > MaxReason)
        line = line.left(MaxReason - 1) + u'\u2026';
    return line;
}

} // namespace carillon
