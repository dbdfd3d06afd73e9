// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/MailBuilder.h"

#include "engine/content/HeaderEncoder.h"
#include "engine/content/HtmlToText.h"
#include "engine/content/MimeWriter.h"
#include "engine/liquid/DateTime.h"
#include "engine/liquid/Escape.h"
#include "engine/liquid/Utf8.h"
#include "engine/model/EmailAddress.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace carillon {

namespace {

constexpr std::size_t maxHeaderValue = 900; // what cannot be folded must fit a line of 998 octets with its name

QString tr(const char* text)
{
    return QCoreApplication::translate("MailBuilder", text);
}

bool isAscii(const QString& text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 128; });
}

Status checkNoControl(const QString& value, const QString& field)
{
    if (hasControlCharacter(value.toStdString()))
        return fail(ErrorCode::InvalidInput, tr("“%1” has a line break or another control character.").arg(field), field);
    return {};
}

// Visible ASCII without what would end the brackets it stands in.
bool isBracketable(const QString& value)
{
    return !value.isEmpty() && value.size() <= qsizetype(maxHeaderValue)
        && std::all_of(value.begin(), value.end(),
                       [](QChar c) { return c.unicode() > 32 && c.unicode() < 127 && c != u'<' && c != u'>'; });
}

QString domainOf(const QString& address)
{
    return address.mid(address.lastIndexOf(u'@') + 1);
}

Result<std::string> messageIdField(const Mail& mail, const QString& wireFrom)
{
    QString id = mail.messageId;
    if (id.startsWith(u'<') && id.endsWith(u'>'))
        id = id.mid(1, id.size() - 2);
    if (!id.contains(u'@'))
        id += u'@' + domainOf(wireFrom);
    if (!isBracketable(id) || id.startsWith(u'@'))
        return fail(ErrorCode::InvalidInput, tr("“%1” cannot be the Message-ID of a mail.").arg(mail.messageId),
                    QStringLiteral("message_id"));
    return QString(u'<' + id + u'>').toStdString();
}

std::string dateField(qint64 date)
{
    return liquid::formatDateTime({date / 1000, 0, 0}, "%a, %d %b %Y %H:%M:%S +0000", maxHeaderValue);
}

// Where a hidden preheader belongs: behind <body ...>, or at the top when there is no such tag.
std::size_t bodyStart(std::string_view html)
{
    for (std::size_t at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
        if (liquid::utf8::lower(html.substr(at + 1, 4)) != "body")
            continue;
        const std::size_t end = html.find('>', at);
        return end == html.npos ? 0 : end + 1;
    }
    return 0;
}

std::string escapedHtml(std::string_view text)
{
    std::string result;
    liquid::appendHtmlEscaped(text, result);
    return result;
}

std::string withPreheader(const std::string& html, const std::string& preheader)
{
    std::string result = html;
    const std::string hidden
        = R"(<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">)" + escapedHtml(preheader) + "</div>";
    return result.insert(bodyStart(html), hidden);
}

// The HTML with its images.
void appendHtml(const Mail& mail, const QList<MailFile>& images, MimeWriter& mime)
{
    if (!images.isEmpty())
        mime.begin("related");
    mime.text("html", mail.preheader.empty() ? mail.html : withPreheader(mail.html, mail.preheader));
    for (const MailFile& image : images)
        mime.file(image);
    if (!images.isEmpty())
        mime.end();
}

void appendBody(const Mail& mail, std::string_view messageId, std::string& out)
{
    QList<MailFile> images;
    QList<MailFile> attachments;
    for (const MailFile& file : mail.files)
        (file.contentId.isEmpty() || mail.html.empty() ? attachments : images) << file;
    MimeWriter mime(out, messageId);
    if (!attachments.isEmpty())
        mime.begin("mixed");
    if (mail.html.empty()) {
        mime.text("plain", mail.text);
    } else {
        mime.begin("alternative");
        mime.text("plain", mail.text.empty() ? htmlToText(mail.html) : mail.text);
        appendHtml(mail, images, mime);
        mime.end();
    }
    for (const MailFile& file : attachments)
        mime.file(file);
    if (!attachments.isEmpty())
        mime.end();
}

// Before it is encoded: nothing that is too big for any mail takes that memory.
qsizetype sizeAtLeast(const Mail& mail)
{
    qsizetype size = qsizetype(mail.html.size() + mail.text.size());
    for (const MailFile& file : mail.files)
        size += file.data.size() / 3 * 4;
    return size;
}

Status checkSize(qsizetype size)
{
    if (size <= maxMailBytes)
        return {};
    return fail(ErrorCode::InvalidInput,
                tr("The mail has %1 MB, and mail services take %2 MB: leave out attachments, or link to them.")
                    .arg(double(size) / (1 << 20), 0, 'f', 1)
                    .arg(maxMailBytes >> 20),
                QStringLiteral("attachments"));
}

