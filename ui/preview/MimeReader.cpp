// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/MimeReader.h"

#include <QByteArrayView>
#include <QMap>
#include <QRegularExpression>
#include <QStringDecoder>

namespace carillon::ui {

namespace {

constexpr int deepest = 10;
constexpr int mostParts = 200;
constexpr qsizetype mostImages = 100;

QByteArray unquoted(QByteArray text, bool isHeader)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text.at(at) == '_' && isHeader) {
            out += ' ';
        } else if (text.at(at) != '=') {
            out += text.at(at);
        } else if (text.mid(at + 1, 2) == "\r\n") {
            at += 2;
        } else if (text.mid(at + 1, 1) == "\n") {
            at += 1;
        } else {
            bool isHex = false;
            const int byte = text.mid(at + 1, 2).toInt(&isHex, 16);
            out += isHex ? char(byte) : '=';
            at += isHex ? 2 : 0;
        }
    }
    return out;
}

QString decodedText(const QByteArray& bytes, const QByteArray& charset)
{
    QStringDecoder decoder(charset.constData());
    return decoder.isValid() ? QString(decoder.decode(bytes)) : QString::fromUtf8(bytes);
}

// Encoded words of RFC 2047; blanks between two of them go.
QString decodedHeader(const QString& value)
{
    static const QRegularExpression word(QStringLiteral("=\\?([^?\\s]+)\\?([bBqQ])\\?([^?\\s]*)\\?=(?:\\s+(?==\\?))?"));
    QString text;
    qsizetype done = 0;
    auto found = word.globalMatch(value);
    while (found.hasNext()) {
        const auto match = found.next();
        const QByteArray encoded = match.captured(3).toLatin1();
        const QByteArray bytes
            = match.captured(2).toLower() == u"b" ? QByteArray::fromBase64(encoded) : unquoted(encoded, true);
        text += value.mid(done, match.capturedStart() - done) + decodedText(bytes, match.captured(1).toLatin1());
        done = match.capturedEnd();
    }
    return text + value.mid(done);
}

// A structured header: its value, and its parameters by name.
struct Header {
    QString value;
    QMap<QString, QString> parameters;
};

Header parsed(const QString& header)
{
    static const QRegularExpression parameter(
        QStringLiteral(";\\s*([^\\s=;]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^;\\s]*))"));
    Header made{header.section(u';', 0, 0).trimmed(), {}};
    auto found = parameter.globalMatch(header);
    while (found.hasNext()) {
        const auto match = found.next();
        QString value = match.captured(2).isEmpty() ? match.captured(3) : match.captured(2);
        static const QRegularExpression escape(QStringLiteral("\\\\(.)"));
        made.parameters.insert(match.captured(1).toLower(), value.replace(escape, QStringLiteral("\\1")));
    }
    return made;
}

// filename="x", filename*=UTF-8''x, or filename*0*=, filename*1*=, ... (RFC 2231).
QString nameOf(const Header& header, const QString& parameter)
{
    if (header.parameters.contains(parameter))
        return decodedHeader(header.parameters.value(parameter));
    QByteArray encoded = header.parameters.value(parameter + u'*').toUtf8();
    for (int n = 0; encoded.isEmpty() || n > 0; ++n) {
        const QString numbered = parameter + u'*' + QString::number(n);
        const bool isThere = header.parameters.contains(numbered) || header.parameters.contains(numbered + u'*');
        if (!isThere)
            break;
        encoded += header.parameters.value(numbered, header.parameters.value(numbered + u'*')).toUtf8();
    }
    const qsizetype language = encoded.indexOf('\'');
    const qsizetype text = language < 0 ? -1 : encoded.indexOf('\'', language + 1);
    if (text < 0)
        return QString::fromUtf8(QByteArray::fromPercentEncoding(encoded));
    return decodedText(QByteArray::fromPercentEncoding(encoded.mid(text + 1)), encoded.left(language));
}

struct Entity {
    QMap<QString, QString> headers; // names in lower case, unfolded
    QByteArrayView body;
};

// A line without its end, and where the next begins.
QByteArrayView lineAt(QByteArrayView text, qsizetype at, qsizetype& next)
{
    const qsizetype end = text.indexOf('\n', at);
    next = end < 0 ? text.size() : end + 1;
    QByteArrayView line = text.sliced(at, (end < 0 ? text.size() : end) - at);
    return line.endsWith('\r') ? line.chopped(1) : line;
}

