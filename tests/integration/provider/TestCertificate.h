// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace carillon {

// A certificate of its own making for 127.0.0.1 and localhost, valid for a day; its files go with it.
class TestCertificate {
public:
    TestCertificate()
    {
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"),
                      {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("rsa:2048"),
                       QStringLiteral("-nodes"), QStringLiteral("-days"), QStringLiteral("1"), QStringLiteral("-subj"),
                       QStringLiteral("/CN=localhost"), QStringLiteral("-addext"),
                       QStringLiteral("subjectAltName=DNS:localhost,IP:127.0.0.1"), QStringLiteral("-keyout"), key(),
                       QStringLiteral("-out"), certificate()});
        openssl.waitForFinished();
    }

    bool isValid() const { return QFile::exists(certificate()) && QFile::exists(key()); }
    QString certificate() const { return m_folder.filePath(QStringLiteral("server.pem")); }
    QString key() const { return m_folder.filePath(QStringLiteral("server.key")); }

private:
    QTemporaryDir m_folder;
};

} // namespace carillon
