// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/FileProvider.h"

#include "engine/provider/ChannelField.h"
#include "engine/provider/FileSender.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace carillon {

namespace {

constexpr qint64 MaxMessageBytes = 16 << 20;

QString tr(const char* text)
{
    return QCoreApplication::translate("FileProvider", text);
}

ProviderField pathField()
{
    ProviderField field;
    field.key = QStringLiteral("path");
    field.label = tr("File");
    field.help = tr("The whole path, for example /var/log/carillon/messages.jsonl. It is made when it is not there.");
    field.required = true;
    return field;
}

ProviderDescription makeDescription()
{
    ProviderDescription d;
    d.key = QStringLiteral("file");
    d.name = tr("File");
    d.channel = QStringLiteral("chat");
    d.help = tr("Appends each message to a file, as one line of JSON.");
    d.addressLabel = tr("any address");
    d.maxMessageBytes = MaxMessageBytes;
    d.fields = {channelField(tr("The medium whose messages are written."), d.channel), pathField()};
    return d;
}

} // namespace

FileProvider::FileProvider(Clock& clock)
    : m_description(makeDescription())
    , m_clock(clock)
{
}

Status FileProvider::check(const AccountConfig& config) const
{
    const QString path = config.settings.value(QStringLiteral("path")).toString();
    if (!path.startsWith(u'/') || path.endsWith(u'/') || path.contains(QChar::Null))
        return fail(ErrorCode::InvalidInput, tr("This must be a file's whole path: /folder/file."), QStringLiteral("path"));
    if (QFileInfo(path).isDir())
        return fail(ErrorCode::InvalidInput, tr("This is a folder. Add the file's name."), QStringLiteral("path"));
    return {};
}

std::unique_ptr<Sender> FileProvider::makeSender(const AccountConfig& config) const
{
    return std::make_unique<FileSender>(config.settings.value(QStringLiteral("path")).toString(), MaxMessageBytes, m_clock);
}

} // namespace carillon
