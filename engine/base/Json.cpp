// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Json.h"

#include <QCoreApplication>

namespace carillon {

Result<QJsonDocument> parseJson(const QByteArray& text)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    if (problem.error != QJsonParseError::NoError) {
        const QByteArray before = text.left(problem.offset);
        const qsizetype line = before.count('\n') + 1;
        const qsizetype column = problem.offset - (before.lastIndexOf('\n') + 1) + 1;
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate("Json", "Line %1, column %2 is not valid JSON: %3.")
                        .arg(line)
                        .arg(column)
                        .arg(problem.errorString()));
    }
    return document;
}

Result<QJsonObject> parseJsonObject(const QByteArray& text)
{
    const Result<QJsonDocument> document = parseJson(text);
    if (!document)
        return fail(document.error());
    if (!document->isObject())
        return fail(ErrorCode::InvalidInput, QCoreApplication::translate("Json", "A JSON object ({...}) was expected."));
    return document->object();
}

QByteArray compactJson(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace carillon
