// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/RehearsalText.h"

#include "app/ctl/Command.h"

#include <QJsonArray>

namespace carillon {

namespace {

QString kindName(WorstCase::Kind kind)
{
    switch (kind) {
    case WorstCase::Longest: return QStringLiteral("longest");
    case WorstCase::Shortest: return QStringLiteral("shortest");
    case WorstCase::MissingFields: return QStringLiteral("missing_fields");
    case WorstCase::RightToLeftName: return QStringLiteral("right_to_left_name");
    case WorstCase::LongestName: return QStringLiteral("longest_name");
    case WorstCase::Failing: return QStringLiteral("failing");
    }
    return {};
}

// What is worth a look, for people; `%1` is the contact.
QString sentenceOf(const WorstCase& one)
{
    switch (one.kind) {
    case WorstCase::Longest: return Command::tr("longest message (%2): %1").arg(one.contactName).arg(one.value);
    case WorstCase::Shortest: return Command::tr("shortest message (%2): %1").arg(one.contactName).arg(one.value);
    case WorstCase::MissingFields: return Command::tr("most values missing (%2): %1").arg(one.contactName).arg(one.value);
    case WorstCase::RightToLeftName: return Command::tr("name from right to left: %1").arg(one.contactName);
    case WorstCase::LongestName: return Command::tr("longest name: %1").arg(one.contactName);
    case WorstCase::Failing: return Command::tr("fails: %1").arg(one.contactName);
    }
    return {};
}

QJsonObject toJson(const RehearsalFinding& finding)
{
    QJsonArray contacts;
    for (const qint64 contact : finding.contacts.mid(0, RehearsalFinding::maxContacts))
        contacts << contact;
    QJsonObject object{{QStringLiteral("kind"), kindName(finding.kind)},
                       {QStringLiteral("reason"), finding.sentence},
                       {QStringLiteral("count"), finding.count},
                       {QStringLiteral("contacts"), contacts}};
    const auto add = [&](const QString& key, const QString& value) {
        if (!value.isEmpty())
            object.insert(key, value);
    };
    add(QStringLiteral("channel"), finding.channel);
    add(QStringLiteral("part"), finding.part);
    add(QStringLiteral("variable"), finding.variable);
    return object;
}

QJsonObject toJson(const WorstCase& one)
{
    return {{QStringLiteral("kind"), kindName(one.kind)},
            {QStringLiteral("channel"), one.channel},
            {QStringLiteral("contact"), one.contactId},
            {QStringLiteral("name"), one.contactName},
            {QStringLiteral("value"), one.value}};
}

QString line(qint64 count, const QString& text)
{
    return QStringLiteral("\n  %1 %2").arg(count, 8).arg(text);
}

QString findingLines(const RehearsalReport& report)
{
    QString text;
    for (const RehearsalFinding& finding : report.findings) {
        const QString what = finding.channel.isEmpty() ? finding.sentence : finding.channel + u": " + finding.sentence;
        text += line(finding.count, finding.kind == RehearsalFinding::Failed ? Command::tr("fail: %1").arg(what) : what);
    }
    return text;
}

QString smsLines(const RehearsalReport& report)
{
    if (report.smsParts.isEmpty())
        return {};
    QString text = Command::tr("\nText messages: %1 parts are billed").arg(report.smsTotalParts);
    for (auto parts = report.smsParts.cbegin(); parts != report.smsParts.cend(); ++parts)
        text += line(parts.value(), Command::tr("of %1 parts").arg(parts.key()));
    return text;
}

} // namespace

QString kindName(RehearsalFinding::Kind kind)
{
    switch (kind) {
    case RehearsalFinding::Failed: return QStringLiteral("failed");
    case RehearsalFinding::MissingVariable: return QStringLiteral("missing_variable");
    case RehearsalFinding::Cut: return QStringLiteral("cut");
    case RehearsalFinding::Split: return QStringLiteral("split");
    case RehearsalFinding::ExtraParts: return QStringLiteral("extra_parts");
    }
    return {};
}

QJsonObject toJson(const RehearsalReport& report)
{
    QJsonArray findings;
    for (const RehearsalFinding& finding : report.findings)
        findings << toJson(finding);
    QJsonArray worstCases;
    for (const WorstCase& one : report.worstCases)
        worstCases << toJson(one);
    QJsonObject smsParts;
    for (auto parts = report.smsParts.cbegin(); parts != report.smsParts.cend(); ++parts)
        smsParts.insert(QString::number(parts.key()), parts.value());
    QJsonObject byTemplate;
    for (auto label = report.byTemplate.cbegin(); label != report.byTemplate.cend(); ++label)
        byTemplate.insert(label.key(), label.value());
    return {{QStringLiteral("contacts"), report.contacts},
            {QStringLiteral("messages"), report.messages},
            {QStringLiteral("failed"), report.failed},
            {QStringLiteral("findings"), findings},
            {QStringLiteral("worst_cases"), worstCases},
            {QStringLiteral("sms_parts"), smsParts},
            {QStringLiteral("sms_total_parts"), report.smsTotalParts},
            {QStringLiteral("by_template"), byTemplate},
            {QStringLiteral("took_ms"), report.durationMs}};
}

QString toText(const RehearsalReport& report)
{
    QString text = Command::tr("%1 contacts in the audience, %2 messages can be made, %3 fail")
                       .arg(report.contacts)
                       .arg(report.messages - report.failed)
                       .arg(report.failed);
    text += findingLines(report);
    text += smsLines(report);
    if (!report.byTemplate.isEmpty())
        text += Command::tr("\nTemplates");
    for (auto label = report.byTemplate.cbegin(); label != report.byTemplate.cend(); ++label)
        text += line(label.value(), label.key());
    if (!report.worstCases.isEmpty())
        text += Command::tr("\nWorth a look");
    for (const WorstCase& one : report.worstCases)
        text += QStringLiteral("\n  %1, %2").arg(one.channel, sentenceOf(one));
    return text + Command::tr("\nIn %1 s").arg(double(report.durationMs) / 1000, 0, 'f', 1);
}

} // namespace carillon
