// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpRecognition.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

namespace carillon {

namespace {

constexpr int weightOfAddress = 8; // of a rule that asks for "://" and one of the schemes

struct MailHost {
    const char16_t* domains; // a regular expression
    const char16_t* server;
    bool tls; // from the first octet; else STARTTLS
    bool loginIsAddress;
};

// Whose mail server is not called as the addresses' domain.
constexpr MailHost mailHosts[] = {
    {uR"(gmail\.com|googlemail\.com)", u"smtp.gmail.com", false, true},
    {uR"((hotmail|live|outlook)\.com(\.au)?)", u"smtp-mail.outlook.com", false, true},
    {uR"(office365\.com)", u"smtp.office365.com", false, true},
    {uR"(yahoo\.(com|ca))", u"smtp.mail.yahoo.com", true, true},
    {uR"(fastmail\.(com|fm|net|org))", u"smtp.fastmail.com", true, true},
    {uR"(zoho(mail)?\.com)", u"smtp.zoho.com", false, true},
    {uR"((icloud|me|mac)\.com)", u"smtp.mail.me.com", false, true},
    {uR"(yandex\.(com|ru))", u"smtp.yandex.ru", true, false},
    {uR"(sendgrid\.(com|net))", u"smtp.sendgrid.net", true, false},
};

struct Address {
    QString scheme;
    QString user;
    QString password;
    QString host;
    int port = 0; // 0: not given
    QUrlQuery query;

    bool isApprise() const { return scheme.startsWith(QStringLiteral("mailto")); }
};

// A password ends at the last '@' before the path: passwords are pasted as they are. An Apprise URL's path has addresses.
QRegularExpression form(const QString& schemes, const QString& inPassword)
{
    const QString pattern = QStringLiteral(
        R"((?<scheme>%1)://(?:(?<user>[^:/?\s]*)(?::(?<password>%2))?@)?(?<host>\[[0-9A-Fa-f:.]+\]|[^@/?#:\s]+)(?::(?<port>\d{1,5}))?(?:/[^?\s]*)?(?:\?(?<query>\S*))?)");
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern.arg(schemes, inPassword)),
                              QRegularExpression::CaseInsensitiveOption);
}

std::optional<Address> parse(const QString& text)
{
    static const QRegularExpression server = form(QStringLiteral("smtps?"), QStringLiteral("\\S*"));
    static const QRegularExpression apprise = form(QStringLiteral("mailtos?"), QStringLiteral("[^/?\\s]*"));
    QRegularExpressionMatch match = server.match(text);
    if (!match.hasMatch())
        match = apprise.match(text);
    const int port = match.captured(QStringLiteral("port")).toInt();
    if (!match.hasMatch() || port > 65'535)
        return std::nullopt;
    const auto decoded = [&](const QString& name) { return QUrl::fromPercentEncoding(match.captured(name).toUtf8()); };
    Address address{match.captured(QStringLiteral("scheme")).toLower(),
                    decoded(QStringLiteral("user")),
                    decoded(QStringLiteral("password")),
                    match.captured(QStringLiteral("host")).toLower(),
                    port,
                    QUrlQuery(match.captured(QStringLiteral("query")))};
    address.host.remove(u'[').remove(u']');
    return address;
}

const MailHost* mailHostOf(const QString& domain)
{
    for (const MailHost& host : mailHosts) {
        const QString pattern = QRegularExpression::anchoredPattern(QStringView(host.domains).toString());
        if (QRegularExpression(pattern).match(domain).hasMatch())
            return &host;
    }
    return nullptr;
}

bool isThisMachine(const QString& host)
{
    return host == QStringLiteral("localhost") || QHostAddress(host).isLoopback();
}

QString securityOf(const Address& address)
{
    const QString mode = address.query.queryItemValue(QStringLiteral("mode")).toLower();
    if (address.scheme == QStringLiteral("smtps") || mode == QStringLiteral("ssl") || address.port == 465)
        return QStringLiteral("tls");
    return isThisMachine(address.host) && mode.isEmpty() ? QStringLiteral("none") : QStringLiteral("starttls");
}

int portOf(const Address& address, const QString& security)
{
    if (address.port > 0)
        return address.port;
    if (security == QStringLiteral("none"))
        return 25;
    return security == QStringLiteral("tls") ? 465 : 587;
}

// What Apprise's URL says beside its host, or its host's own servers.
void completeApprise(Address& address)
{
    const auto item = [&](const QString& name) { return address.query.queryItemValue(name, QUrl::FullyDecoded); };
    if (const QString user = item(QStringLiteral("user")); !user.isEmpty())
        address.user = user;
    if (const QString password = item(QStringLiteral("pass")); !password.isEmpty())
        address.password = password;
    const QString server = item(QStringLiteral("smtp"));
    const MailHost* host = mailHostOf(address.host);
    if (server.isEmpty() && host) {
        if (host->loginIsAddress && !address.user.isEmpty() && !address.user.contains(u'@'))
            address.user += u'@' + address.host;
        address.host = QStringView(host->server).toString();
        if (address.port == 0)
            address.port = host->tls ? 465 : 587;
    } else if (!server.isEmpty()) {
        address.host = server.toLower();
    }
}

} // namespace

std::optional<Recognised> recogniseSmtp(const QString& text)
{
    if (text.size() > Recognition::MaxText)
        return std::nullopt;
    std::optional<Address> address = parse(text.trimmed());
    if (!address)
        return std::nullopt;
    if (address->isApprise())
        completeApprise(*address);
    const QString security = securityOf(*address);
    Recognised recognised;
    recognised.weight = weightOfAddress;
    recognised.settings = {{QStringLiteral("host"), address->host},
                           {QStringLiteral("port"), portOf(*address, security)},
                           {QStringLiteral("security"), security}};
    if (!address->user.isEmpty())
        recognised.settings.insert(QStringLiteral("username"), address->user);
    if (!address->password.isEmpty())
        recognised.secrets.insert(QStringLiteral("password"), Secret(address->password.toUtf8()));
    return recognised;
}

} // namespace carillon
