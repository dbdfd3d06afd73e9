// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/FileSender.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringDecoder>

namespace carillon {

namespace {

void insertText(QJsonObject& line, const QString& name, const QString& text)
{
    if (!text.isEmpty())
        line.insert(name, text);
}

void insertContent(QJsonObject& line, const QByteArray& content)
{
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = utf8(content);
    if (utf8.hasError())
        insertText(line, QStringLiteral("content_base64"), QString::fromLatin1(content.toBase64()));
    else
        insertText(line, QStringLiteral("content"), text);
}

QJsonArray arrayOf(const QList<QJsonObject>& objects)
{
    QJsonArray array;
    for (const QJsonObject& object : objects)
        array.append(object);
    return array;
}

Outcome outcomeOf(const Message& message, const LineFile::Appended& appended)
{
    Outcome outcome;
    outcome.deliveryId = message.deliveryId;
    outcome.reason = appended.reason;
    switch (appended.kind) {
    case LineFile::Kind::Written: outcome.kind = OutcomeKind::Sent; break;
    case LineFile::Kind::NotWritten:
        outcome.kind = OutcomeKind::ProviderDown;
        outcome.notBeforeMs = FileSender::RetryMs;
        break;
    case LineFile::Kind::Unknown: outcome.kind = OutcomeKind::Uncertain; break;
    }
    return outcome;
}

} // namespace

QByteArray lineOf(const Message& message, qint64 now)
{
    QJsonObject line{
        {QStringLiteral("time"), QDateTime::fromMSecsSinceEpoch(now, Qt::UTC).toString(Qt::ISODateWithMs)},
        {QStringLiteral("channel"), message.channel},
        {QStringLiteral("to"), message.to},
    };
    insertText(line, QStringLiteral("key"), message.idempotencyKey);
    insertText(line, QStringLiteral("from"), message.from);
    insertContent(line, message.content);
    if (!message.fields.isEmpty())
        line.insert(QStringLiteral("fields"), message.fields);
    if (!message.continuations.isEmpty())
        line.insert(QStringLiteral("continuations"), arrayOf(message.continuations));
    return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
}

FileSender::FileSender(const QString& path, qint64 maxBytes, Clock& clock)
    : QueueingSender(MaxInFlight)
    , m_path(path)
    , m_maxBytes(maxBytes)
    , m_clock(clock)
    , m_file(path)
{
    m_thread.setObjectName(QStringLiteral("file"));
    m_inThread.moveToThread(&m_thread);
    m_thread.start();
}

FileSender::~FileSender()
{
    m_thread.quit();
    m_thread.wait();
}

// What the thread has to say comes back as events of this object, which die with it.
void FileSender::start(QList<Message> messages)
{
    QMetaObject::invokeMethod(&m_inThread, [this, messages = std::move(messages), now = m_clock.now()] {
        QMetaObject::invokeMethod(this, [this, answered = write(messages, now)] { answer(answered); });
    });
}

QList<Outcome> FileSender::write(const QList<Message>& messages, qint64 now)
{
    QByteArray lines;
    QList<Message> fitting;
    QList<Outcome> answered;
    for (const Message& message : messages) {
        const QByteArray line = lineOf(message, now);
        if (line.size() <= m_maxBytes) {
            lines += line;
            fitting << message;
            continue;
        }
        Outcome outcome;
        outcome.deliveryId = message.deliveryId;
        outcome.kind = OutcomeKind::Refused;
        outcome.reason = tr("The message has %1 bytes; a line has at most %2.").arg(line.size()).arg(m_maxBytes);
        answered << outcome;
    }
    if (fitting.isEmpty())
        return answered;
    const LineFile::Appended appended = m_file.append(lines);
    for (const Message& message : std::as_const(fitting))
        answered << outcomeOf(message, appended);
    return answered;
}

void FileSender::probe()
{
    QMetaObject::invokeMethod(&m_inThread,
                              [this] { QMetaObject::invokeMethod(this, [this, found = look()] { Q_EMIT probed(found); }); });
}

ProbeResult FileSender::look() const
{
    const QString obstacle = m_file.obstacle();
    if (obstacle.isEmpty())
        return {true, {}, tr("Lines can be appended to %1.").arg(m_path)};
    return {false,
            {ErrorCode::Storage, tr("Nothing can be appended to %1: %2").arg(m_path, obstacle), QStringLiteral("path")},
            {}};
}

} // namespace carillon
