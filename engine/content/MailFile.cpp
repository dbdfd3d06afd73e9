// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/MailFile.h"

#include "engine/content/HeaderEncoder.h"
#include "engine/liquid/Utf8.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <optional>

namespace carillon {

namespace {

constexpr qsizetype mostFiles = 50;
constexpr qsizetype longestName = 200;
constexpr int mostDataImages = 100; // that are looked at; what is beyond stays in the HTML

QString tr(const char* text)
{
    return QCoreApplication::translate("MailFile", text);
}

Error badAttachment(qsizetype number, const QString& name, const QString& sentence)
{
    const QString which
        = name.isEmpty() ? QString::number(number) : QStringLiteral("%1 (“%2”)").arg(number).arg(name.left(100));
    return {ErrorCode::InvalidInput, tr("Attachment %1 %2.").arg(which, sentence), QStringLiteral("attachments")};
}

bool isTokenCharacter(QChar c)
{
    return c.unicode() > 32 && c.unicode() < 127 && !QStringView(u"()<>@,;:\\\"/[]?=").contains(c);
}

bool isToken(const QString& text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

// "text/calendar; method=REQUEST": as RFC 2045 writes types, in ASCII. Mails and multiparts cannot be sent in base64.
bool isMimeType(const QString& type)
{
    const QStringList sections = type.split(u';');
    const QStringList names = sections.first().trimmed().split(u'/');
    if (names.size() != 2 || !isToken(names[0]) || !isToken(names[1]) || names[0] == QStringLiteral("multipart")
        || names[0] == QStringLiteral("message"))
        return false;
    return std::all_of(sections.begin() + 1, sections.end(), [](const QString& parameter) {
        const qsizetype equals = parameter.indexOf(u'=');
        return isToken(parameter.left(equals).trimmed()) && isToken(parameter.mid(equals + 1).trimmed()) && equals > 0;
    });
}

bool isContentId(const QString& id)
{
    return std::all_of(id.begin(), id.end(), [](QChar c) {
        return c.unicode() < 128 && (c.isLetterOrNumber() || QStringView(u"@._+-").contains(c));
    });
}

// What is wrong with an entry; empty when nothing is.
QString problemOf(const MailFile& file, const QString& type, const QString& asset)
{
    if (file.name.isEmpty() || file.name.size() > longestName || hasControlCharacter(file.name.toStdString())
        || file.name.contains(u'/') || file.name.contains(u'\\'))
        return tr("needs a name of at most %1 characters without slashes").arg(longestName);
    if (!type.isEmpty() && !isMimeType(type.toLower()))
        return tr("has the type “%1”, which is none for a file: write one as application/pdf").arg(type.left(100));
    if (!isContentId(file.contentId))
        return tr("has a content_id with other characters than A-Z, a-z, 0-9, @ . _ + -");
    if (file.data.isNull())
        return tr("names the file %1, which the workspace does not have: add it again").arg(asset.left(12));
    return {};
}

std::size_t valueEnd(std::string_view html, std::size_t from, char opening)
{
    const char closing = opening == '(' ? ')' : opening;
    return std::min(html.find(closing, from), html.size());
}

// "data:image/png;base64,iVBOR..." as a file; nothing when it is no image or damaged.
std::optional<MailFile> fileOf(std::string_view uri)
{
    const std::size_t comma = uri.find(',');
    if (comma == uri.npos)
        return {};
    const std::string head = liquid::utf8::lower(uri.substr(5, comma - 5));
    const std::string type = head.substr(0, head.find(';'));
    if (!type.starts_with("image/") || !isMimeType(QString::fromStdString(type)))
        return {};
    const QByteArray body(uri.data() + comma + 1, qsizetype(uri.size() - comma - 1));
    MailFile file;
    file.type = QByteArray::fromStdString(type);
    if (head.ends_with(";base64")) {
        QByteArray compact = body.simplified().replace(' ', "");
        const auto decoded = QByteArray::fromBase64Encoding(compact, QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return {};
        file.data = *decoded;
    } else {
        file.data = QByteArray::fromPercentEncoding(body);
    }
    if (file.data.isEmpty())
        return {};
    const QByteArray hash = QCryptographicHash::hash(file.data, QCryptographicHash::Sha256).toHex().left(16);
    file.contentId = QStringLiteral("image-") + QString::fromLatin1(hash);
    QByteArray suffix = file.type.mid(6);
    suffix = suffix == "svg+xml" ? "svg" : suffix == "jpeg" ? "jpg" : suffix;
    file.name = file.contentId + u'.' + QString::fromLatin1(suffix);
    return file;
}

} // namespace

Result<QList<MailFile>> attachmentsOf(const Template& source, const ContentSet& content)
{
    const QJsonValue setting = source.settings[u"attachments"];
    if (setting.isUndefined() || setting.isNull())
        return QList<MailFile>();
    const QJsonArray list = setting.toArray();
    if (!setting.isArray() || list.size() > mostFiles)
        return fail(ErrorCode::InvalidInput,
                    tr("The setting “attachments” must be a list of at most %1 files.").arg(mostFiles),
                    QStringLiteral("attachments"));
    QList<MailFile> files;
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QJsonObject entry = list[i].toObject();
        const QString type = entry[u"type"].toString().trimmed();
        const QString asset = entry[u"asset"].toString();
        MailFile file;
        file.name = entry[u"name"].toString().trimmed();
        file.contentId = entry[u"content_id"].toString().trimmed();
        file.data = content.assets.value(asset);
        if (const QString problem = problemOf(file, type, asset); !problem.isEmpty())
            return fail(badAttachment(i + 1, file.name, problem));
        if (!type.isEmpty())
            file.type = type.toLatin1();
        files << file;
    }
    return files;
}

void moveDataImages(std::string& html, QList<MailFile>& files)
{
    if (html.find(":image/") == html.npos) // it begins with what is rare: quickly found to be nowhere
        return;
    std::string out;
    std::size_t done = 0;
    int tried = 0;
    for (std::size_t at = html.find("data:image/"); at != html.npos; at = html.find("data:image/", at + 1)) {
        const char opening = at > 0 ? html[at - 1] : ' ';
        if (opening != '"' && opening != '\'' && opening != '(')
            continue;
        if (++tried > mostDataImages)
            break;
        const std::size_t end = valueEnd(html, at, opening);
        const std::optional<MailFile> file = fileOf(std::string_view(html).substr(at, end - at));
        if (!file)
            continue;
        const bool isKnown = std::any_of(files.begin(), files.end(),
                                         [&](const MailFile& known) { return known.contentId == file->contentId; });
        if (!isKnown)
            files << *file;
        out.append(html, done, at - done).append("cid:").append(file->contentId.toStdString());
        done = end;
        at = end - 1;
    }
    out.append(html, done);
    html = std::move(out);
}

void qualifyContentIds(const QString& domain, std::string& html, QList<MailFile>& files)
{
    for (MailFile& file : files) {
        if (file.contentId.isEmpty() || file.contentId.contains(u'@'))
            continue;
        const std::string bare = "cid:" + file.contentId.toStdString();
        file.contentId += u'@' + domain;
        std::string out;
        std::size_t done = 0;
        for (std::size_t at = html.find(bare); at != html.npos; at = html.find(bare, at + 1)) {
            const std::size_t end = at + bare.size();
            const char next = end < html.size() ? html[end] : ' ';
            if (next != '"' && next != '\'' && next != ')' && next != '>' && !liquid::utf8::isBlank(next))
                continue; // the beginning of a longer id
            out.append(html, done, end - done).append("@").append(domain.toStdString());
            done = end;
        }
        out.append(html, done);
        html = std::move(out);
    }
}

} // namespace carillon
