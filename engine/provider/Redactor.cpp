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

QString bounded(const QString& text, qsizetype most)
{
    return text.size() > most ? text.left(most - 1) + u'\u2026' : text;
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

QString Redactor::withoutSecrets(QByteArray text, bool cutOff) const
{
    if (cutOff && !m_spellings.isEmpty())
        text.chop(qMin(text.size(), m_spellings.first().size()));
    for (const QByteArray& spelling : m_spellings)
        text.replace(spelling, "\u2022\u2022\u2022");
    return QString::fromUtf8(text);
}

QString Redactor::reason(QByteArray text, bool cutOff) const
{
    QString line = withoutSecrets(std::move(text), cutOff);
    line.replace(QChar::Null, u' ');
    return bounded(line.simplified(), MaxReason);
}

QString Redactor::whole(QByteArray text, bool cutOff) const
{
    QString lines = withoutSecrets(std::move(text), cutOff);
    for (QChar& c : lines) {
        if (c.category() == QChar::Other_Control && c != u'\n' && c != u'\t')
            c = u' ';
    }
    return bounded(lines.trimmed(), MaxAnswer);
}

} // namespace carillon