Entity entityOf(QByteArrayView text)
{
    Entity entity;
    QString name;
    qsizetype next = 0;
    for (qsizetype at = 0; at < text.size(); at = next) {
        const QByteArrayView line = lineAt(text, at, next);
        if (line.isEmpty())
            break;
        const qsizetype colon = line.indexOf(':');
        if (line.front() == ' ' || line.front() == '\t') {
            entity.headers[name] += u' ' + QString::fromUtf8(line).trimmed();
        } else if (colon > 0) {
            name = QString::fromLatin1(line.first(colon)).trimmed().toLower();
            entity.headers[name] = QString::fromUtf8(line.sliced(colon + 1)).trimmed();
        }
    }
    entity.body = text.sliced(next);
    return entity;
}

QList<QByteArrayView> partsOf(QByteArrayView body, const QByteArray& boundary)
{
    const QByteArray delimiter = "--" + boundary;
    QList<QByteArrayView> parts;
    qsizetype start = -1;
    qsizetype next = 0;
    for (qsizetype at = body.indexOf(delimiter); at >= 0 && parts.size() < mostParts; at = body.indexOf(delimiter, next)) {
        const QByteArrayView line = lineAt(body, at, next);
        const bool startsLine = at == 0 || body.at(at - 1) == '\n';
        if (!startsLine)
            continue;
        if (start >= 0)
            parts << body.sliced(start, std::max<qsizetype>(0, at - start));
        start = next;
        if (line.sliced(delimiter.size()).startsWith("--"))
            break;
    }
    return parts;
}

class Reader {
public:
    void read(QByteArrayView text, int depth)
    {
        if (depth > deepest || ++m_parts > mostParts)
            return;
        const Entity entity = entityOf(text);
        const Header type = parsed(entity.headers.value(u"content-type"_qs, u"text/plain"_qs));
        const QByteArray boundary = type.parameters.value(u"boundary"_qs).toUtf8();
        if (!type.value.startsWith(u"multipart/", Qt::CaseInsensitive) || boundary.isEmpty())
            return take(entity, type, depth);
        for (const QByteArrayView part : partsOf(entity.body, boundary))
            read(part, depth + 1);
    }

    MailFiles files;

private:
    void take(const Entity& entity, const Header& type, int depth)
    {
        const Header disposition = parsed(entity.headers.value(u"content-disposition"_qs));
        QString id = entity.headers.value(u"content-id"_qs).trimmed();
        if (id.startsWith(u'<') && id.endsWith(u'>'))
            id = id.mid(1, id.size() - 2);
        QString name = nameOf(disposition, u"filename"_qs);
        if (name.isEmpty())
            name = nameOf(type, u"name"_qs);
        const bool isText = type.value.startsWith(u"text/", Qt::CaseInsensitive);
        const bool isFile = disposition.value.compare(u"attachment", Qt::CaseInsensitive) == 0 || !name.isEmpty()
            || !id.isEmpty() || (!isText && depth > 0);
        if (!isFile)
            return;
        const QString encoding = entity.headers.value(u"content-transfer-encoding"_qs).toLower();
        const bool isInline = !id.isEmpty();
        const bool keeps = isInline && files.images.size() < mostImages;
        const QByteArray bytes = keeps ? decoded(entity.body, encoding) : QByteArray();
        const qint64 size = keeps ? bytes.size() : sizeOf(entity.body, encoding);
        files.attachments << MailAttachment{name.isEmpty() ? id : name, type.value, size, isInline};
        if (keeps)
            files.images.insert(id, {type.value.toLatin1(), bytes});
    }

    static QByteArray decoded(QByteArrayView body, const QString& encoding)
    {
        if (encoding == u"base64")
            return QByteArray::fromBase64(body.toByteArray());
        return encoding == u"quoted-printable" ? unquoted(body.toByteArray(), false) : body.toByteArray();
    }

    // Without decoding what nobody looks at.
    static qint64 sizeOf(QByteArrayView body, const QString& encoding)
    {
        if (encoding != u"base64")
            return decoded(body, encoding).size();
        qint64 signs = 0;
        qint64 filling = 0;
        for (const char sign : body) {
            signs += sign > ' ';
            filling += sign == '=';
        }
        return signs / 4 * 3 - filling;
    }

    int m_parts = 0;
};

} // namespace

MailFiles readMailFiles(const QByteArray& source)
{
    Reader reader;
    reader.read(source, 0);
    return reader.files;
}

} // namespace carillon::ui
