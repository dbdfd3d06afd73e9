// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpProbe.h"

namespace carillon {

namespace {

constexpr qint64 tickMs = 1'000;

} // namespace

SmtpProbe::SmtpProbe(const SmtpSettings& settings, const QSslConfiguration& tls, Clock& clock, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_clock(clock)
    , m_connection(settings, tls, clock, *this, nullptr)
{
}

void SmtpProbe::start()
{
    m_connection.open();
    m_clock.after(tickMs, this, [this] { tick(); });
}

QString SmtpProbe::describe(const SmtpHandshake& handshake) const
{
    const QString security = handshake.isEncrypted() ? tr("encrypted") : tr("not encrypted");
    const QString offers = QString::fromUtf8(handshake.capabilities().keywords.join(", ")).left(1'000);
    QString text = QStringLiteral("%1 (%2)\n%3").arg(handshake.greeting(), security, offers);
    if (m_settings.dkim)
        text += u'\n' + tr("Mails are signed. The DNS must hold:") + u'\n' + m_settings.dkim->dkimRecord();
    return text;
}

void SmtpProbe::ready(SmtpConnection& connection)
{
    m_told = true;
    Q_EMIT probed({.ok = true, .error = {}, .detail = describe(connection.session()->handshake())});
    connection.retire();
}

void SmtpProbe::ended(SmtpConnection& connection)
{
    if (!m_told) {
        const Error error = connection.failure()
            ? connection.failure()->error
            : Error{ErrorCode::Network, tr("The mail server closed the connection."), {}};
        Q_EMIT probed({.ok = false, .error = error, .detail = {}});
    }
    deleteLater();
}

void SmtpProbe::tick()
{
    m_connection.checkTime();
    m_clock.after(tickMs, this, [this] { tick(); });
}

} // namespace carillon
