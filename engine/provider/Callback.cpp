// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/Callback.h"

#include <QJsonObject>

namespace carillon {

namespace {

QByteArray decoded(QByteArray text)
{
    return QByteArray::fromPercentEncoding(text.replace('+', ' '));
}

} // namespace

QByteArray Callback::header(const QByteArray& name) const
{
    for (const HttpHeader& header : headers) {
        if (header.first.compare(name, Qt::CaseInsensitive) == 0)
            return header.second;
    }
    return {};
}

bool Callback::isForm() const
{
    return header("Content-Type").split(';').first().trimmed().toLower() == "application/x-www-form-urlencoded";
}

QList<QPair<QByteArray, QByteArray>> formPairs(const QByteArray& encoded)
{
    QList<QPair<QByteArray, QByteArray>> pairs;
    if (encoded.count('&') >= MaxFormPairs)
        return pairs;
    const QList<QByteArray> parts = encoded.split('&');
    for (const QByteArray& part : parts) {
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        pairs.append({decoded(part.left(equals)), equals < 0 ? QByteArray("") : decoded(part.mid(equals + 1))});
    }
    return pairs;
}

QJsonValue formObject(const QByteArray& encoded)
{
    QJsonObject object;
    const auto pairs = formPairs(encoded);
    for (const auto& [name, value] : pairs) {
        const QString key = QString::fromUtf8(name);
        if (!object.contains(key))
            object.insert(key, QString::fromUtf8(value));
    }
    return object;
}

} // namespace carillon
