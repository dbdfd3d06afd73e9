// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/InputFile.h"

#include "app/ctl/Command.h"
#include "engine/base/Json.h"
#include "engine/model/Channel.h"

#include <QFile>

namespace carillon {

namespace {

constexpr qint64 maxDataBytes = 64 << 20;

}

Result<QByteArray> readTextFile(const QString& path, qint64 limit)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::InvalidInput, Command::tr("%1 cannot be read: %2.").arg(path, file.errorString()));
    const QByteArray content = file.read(limit + 1); // bounded, whatever kind of file it is
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorCode::InvalidInput, Command::tr("%1 cannot be read: %2.").arg(path, file.errorString()));
    if (content.size() > limit)
        return fail(ErrorCode::InvalidInput, Command::tr("%1 is longer than %2 KiB.").arg(path).arg(limit / 1024));
    return content;
}

bool isJsonText(const QString& given)
{
    return given.trimmed().startsWith(u'{');
}

Result<QJsonObject> dataFromOptions(const QCommandLineParser& options)
{
    const QString given = options.value(QStringLiteral("data"));
    if (given.isEmpty())
        return QJsonObject();
    if (isJsonText(given)) {
        Result<QJsonObject> data = parseJsonObject(given.toUtf8());
        if (!data)
            return fail(ErrorCode::InvalidInput, QStringLiteral("--data: ") + data.error().message, QStringLiteral("data"));
        return data;
    }
    const QString path = given.startsWith(u'@') ? given.mid(1) : given;
    const Result<QByteArray> text = readTextFile(path, maxDataBytes);
    if (!text)
        return fail(ErrorCode::InvalidInput, text.error().message, QStringLiteral("data"));
    Result<QJsonObject> data = parseJsonObject(*text);
    if (!data)
        return fail(ErrorCode::InvalidInput, path + QStringLiteral(": ") + data.error().message, QStringLiteral("data"));
    return data;
}

Status checkPart(const QString& channel, const QString& part)
{
    QStringList parts;
    for (const ChannelPart& known : channelOf(channel).parts)
        parts << known.name;
    if (parts.contains(part))
        return {};
    return fail(ErrorCode::InvalidInput,
                Command::tr("--part %1: the parts of \"%2\" are %3.").arg(part, channel, parts.join(QStringLiteral(", "))),
                QStringLiteral("part"));
}

} // namespace carillon
