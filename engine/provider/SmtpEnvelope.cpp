// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpEnvelope.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <array>

namespace carillon {

namespace {

constexpr qsizetype maxAddressOctets = 254; // RFC 5321 4.5.3.1.3 less the angle brackets

QString tr(const char* text)
{
    return QCoreApplication::translate("Smtp", text);
}

bool isAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 128; });
}

// Whether the text can stand between angle brackets without ending them or the line.
bool isSafe(QStringView address)
{
    bool quoted = false;
    for (qsizetype i = 0; i < address.size(); ++i) {
        const char16_t c = address[i].unicode();
        if (c < 32 || c == 127 || (c >= 0x80 && c < 0xa0))
            return false;
        if (quoted && c == u'\\' && ++i < address.size() && address[i].unicode() >= 32 && address[i].unicode() < 127)
            continue;
        if (c == u'"')
            quoted = !quoted;
        else if (!quoted && (c == u'<' || c == u'>' || c == u' '))
            return false;
    }
    return !quoted;
}

struct Path {
    bool valid = false;
    bool needsUtf8 = false;
    QByteArray text;
};

Path pathOf(const QString& address, bool keepUnicode)
{
    const qsizetype at = address.lastIndexOf(u'@');
    if (at <= 0 || at + 1 == address.size() || !isSafe(address))
        return {};
    if (isAscii(address))
        return {address.size() <= maxAddressOctets, false, address.toLatin1()};
    Path path;
    path.needsUtf8 = !isAscii(QStringView(address).first(at));
    path.text = address.toUtf8();
    if (!path.needsUtf8 && !keepUnicode) {
        const QByteArray domain = QUrl::toAce(address.sliced(at + 1));
        path.text = domain.isEmpty() ? QByteArray() : address.first(at).toLatin1() + '@' + domain;
    }
    path.valid = !path.text.isEmpty() && path.text.size() <= maxAddressOctets;
    return path;
}

// As xtext (RFC 3461 4), and no longer than a server must take.
QByteArray envelopeId(const QString& key)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::array<char, 100> id;
    auto* end = id.begin();
    for (const char c : key.toUtf8()) {
        const bool literal = c >= '!' && c <= '~' && c != '+' && c != '=';
        if (id.end() - end < (literal ? 1 : 3))
            break;
        if (!literal) {
            *end++ = '+';
            *end++ = digits[(c >> 4) & 15];
        }
        *end++ = literal ? c : digits[c & 15];
    }
    return QByteArray(id.data(), end - id.begin());
}

SmtpFit unfit(const QString& code, const QString& reason, bool badAddress = false)
{
    return {{}, {code, reason, badAddress}};
}

} // namespace

SmtpFit fitEnvelope(const Message& message, qint64 size, const SmtpCapabilities& offered, bool parameters)
{
    const bool unicode = message.needsSmtpUtf8 && offered.smtpUtf8;
    const Path from = message.from.isEmpty() ? Path{true, false, {}} : pathOf(message.from, unicode);
    const Path to = pathOf(message.to, unicode);
    if (!from.valid)
        return unfit(QStringLiteral("553 5.1.7"), tr("The sender's address cannot be used in an envelope."));
    if (!to.valid)
        return unfit(QStringLiteral("553 5.1.3"), tr("The recipient's address cannot be used in an envelope."), true);
    const bool utf8 = message.needsSmtpUtf8 || from.needsUtf8 || to.needsUtf8;
    if (utf8 && !offered.smtpUtf8)
        return unfit(QStringLiteral("553 5.6.7"),
                     tr("An address or header is not ASCII, and the mail server does not offer SMTPUTF8."));
    if (message.has8Bit && !offered.eightBitMime)
        return unfit(QStringLiteral("554 5.6.3"),
                     tr("The message has 8-bit content, and the mail server does not offer 8BITMIME."));
    if (offered.maxSize > 0 && size > offered.maxSize)
        return unfit(QStringLiteral("552 5.3.4"),
                     tr("The message has %1 octets; the mail server takes %2.").arg(size).arg(offered.maxSize));
    SmtpEnvelope envelope;
    const bool tracked = parameters && offered.dsn && !message.idempotencyKey.isEmpty();
    const bool sized = parameters && offered.size;
    envelope.hasParameters = sized || tracked;
    envelope.mail.reserve(96 + from.text.size());
    envelope.mail.append("MAIL FROM:<").append(from.text).append('>');
    if (sized)
        envelope.mail.append(" SIZE=").append(QByteArray::number(size));
    if (message.has8Bit || (utf8 && offered.eightBitMime))
        envelope.mail.append(" BODY=8BITMIME");
    if (utf8)
        envelope.mail.append(" SMTPUTF8");
    if (tracked)
        envelope.mail.append(" RET=HDRS ENVID=").append(envelopeId(message.idempotencyKey));
    envelope.mail.append("\r\n");
    envelope.rcpt.append("RCPT TO:<").append(to.text).append(">\r\n");
    return {std::move(envelope), {}};
}

} // namespace carillon