// RFC 2369: URLs in angle brackets, the preferred one first.
Status appendUnsubscribe(const Mail& mail, std::string& out)
{
    const QString url = QString::fromLatin1(QUrl(mail.unsubscribeUrl, QUrl::StrictMode).toEncoded());
    const bool isOneClick = url.startsWith(QStringLiteral("https://"), Qt::CaseInsensitive);
    if (!mail.unsubscribeUrl.isEmpty()
        && (!isBracketable(url) || !url.startsWith(QStringLiteral("http"), Qt::CaseInsensitive)))
        return fail(ErrorCode::InvalidInput, tr("“%1” is no web address to unsubscribe at.").arg(mail.unsubscribeUrl),
                    QStringLiteral("unsubscribe_url"));
    QStringList targets;
    if (!url.isEmpty())
        targets << u'<' + url + u'>';
    if (!mail.unsubscribeMailto.isEmpty()) {
        const Result<QString> address = wireAddress(mail.unsubscribeMailto, QStringLiteral("unsubscribe_mailto"));
        if (!address)
            return fail(address.error());
        const QByteArray encoded = QUrl::toPercentEncoding(*address, "@");
        targets << QStringLiteral("<mailto:") + QString::fromLatin1(encoded) + QStringLiteral("?subject=unsubscribe>");
    }
    if (!targets.isEmpty())
        appendStructuredHeader("List-Unsubscribe", targets.join(QStringLiteral(", ")).toStdString(), out);
    if (isOneClick)
        out.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    return {};
}

Status appendMarketingHeaders(const Mail& mail, const QString& domain, std::string& out)
{
    if (Status status = appendUnsubscribe(mail, out); !status)
        return status;
    const QString listId = mail.listKey + u'.' + domain;
    if (!mail.listKey.isEmpty() && isBracketable(listId))
        appendAddressHeader("List-Id", mail.listName.isEmpty() ? mail.listKey.toStdString() : mail.listName.toStdString(),
                            listId.toStdString(), out);
    if (isBracketable(mail.feedbackId))
        appendStructuredHeader("Feedback-ID", mail.feedbackId.toStdString(), out);
    out.append("Precedence: bulk\r\n");
    return {};
}

// RFC 3834 5: what a program sends by itself says so.
Status appendKindHeaders(const Mail& mail, const QString& domain, std::string& out)
{
    if (mail.category == Category::Marketing)
        return appendMarketingHeaders(mail, domain, out);
    out.append("Auto-Submitted: auto-generated\r\n");
    return {};
}

// What the administrator gives must be right. A contact's name is data: a line break in it becomes a blank.
Status checkNames(const Mail& mail)
{
    if (Status status = checkNoControl(mail.fromName, QStringLiteral("from_name")); !status)
        return status;
    return checkNoControl(mail.listName, QStringLiteral("list_name"));
}

Status appendReplyTo(const Mail& mail, std::string& out)
{
    if (mail.replyTo.isEmpty())
        return {};
    const Result<QString> address = wireAddress(mail.replyTo, QStringLiteral("reply_to"));
    if (!address)
        return fail(address.error());
    appendAddressHeader("Reply-To", {}, address->toStdString(), out);
    return {};
}

} // namespace

Result<QString> wireAddress(const QString& address, const QString& field)
{
    // Before the surrounding blanks are forgiven: a line break at the end is one too many, too.
    if (Status status = checkNoControl(address, field); !status)
        return fail(status.error());
    const Result<QString> parsed = parseEmailAddress(address);
    if (!parsed)
        return fail(ErrorCode::InvalidInput, tr("“%1” is no e-mail address: %2").arg(address, parsed.error().message),
                    field);
    const QString domain = domainOf(*parsed);
    if (isAscii(domain))
        return parsed;
    const QByteArray ascii = QUrl::toAce(domain);
    if (ascii.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("The domain of “%1” cannot be written in ASCII.").arg(address), field);
    return parsed->left(parsed->size() - domain.size()) + QString::fromLatin1(ascii);
}

Result<Message> buildMail(Mail mail)
{
    moveDataImages(mail.html, mail.files);
    if (Status status = checkSize(sizeAtLeast(mail)); !status)
        return fail(status.error());
    const Result<QString> from = wireAddress(mail.fromAddress, QStringLiteral("from_address"));
    if (!from)
        return fail(from.error());
    const Result<QString> to = wireAddress(mail.toAddress, QStringLiteral("to"));
    if (!to)
        return fail(to.error());
    if (Status status = checkNames(mail); !status)
        return fail(status.error());
    const Result<std::string> messageId = messageIdField(mail, *from);
    if (!messageId)
        return fail(messageId.error());

    if (!mail.files.isEmpty())
        qualifyContentIds(domainOf(*from), mail.html, mail.files);
    std::string out;
    out.reserve(1024 + mail.html.size() * 5 / 4 + std::max(mail.text.size(), mail.html.size() / 2) * 5 / 4);
    appendStructuredHeader("Date", dateField(mail.date), out);
    appendAddressHeader("From", mail.fromName.toStdString(), from->toStdString(), out);
    if (Status status = appendReplyTo(mail, out); !status)
        return fail(status.error());
    appendAddressHeader("To", mail.toName.toStdString(), to->toStdString(), out);
    appendTextHeader("Subject", mail.subject, out);
    appendStructuredHeader("Message-ID", *messageId, out);
    if (Status status = appendKindHeaders(mail, domainOf(*from), out); !status)
        return fail(status.error());
    appendBody(mail, *messageId, out);
    if (Status status = checkSize(qsizetype(out.size())); !status)
        return fail(status.error());

    Message message;
    message.channel = QStringLiteral("email");
    message.from = *from;
    message.to = *to;
    message.needsSmtpUtf8 = !isAscii(*from) || !isAscii(*to) || !isAscii(mail.replyTo.section(u'@', 0, -2));
    message.has8Bit = message.needsSmtpUtf8;
    message.content = QByteArray(out.data(), qsizetype(out.size()));
    return message;
}

} // namespace carillon
