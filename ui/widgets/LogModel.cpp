// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/LogModel.h"

#include "ui/widgets/StateBadge.h"
#include "ui/widgets/Words.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

namespace carillon::ui {

namespace {

QString valueText(const QJsonValue& value)
{
    if (value.isString())
        return value.toString();
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', 15);
    if (value.isBool())
        return value.toBool() ? LogModel::tr("yes") : LogModel::tr("no");
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact)).chopped(1).mid(1);
}

} // namespace

void LogModel::setEntries(const QList<LogEntry>& entries)
{
    if (entries == m_entries)
        return;
    beginResetModel();
    m_entries = entries;
    endResetModel();
}

QString LogModel::detailOf(const LogEntry& entry, const QStringList& hidden)
{
    QJsonObject data = entry.data;
    for (const QString& name : hidden)
        data.remove(name);
    const int attempt = data.take(u"attempt").toInt();
    if (entry.type.endsWith(u'.' + data.value(u"outcome").toString()))
        data.remove(u"outcome"_qs); // as the type says
    QStringList words;
    // The code stands before the provider's words, unless they begin with it: "550 5.1.1 No such user".
    const QString code = data.take(u"code").toVariant().toString();
    const QString answer = data.take(u"answer").toString();
    QString reason = data.take(u"reason").toString();
    if (reason.isEmpty())
        reason = answer;
    const auto next = static_cast<qint64>(data.take(u"next_at").toDouble());
    const auto began = static_cast<qint64>(data.take(u"began").toDouble());
    if (!code.isEmpty() && !reason.startsWith(code))
        words.append(code);
    if (!reason.isEmpty())
        words.append(reason);
    if (next > 0)
        words.append(tr("Next try %1.").arg(timeText(next)));
    if (const qint64 told = data.take(u"told_at").toInteger(); told > 0)
        words.append(tr("At the platform: %1.").arg(timeText(told)));
    if (attempt > 0)
        words.prepend(words.isEmpty() ? tr("Try %1").arg(attempt) : tr("Try %1:").arg(attempt));
    QStringList rest;
    for (auto field = data.begin(); field != data.end(); ++field)
        rest.append(u"%1: %2"_qs.arg(QString(field.key()).replace(u'_', u' '), valueText(field.value())));
    if (began > 0 && entry.time >= began)
        rest.append(tr("took %1 ms").arg(QLocale().toString(entry.time - began)));
    if (!rest.isEmpty())
        words.append(words.isEmpty() ? rest.join(QStringLiteral(", ")) : u"(%1)"_qs.arg(rest.join(QStringLiteral(", "))));
    return words.join(u' ').simplified();
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int LogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const LogEntry& entry = m_entries.at(index.row());
    if (role == ToneRole && index.column() == TypeColumn)
        return static_cast<int>(toneOfType(entry.type));
    if (role == Qt::ToolTipRole)
        return index.column() == TypeColumn ? u"%1, %2"_qs.arg(entry.type, entry.actor) : detailOf(entry, m_hidden);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TimeColumn: return timeText(entry.time);
    case TypeColumn: return typeTitle(entry.type);
    default: return detailOf(entry, m_hidden);
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn: return tr("Time");
    case TypeColumn: return tr("What");
    default: return tr("Details");
    }
}

} // namespace carillon::ui
