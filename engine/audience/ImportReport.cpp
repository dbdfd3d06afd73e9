// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/audience/ImportReport.h"

#include <QCoreApplication>
#include <QDir>
#include <QSaveFile>

namespace carillon {

namespace {

constexpr qsizetype copyBytes = 64 * 1024;

QByteArray csvField(const QString& field)
{
    QByteArray bytes = field.toUtf8();
    const bool plain = !bytes.contains(',') && !bytes.contains('"') && !bytes.contains('\n') && !bytes.contains('\r');
    return plain ? bytes : '"' % bytes.replace('"', "\"\"") % '"';
}

QByteArray csvLine(const QStringList& fields)
{
    QByteArrayList cells;
    for (const QString& field : fields)
        cells << csvField(field);
    return cells.join(',') % "\r\n";
}

tl::unexpected<Error> writeFailure(const QFileDevice& file)
{
    return fail(ErrorCode::Storage,
                QCoreApplication::translate("ContactImport", "The report cannot be written to %1: %2.")
                    .arg(file.fileName(), file.errorString()));
}

} // namespace

Status ImportReport::open()
{
    m_file.setFileTemplate(QDir::tempPath() % QStringLiteral("/carillon-import-XXXXXX.csv"));
    if (!m_file.open())
        return writeFailure(m_file);
    return {};
}

Status ImportReport::append(const QList<ReportedRow>& rows)
{
    for (const ReportedRow& row : rows) {
        const QStringList start{QString::number(row.line), row.problem.reason, row.problem.explanation};
        m_file.write(csvLine(start + row.fields));
    }
    if (!m_file.flush() || m_file.error() != QFileDevice::NoError)
        return writeFailure(m_file);
    return {};
}

Status ImportReport::save(const QString& path, const QStringList& header) const
{
    QFile rows(m_file.fileName());
    if (!m_file.fileName().isEmpty() && !rows.open(QIODevice::ReadOnly))
        return writeFailure(rows);
    QSaveFile target(path);
    if (!target.open(QIODevice::WriteOnly))
        return writeFailure(target);
    const QStringList start{QStringLiteral("line"), QStringLiteral("reason"), QStringLiteral("explanation")};
    target.write("\xEF\xBB\xBF" % csvLine(start + header));
    while (rows.isOpen() && !rows.atEnd() && rows.error() == QFileDevice::NoError && target.error() == QFileDevice::NoError)
        target.write(rows.read(copyBytes));
    if (rows.error() != QFileDevice::NoError)
        return writeFailure(rows);
    if (!target.commit())
        return writeFailure(target);
    return {};
}

} // namespace carillon
