// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "engine/dispatch/Recurrence.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace carillon;

namespace {

constexpr qint64 hourMs = 3'600'000;
constexpr qint64 dayMs = 24 * hourMs;

struct Case {
    Schedule schedule;
    QJsonValue untilUtc = QJsonValue::Null;
    qint64 after = 0;
    int count = 12;

    qint64 upTo() const { return after + 12 * 365 * dayMs; }
};

} // namespace

// python-dateutil and zoneinfo find the same occurrences of random rules in random zones; CARILLON_RULES says of how many.
class RecurrenceJudgeTest : public QObject {
    Q_OBJECT

private:
    static constexpr int RulesEach = 250;

    SeededRandom m_random{0};
    QList<QByteArray> m_zones = QTimeZone::availableTimeZoneIds();

    int from(int least, int most) { return least + int(m_random.below(quint64(most - least + 1))); }
    bool oneIn(quint64 n) { return m_random.below(n) == 0; }

    QString zone()
    {
        static const QStringList lively{
            QStringLiteral("Europe/Madrid"),  QStringLiteral("America/New_York"),  QStringLiteral("Australia/Lord_Howe"),
            QStringLiteral("Pacific/Apia"),   QStringLiteral("Africa/Casablanca"), QStringLiteral("America/Santiago"),
            QStringLiteral("Asia/Kathmandu"), QStringLiteral("America/St_Johns"),  QStringLiteral("Pacific/Chatham"),
            QStringLiteral("Europe/Dublin"),  QStringLiteral("Asia/Gaza"),         QStringLiteral("Africa/Cairo")};
        if (oneIn(2))
            return lively.at(from(0, int(lively.size()) - 1));
        for (;;) { // the judge has no zones like UTC+03:00
            const QByteArray id = m_zones.at(from(0, int(m_zones.size()) - 1));
            if (id.contains('/') && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
                return QString::fromLatin1(id);
        }
    }

    // Often an hour in which clocks are changed.
    QString start()
    {
        const QDate day(from(1990, 2055), from(1, 12), 1);
        const int hour = oneIn(2) ? from(0, 3) : from(0, 23);
        return QDateTime(day.addDays(from(0, 30)), QTime(hour, 15 * from(0, 3)), Qt::UTC)
            .toString(QStringLiteral("yyyy-MM-ddTHH:mm"));
    }

    QString list(int most, int longest, bool negative)
    {
        QStringList items;
        for (int i = from(1, longest); i > 0; --i)
            items << QString::number(from(1, most) * (negative && oneIn(3) ? -1 : 1));
        return items.join(u',');
    }

    QString weekdays(bool ordinals, int mostOrdinal)
    {
        static const char* names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
        // All with an ordinal or none: where they are mixed, the judge wants both at once, against RFC 5545.
        ordinals = ordinals && oneIn(2);
        QStringList items;
        for (int i = from(1, 3); i > 0; --i) {
            const QString ordinal = ordinals ? QString::number(from(1, mostOrdinal) * (oneIn(3) ? -1 : 1)) : QString();
            items << ordinal + QString::fromLatin1(names[from(0, 6)]);
        }
        return items.join(u',');
    }

    QString rule(bool weekly, bool monthly, bool yearly)
    {
        QStringList parts;
        const bool months = oneIn(yearly ? 2 : 4);
        if (oneIn(2))
            parts << QStringLiteral("INTERVAL=%1").arg(from(1, oneIn(8) ? 40 : 5));
        if (months)
            parts << QStringLiteral("BYMONTH=") + list(12, 3, false);
        if (oneIn(2))
            parts << QStringLiteral("BYDAY=") + weekdays(monthly || yearly, yearly && !months ? 53 : 5);
        if (!weekly && oneIn(3))
            parts << QStringLiteral("BYMONTHDAY=") + list(31, 3, true);
        if (oneIn(3))
            parts << QStringLiteral("WKST=") + weekdays(false, 0).left(2);
        const bool chooses = (monthly || yearly) && parts.filter(QStringLiteral("BY")).size() > 0 && oneIn(3);
        if (chooses)
            parts << QStringLiteral("BYSETPOS=") + list(5, 2, true);
        return parts.isEmpty() ? QString() : u';' + parts.join(u';');
    }

    Case anyCase()
    {
        Case c;
        const int frequency = from(0, 3);
        static const char* names[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
        c.schedule.kind = ScheduleKind::Recurring;
        c.schedule.zone = zone();
        c.schedule.localTime = start();
        c.schedule.rule = QStringLiteral("FREQ=") + QString::fromLatin1(names[frequency])
            + rule(frequency == 1, frequency == 2, frequency == 3);
        const qint64 begin = *wallTimeOf(c.schedule.localTime);
        c.after = begin + (oneIn(2) ? -dayMs * from(0, 400) : hourMs * from(0, 24 * 365 * 6));
        addEnd(c, begin);
        return c;
    }

    void addEnd(Case& c, qint64 begin)
    {
        const qint64 end = begin + hourMs * from(-48, 24 * 365 * 4);
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(end, Qt::UTC);
        switch (from(0, 5)) {
        case 0: c.schedule.rule += QStringLiteral(";COUNT=%1").arg(from(1, 60)); break;
        case 1: c.schedule.rule += QStringLiteral(";UNTIL=") + time.toString(QStringLiteral("yyyyMMddTHHmmss")); break;
        case 2:
            c.untilUtc = end;
            c.schedule.rule += QStringLiteral(";UNTIL=") + time.toString(QStringLiteral("yyyyMMddTHHmmss")) + u'Z';
            break;
        default: break;
        }
    }

    static QByteArray line(const Case& c)
    {
        QString rule = c.schedule.rule; // a UTC end is compared by the judge itself: its start has no zone
        if (c.untilUtc.isDouble())
            rule.truncate(rule.indexOf(QStringLiteral(";UNTIL=")));
        return QJsonDocument(QJsonObject{{QStringLiteral("rule"), rule},
                                         {QStringLiteral("start"), c.schedule.localTime},
                                         {QStringLiteral("zone"), c.schedule.zone},
                                         {QStringLiteral("until_utc"), c.untilUtc},
                                         {QStringLiteral("after"), c.after},
                                         {QStringLiteral("up_to"), c.upTo()},
                                         {QStringLiteral("count"), c.count}})
                   .toJson(QJsonDocument::Compact)
            + '\n';
    }

private Q_SLOTS:
    // A function of a test has five minutes: the judge needs some 20 ms a rule.
    void findsTheSameOccurrences_data()
    {
        QTest::addColumn<int>("seed");
        const int rules
            = qEnvironmentVariableIsSet("CARILLON_RULES") ? qEnvironmentVariableIntValue("CARILLON_RULES") : 1'000;
        for (int seed = 1; seed <= rules / RulesEach; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }

    void findsTheSameOccurrences()
    {
        const QString python = QStringLiteral("/usr/bin/python3");
        if (QProcess::execute(python, {QStringLiteral("-c"), QStringLiteral("import dateutil.rrule, zoneinfo")}) != 0)
            QSKIP("python3-dateutil is not there");
        QFETCH(int, seed);
        m_random = SeededRandom(quint64(seed));
        QList<Case> cases;
        QByteArray input;
        for (int i = 0; i < RulesEach; ++i) {
            cases << anyCase();
            input += line(cases.last());
        }
        QProcess judge;
        judge.start(python, {QStringLiteral(CARILLON_SOURCE_DIR "/tests/unit/dispatch/judge_recurrence.py")});
        judge.write(input);
        judge.closeWriteChannel();
        QVERIFY2(judge.waitForFinished(-1) && judge.exitCode() == 0, judge.readAllStandardError().constData());
        const QList<QByteArray> answers = judge.readAllStandardOutput().split('\n');
        qsizetype occurrences = 0;
        for (qsizetype i = 0; i < cases.size(); ++i) {
            const Case& c = cases.at(i);
            const Result<Recurrence> recurrence = Recurrence::of(c.schedule, {});
            QVERIFY2(recurrence, qPrintable(c.schedule.rule));
            QJsonArray found;
            for (const qint64 utc : recurrence->following(c.after, c.count)) {
                if (utc <= c.upTo())
                    found << utc;
            }
            const QByteArray ours = QJsonDocument(found).toJson(QJsonDocument::Compact);
            const QByteArray theirs
                = QJsonDocument(QJsonDocument::fromJson(answers.value(i)).array()).toJson(QJsonDocument::Compact);
            const QByteArray difference = line(c) + "ours   " + ours + "\ntheirs " + theirs;
            QVERIFY2(ours == theirs, difference.constData());
            occurrences += found.size();
        }
        qInfo("%lld rules, %lld occurrences", qlonglong(cases.size()), qlonglong(occurrences));
        QVERIFY(occurrences > cases.size() * 4);
    }
};

QTEST_GUILESS_MAIN(RecurrenceJudgeTest)
#include "RecurrenceJudgeTest.moc"
