// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/RecurrenceParser.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

namespace carillon {

namespace {

const QStringList frequencies{QStringLiteral("DAILY"), QStringLiteral("WEEKLY"), QStringLiteral("MONTHLY"),
                              QStringLiteral("YEARLY")};
const QStringList weekdayNames{QStringLiteral("MO"), QStringLiteral("TU"), QStringLiteral("WE"), QStringLiteral("TH"),
                               QStringLiteral("FR"), QStringLiteral("SA"), QStringLiteral("SU")};
const QStringList partNames{QStringLiteral("FREQ"),    QStringLiteral("INTERVAL"), QStringLiteral("COUNT"),
                            QStringLiteral("UNTIL"),   QStringLiteral("BYDAY"),    QStringLiteral("BYMONTHDAY"),
                            QStringLiteral("BYMONTH"), QStringLiteral("BYSETPOS"), QStringLiteral("WKST")};
constexpr qint64 dayMs = 86'400'000;

QString tr(const char* text)
{
    return QCoreApplication::translate("RecurrenceRule", text);
}

} // namespace

Result<RecurrenceRule> RecurrenceParser::parse()
{
    split();
    readFrequency();
    m_rule.interval = number(QStringLiteral("INTERVAL"), 1, 1'000);
    m_rule.count = number(QStringLiteral("COUNT"), 0, RecurrenceRule::MaxCount);
    readEnd();
    readWeekdays();
    m_rule.monthDays = numbers(QStringLiteral("BYMONTHDAY"), 31, true);
    m_rule.months = numbers(QStringLiteral("BYMONTH"), 12, false);
    m_rule.positions = numbers(QStringLiteral("BYSETPOS"), 366, true);
    if (m_parts.contains(QStringLiteral("WKST")))
        m_rule.weekStart = weekday(QStringLiteral("WKST"), m_parts.value(QStringLiteral("WKST")));
    checkTogether();
    return m_status ? Result<RecurrenceRule>(m_rule) : fail(m_status.error());
}

void RecurrenceParser::split()
{
    QString text = m_text.trimmed();
    if (text.size() > RecurrenceRule::MaxLength)
        return refuse(tr("The rule is longer than %1 characters.").arg(RecurrenceRule::MaxLength));
    if (text.startsWith(QStringLiteral("RRULE:"), Qt::CaseInsensitive))
        text.remove(0, 6);
    for (const QString& part : text.split(u';', Qt::SkipEmptyParts)) {
        const qsizetype sign = part.indexOf(u'=');
        const QString name = part.left(sign).trimmed().toUpper();
        if (sign <= 0 || sign + 1 == part.size())
            return refuse(tr("A rule is made of parts like FREQ=WEEKLY with semicolons between, \"%1\" is none.").arg(part));
        if (!partNames.contains(name))
            return refuse(tr("%1 cannot be used in a rule here; %2 can.").arg(name, partNames.join(QStringLiteral(", "))));
        if (m_parts.contains(name))
            return refuse(tr("%1 is there twice.").arg(name));
        m_parts.insert(name, part.mid(sign + 1).trimmed().toUpper());
    }
}

void RecurrenceParser::readFrequency()
{
    const QString name = m_parts.value(QStringLiteral("FREQ"));
    if (name.isEmpty())
        return refuse(tr("The rule does not say how often: it needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY."));
    const qsizetype index = frequencies.indexOf(name);
    if (index < 0)
        return refuse(tr("FREQ is DAILY, WEEKLY, MONTHLY or YEARLY, not \"%1\".").arg(name));
    m_rule.frequency = RecurrenceRule::Frequency(index);
}

void RecurrenceParser::readWeekdays()
{
    static const QRegularExpression form(QStringLiteral("^([+-]?\\d{1,2})?([A-Z]{2})$"));
    for (const QString& item : m_parts.value(QStringLiteral("BYDAY")).split(u',', Qt::SkipEmptyParts)) {
        const QRegularExpressionMatch match = form.match(item.trimmed());
        const int ordinal = match.captured(1).toInt();
        if (!match.hasMatch() || (!match.captured(1).isEmpty() && (ordinal == 0 || qAbs(ordinal) > 53)))
            return refuse(tr("BYDAY is a list of days like MO, 2TU or -1FR, not \"%1\".").arg(item));
        m_rule.weekdays << RecurrenceRule::Weekday{weekday(QStringLiteral("BYDAY"), match.captured(2)), ordinal};
    }
}

// "20261224", "20261224T090000" by the wall clock, "20261224T080000Z" by UTC.
void RecurrenceParser::readEnd()
{
    if (!m_parts.contains(QStringLiteral("UNTIL")))
        return;
    QString text = m_parts.value(QStringLiteral("UNTIL"));
    const bool utc = text.endsWith(u'Z');
    if (utc)
        text.chop(1);
    const QDate date = QDate::fromString(text.left(8), QStringLiteral("yyyyMMdd"));
    const QTime time = QTime::fromString(text.mid(9), QStringLiteral("HHmmss"));
    const bool whole = text.size() == 8 && !utc;
    if (!date.isValid() || (!whole && (text.size() != 15 || text.at(8) != u'T' || !time.isValid())))
        return refuse(tr("UNTIL is written like 20261224 or 20261224T080000Z, not \"%1\".")
                          .arg(m_parts.value(QStringLiteral("UNTIL"))));
    const qint64 end = whole ? date.startOfDay(Qt::UTC).toMSecsSinceEpoch() + dayMs - 1
                             : QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch();
    (utc ? m_rule.untilUtc : m_rule.untilWall) = end;
}

void RecurrenceParser::checkTogether()
{
    using Frequency = RecurrenceRule::Frequency;
    const bool longPeriod = m_rule.frequency == Frequency::Monthly || m_rule.frequency == Frequency::Yearly;
    if (m_rule.count != 0 && m_parts.contains(QStringLiteral("UNTIL")))
        return refuse(tr("A rule ends by COUNT or by UNTIL, not by both."));
    if (m_rule.frequency == Frequency::Weekly && !m_rule.monthDays.isEmpty())
        return refuse(tr("BYMONTHDAY does not go with FREQ=WEEKLY."));
    for (const RecurrenceRule::Weekday& day : std::as_const(m_rule.weekdays)) {
        if (day.ordinal != 0 && !longPeriod)
            return refuse(tr("A number before a day, as in 2TU, goes with FREQ=MONTHLY and FREQ=YEARLY alone."));
    }
    if (!m_rule.positions.isEmpty() && m_rule.weekdays.isEmpty() && m_rule.monthDays.isEmpty() && m_rule.months.isEmpty())
        return refuse(
            tr("BYSETPOS chooses among the days that BYDAY, BYMONTHDAY or BYMONTH give, and there is none of them."));
}

int RecurrenceParser::number(const QString& part, int value, int most)
{
    if (!m_parts.contains(part))
        return value;
    bool ok = false;
    const int read = m_parts.value(part).toInt(&ok);
    if (ok && read >= 1 && read <= most)
        return read;
    refuse(tr("%1 is a whole number from 1 to %2.").arg(part).arg(most));
    return value;
}

QList<int> RecurrenceParser::numbers(const QString& part, int most, bool negative)
{
    QList<int> list;
    for (const QString& item : m_parts.value(part).split(u',', Qt::SkipEmptyParts)) {
        bool ok = false;
        const int read = item.trimmed().toInt(&ok);
        if (!ok || read == 0 || read > most || read < (negative ? -most : 1)) {
            refuse(negative
                       ? tr("%1 is a list of whole numbers from 1 to %2, or -1 to -%2 from the end.").arg(part).arg(most)
                       : tr("%1 is a list of whole numbers from 1 to %2.").arg(part).arg(most));
            return {};
        }
        list << read;
    }
    return list;
}

int RecurrenceParser::weekday(const QString& part, const QString& name)
{
    const int index = int(weekdayNames.indexOf(name));
    if (index < 0)
        refuse(tr("%1 knows the days MO, TU, WE, TH, FR, SA and SU, not \"%2\".").arg(part, name));
    return qMax(index, 0) + 1;
}

void RecurrenceParser::refuse(const QString& sentence)
{
    if (m_status)
        m_status = fail(ErrorCode::InvalidInput, sentence, QStringLiteral("rule"));
}

} // namespace carillon
