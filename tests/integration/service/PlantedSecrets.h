// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QUrl>

namespace carillon {

// Secrets that a test has planted, and the search for them in whatever comes out: as they are, percent-encoded, inside JSON,
// and in base64 alone or within more.
class PlantedSecrets {
public:
    // A word that nothing else contains: whatever it is part of has leaked.
    static QByteArray word() { return QByteArrayLiteral("zq7xw9k"); }

    PlantedSecrets() { plant(word()); }

    void plant(const QByteArray& secret)
    {
        m_secrets << secret;
        m_needles << secret << secret.toPercentEncoding() << insideJson(secret);
        for (const QByteArray& line : secret.split('\n')) {
            if (line.size() >= 40) // of a private key
                m_needles << line;
        }
        for (const auto alphabet : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
            for (int before = 0; before < 3; ++before) {
                const QByteArray whole = QByteArray(QByteArray(before, '\0') + secret).toBase64(alphabet);
                const qsizetype first = (before * 8 + 5) / 6;
                m_needles << whole.sliced(first, (before + secret.size()) * 8 / 6 - first);
            }
        }
    }

    qsizetype count() const { return m_secrets.size(); }

    // What leaked into this text, a line each: where, and some of what stands around it.
    QStringList leaks(const QString& where, const QByteArray& text) const
    {
        QStringList found;
        for (const QByteArray& needle : m_needles) {
            const qsizetype at = text.indexOf(needle);
            if (at >= 0)
                found << where + QStringLiteral(": ")
                        + QString::fromUtf8(text.sliced(qMax(qsizetype(0), at - 60))
                                                .first(qMin(text.size() - qMax(qsizetype(0), at - 60), needle.size() + 80)));
        }
        return found;
    }

    // The same for every file of a folder.
    QStringList leaksInFolder(const QString& folder) const
    {
        QStringList found;
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly))
                found << leaks(file.fileName(), file.readAll());
        }
        return found;
    }

private:
    static QByteArray insideJson(const QByteArray& text)
    {
        const QByteArray list = QJsonDocument(QJsonArray{QString::fromUtf8(text)}).toJson(QJsonDocument::Compact);
        return list.sliced(2, list.size() - 4); // without ["  "]
    }

    QByteArrayList m_secrets;
    QSet<QByteArray> m_needles;
};

} // namespace carillon
