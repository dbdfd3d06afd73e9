// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QByteArray>
#include <QCommandLineParser>
#include <QJsonObject>

namespace carillon {

// The file's content, at most `limit` bytes; an error when it is longer or cannot be read.
Result<QByteArray> readTextFile(const QString& path, qint64 limit);

// Is what --data says the object itself?
bool isJsonText(const QString& given);

// What --data says: a JSON object as it stands, or the file it is in (FILE or @FILE). Empty without --data. An error (field
// "data") names the file, and the line and column of what is no JSON.
Result<QJsonObject> dataFromOptions(const QCommandLineParser& options);

// Whether --part names a part that templates of the channel have (engine/model/Channel.h); the error has them all.
Status checkPart(const QString& channel, const QString& part);

} // namespace carillon
