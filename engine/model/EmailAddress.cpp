// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/EmailAddress.h"

#include "engine/model/PushSubscription.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QUrl>

#include <algorithm>

namespace carillon {

namespace {

constexpr int maxLocalOctets = 64; // RFC 5321 4.5.3.1.1
constexpr int maxDomainOctets = 255; // 4.5.3.1.2
constexpr int maxLabelOctets = 63; // RFC 1035 2.3.4
constexpr int maxAddressOctets = 254; // 4.5.3.1.3 less the angle brackets

QString tr(const char* text)
{
    return QCoreApplication::translate("EmailAddress", text);
}

// Non-ASCII characters that RFC 6531 3.3 lets into a local part, less those nobody can see or type: blanks, controls, turns
// of the writing direction. Two joiners are spelling in the scripts of India and Iran.
bool isWritten(char32_t c)
{
    constexpr char32_t zeroWidthNonJoiner = 0x200C;
    constexpr char32_t zeroWidthJoiner = 0x200D;
    if (c == zeroWidthNonJoiner || c == zeroWidthJoiner)
        return true;
    if (c == QChar::ReplacementCharacter) // what was here got lost on the way
        return false;
    const QChar::Category category = QChar::category(c);
    return category != QChar::Other_Control && category != QChar::Other_Format && category != QChar::Other_Surrogate
        && !QChar::isSpace(c);
}

// atext of RFC 5322 3.2.3, with the non-ASCII characters.
bool isAtomCharacter(char32_t c)
{
    if (c > 127)
        return isWritten(c);
    return QChar::isLetterOrNumber(c) || QStringView(u"!#$%&'*+-/=?^_`{|}~").contains(QChar(char16_t(c)));
}

bool isDotAtom(const QString& text)
{
    bool lastWasDot = true; // a leading dot is wrong, too
    for (const char32_t c : text.toUcs4()) {
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

// qcontent of RFC 5321 4.1.2 between quotes: printable ASCII and blanks, backslash and quote escaped, and the non-ASCII
// characters.
bool isQuotedString(const QString& text)
{
    if (text.size() < 2 || !text.startsWith(u'"') || !text.endsWith(u'"'))
        return false;
    const QList<uint> inner = text.mid(1, text.size() - 2).toUcs4();
    for (qsizetype i = 0; i < inner.size(); ++i) {
        const bool escaped = inner[i] == U'\\';
        if (escaped && ++i == inner.size())
            return false;
        const char32_t c = inner[i];
        if (c < 32 || c == 127 || (c == U'"' && !escaped) || (c > 127 && !isWritten(c)))
            return false;
    }
    return true;
}

// A label of ASCII letters, digits and inner dashes (RFC 5321 4.1.2).
bool isLabel(QStringView label)
{
    if (label.isEmpty() || label.size() > maxLabelOctets || label.front() == u'-' || label.back() == u'-')
        return false;
    return std::all_of(label.begin(), label.end(),
                       [](QChar c) { return c.unicode() < 128 && (c == u'-' || c.isLetterOrNumber()); });
}

// As it is written in the DNS: non-ASCII names by IDNA; empty when there is no such form.
QString asciiDomain(const QString& domain)
{
    const auto isAscii = [](QChar c) { return c.unicode() < 128; };
    if (std::all_of(domain.begin(), domain.end(), isAscii))
        return domain;
    return QString::fromLatin1(QUrl::toAce(domain));
}

// RFC 5321 4.1.3. QHostAddress alone would take "0x7f.0.0.1" and "fe80::1%eth0", too.
bool isAddressLiteral(const QString& domain)
{
    if (!domain.startsWith(u'[') || !domain.endsWith(u']'))
        return false;
    const QString inner = domain.mid(1, domain.size() - 2);
    if (inner.startsWith(u"IPv6:", Qt::CaseInsensitive))
        return !inner.contains(u'%') && QHostAddress(inner.mid(5)).protocol() == QHostAddress::IPv6Protocol;
    const auto isPlain = [](QChar c) { return c == u'.' || (c >= u'0' && c <= u'9'); };
    return std::all_of(inner.begin(), inner.end(), isPlain) && inner.count(u'.') == 3
        && QHostAddress(inner).protocol() == QHostAddress::IPv4Protocol;
}

// No top-level domain is a number: "user@192.0.2.1" is an address literal without its brackets.
bool isDomain(const QString& domain)
{
    if (isAddressLiteral(domain))
        return true;
    const QString ascii = asciiDomain(domain);
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    QStringView last;
    for (const QStringView label : qTokenize(QStringView(ascii), u'.')) {
        if (!isLabel(label))
            return false;
        last = label;
    }
    return !std::all_of(last.begin(), last.end(), isDigit);
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
        return fail(ErrorCode::InvalidInput,
                    tr("The part before the @ has a character or a dot that is not allowed there."));
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
    if (channel == QStringLiteral("web_push")) {
        const Result<PushSubscription> subscription = PushSubscription::parse(trimmed);
        return subscription ? subscription->endpoint : trimmed; // its keys may be renewed
    }
    if (channel != QStringLiteral("email"))
        return trimmed;
    const qsizetype at = trimmed.lastIndexOf(u'@');
    const QString domain = trimmed.mid(at + 1);
    const QString ascii = asciiDomain(domain);
    return trimmed.left(at + 1).toCaseFolded() + (ascii.isEmpty() ? domain : ascii).toCaseFolded();
}

QString shownAddress(const QString& channel, const QString& value)
{
    constexpr qsizetype shownEnd = 6;
    if (channel != QStringLiteral("web_push"))
        return value;
    const Result<PushSubscription> subscription = PushSubscription::parse(value);
    return subscription ? subscription->host() + QStringLiteral(" …") + subscription->endpoint.right(shownEnd) : value;
}

} // namespace carillon
