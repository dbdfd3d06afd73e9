// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/EmailAddress.h"

#include <QCoreApplication>
#include <QHostAddress>

namespace carillon {

namespace {

constexpr int maxLocalOctets = 64; // RFC 5321 4.5.3.1.1
constexpr int maxDomainOctets = 255; // 4.5.3.1.2
constexpr int maxAddressOctets = 254; // 4.5.3.1.3 less the angle brackets

QString tr(const char* text)
{
    return QCoreApplication::translate("EmailAddress", text);
}

// atext of RFC 5322 3.2.3, with every non-ASCII character by RFC 6531 3.3.
bool isAtomCharacter(QChar c)
{
    if (c.unicode() > 127)
        return !c.isSpace() && c.category() != QChar::Other_Control;
    return c.isLetterOrNumber() || QStringView(u"!#$%&'*+-/=?^_`{|}~").contains(c);
}

bool isDotAtom(QStringView text)
{
    bool lastWasDot = true; // a leading dot is wrong, too
    for (const QChar c : text) {
        if (c == u'.') {
            if (lastWasDot)
                return false;
            lastWasDot = true;
        } else if (isAtomCharacter(c)) {
            lastWasDot = false;
        } else {
            return false;
        }
    }
    return !lastWasDot;
}

bool isQuotedString(QStringView text)
{
    if (text.size() < 2 || text.front() != u'"' || text.back() != u'"')
        return false;
    const QStringView inner = text.mid(1, text.size() - 2);
    for (qsizetype i = 0; i < inner.size(); ++i) {
        const char16_t c = inner[i].unicode();
        if (c == u'\\') {
            if (++i == inner.size())
                return false;
        } else if (c == u'"' || c < 32 || c == 127) {
            return false;
        }
    }
    return true;
}

bool isLabel(QStringView label)
{
    if (label.isEmpty() || label.toUtf8().size() > 63 || label.front() == u'-' || label.back() == u'-')
        return false;
    for (const QChar c : label) {
        const bool ascii = c.unicode() < 128;
        if (!(c == u'-' || (ascii ? c.isLetterOrNumber() : c.isLetterOrNumber() || c.isMark() || c.isSurrogate())))
            return false;
    }
    return true;
}

bool isAddressLiteral(QStringView domain)
{
    if (!domain.startsWith(u'[') || !domain.endsWith(u']'))
        return false;
    QStringView inner = domain.mid(1, domain.size() - 2);
    if (inner.startsWith(u"IPv6:", Qt::CaseInsensitive))
        return QHostAddress(inner.mid(5).toString()).protocol() == QHostAddress::IPv6Protocol;
    return inner.count(u'.') == 3 && QHostAddress(inner.toString()).protocol() == QHostAddress::IPv4Protocol;
}

bool isDomain(QStringView domain)
{
    if (isAddressLiteral(domain))
        return true;
    for (const QStringView label : domain.split(u'.')) {
        if (!isLabel(label))
            return false;
    }
    return true;
}

} // namespace

Result<QString> parseEmailAddress(const QString& text)
{
    const QString address = text.trimmed();
    const qsizetype at = address.lastIndexOf(u'@');
    if (at < 0)
        return fail(ErrorCode::InvalidInput, tr("An e-mail address needs an @."));
    const QString local = address.left(at);
    const QString domain = address.mid(at + 1);
    if (local.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("Nothing stands before the @."));
    if (local.toUtf8().size() > maxLocalOctets)
        return fail(ErrorCode::InvalidInput, tr("The part before the @ is longer than 64 octets."));
    if (!isDotAtom(local) && !isQuotedString(local))
        return fail(ErrorCode::InvalidInput, tr("The part before the @ has a character or a dot that is not allowed there."));
    if (domain.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("Nothing stands after the @."));
    if (domain.toUtf8().size() > maxDomainOctets || address.toUtf8().size() > maxAddressOctets)
        return fail(ErrorCode::InvalidInput, tr("The address is longer than 254 octets."));
    if (!isDomain(domain))
        return fail(ErrorCode::InvalidInput, tr("The part after the @ is not a domain name."));
    if (!domain.contains(u'.') && !domain.startsWith(u'[') && domain.compare(u"localhost", Qt::CaseInsensitive) != 0)
        return fail(ErrorCode::InvalidInput, tr("The domain after the @ has no dot."));
    return local + u'@' + domain.toLower();
}

QString addressKey(const QString& channel, const QString& value)
{
    const QString trimmed = value.trimmed();
    return channel == QStringLiteral("email") ? trimmed.toCaseFolded() : trimmed;
}

} // namespace carillon
