// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpTls.h"

#include <QCoreApplication>
#include <QFile>
#include <QSslCertificate>
#include <QSslSocket>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Smtp", text);
}

} // namespace

Result<QSslConfiguration> smtpTlsConfiguration(const SmtpSettings& settings)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (settings.security == SmtpSecurity::None)
        return tls;
    if (!QSslSocket::supportsSsl())
        return fail(ErrorCode::Internal, tr("This installation of Qt has no TLS."), QStringLiteral("security"));
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    tls.setSslOption(QSsl::SslOptionDisableSessionPersistence, false);
    if (settings.caFile.isEmpty())
        return tls;
    QFile file(settings.caFile);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::InvalidInput, tr("The file %1 cannot be read: %2").arg(settings.caFile, file.errorString()),
                    QStringLiteral("ca_file"));
    const QList<QSslCertificate> certificates = QSslCertificate::fromDevice(&file, QSsl::Pem);
    if (certificates.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("The file %1 holds no certificate in PEM form.").arg(settings.caFile),
                    QStringLiteral("ca_file"));
    tls.addCaCertificates(certificates);
    return tls;
}

} // namespace carillon
