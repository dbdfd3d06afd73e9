// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/RehearsalTally.h"

#include "engine/model/EmailAddress.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace carillon {

namespace {

const QString sms = QStringLiteral("sms");

QString tr(const char* text)
{
    return QCoreApplication::translate("Rehearsal", text);
}

QString nameOfContact(const Contact& contact, const Delivery& delivery)
{
    if (!contact.name.isEmpty())
        return contact.name;
    return contact.externalId.isEmpty() ? shownAddress(delivery.channel, delivery.address) : contact.externalId;
}

// A reason that quotes the contact's own address is the same reason for the next contact.
QString sentenceOf(const Error& error, const Delivery& delivery)
{
    if (delivery.address.isEmpty())
        return error.message;
    return QString(error.message).replace(delivery.address, QStringLiteral("…"));
}

bool isSplit(const Delivery& delivery, const Composition& made)
{
    return delivery.channel != sms && (made.facts.parts > 1 || !made.message.continuations.isEmpty());
}

// The earlier contact stays where two are alike.
bool isMore(const WorstCase& candidate, const WorstCase& kept)
{
    return candidate.kind == WorstCase::Shortest ? candidate.value < kept.value : candidate.value > kept.value;
}

} // namespace

QString templateLabel(const ContentSet& content, const Resolution& resolution, const QString& channel)
{
    if (resolution.index < 0)
        return tr("%1: no template").arg(channel);
    const Template& source = content.templates[resolution.index];
    QString label = source.channel.isEmpty() ? channel : source.channel;
    if (!source.locale.isEmpty())
        label += QStringLiteral(", ") + source.locale;
    if (!source.variant.isEmpty())
        label += QStringLiteral(", ") + tr("variant %1").arg(source.variant);
    return source.version == 0 ? label : label + u' ' + tr("(version %1)").arg(source.version);
}

void RehearsalTally::add(const ContentSet& content, const Delivery& delivery, const Contact& contact,
                         const Composition& made)
{
    ++m_report.messages;
    ++m_report.byTemplate[templateLabel(content, made.resolution, delivery.channel)];
    if (!made.status) {
        ++m_report.failed;
        const QString part = made.status.error().field;
        const QString sentence = sentenceOf(made.status.error(), delivery);
        RehearsalFinding finding{RehearsalFinding::Failed, delivery.channel, part, {}, sentence, 1, {}};
        find({finding.kind, finding.channel, part, sentence}, finding, delivery, contact);
    } else {
        findSizes(delivery, contact, made);
    }
    findMissing(delivery, contact, made);
    findExtremes(delivery, contact, made);
}

// A variable that several parts miss is one finding, under the part that came first.
void RehearsalTally::findMissing(const Delivery& delivery, const Contact& contact, const Composition& made)
{
    QSet<QString> paths;
    for (const MissingVariable& missing : made.missing) {
        if (paths.contains(missing.path))
            continue;
        paths.insert(missing.path);
        const QString sentence = tr("“%1” has no value.").arg(missing.path);
        RehearsalFinding finding{
            RehearsalFinding::MissingVariable, delivery.channel, missing.part, missing.path, sentence, 1, {}};
        find({finding.kind, finding.channel, {}, missing.path}, finding, delivery, contact);
    }
    if (!paths.isEmpty())
        challenge({WorstCase::MissingFields, delivery.channel, contact.id, nameOfContact(contact, delivery), paths.size()});
}

void RehearsalTally::findSizes(const Delivery& delivery, const Contact& contact, const Composition& made)
{
    const auto note = [&](RehearsalFinding::Kind kind, const QString& sentence) {
        find({kind, delivery.channel, {}, sentence}, {kind, delivery.channel, {}, {}, sentence, 1, {}}, delivery, contact);
    };
    if (made.facts.cut)
        note(RehearsalFinding::Cut, tr("The content is too long and is cut."));
    if (isSplit(delivery, made))
        note(RehearsalFinding::Split, tr("The content is too long for one message and becomes several."));
    if (delivery.channel != sms)
        return;
    ++m_report.smsParts[made.facts.parts];
    m_report.smsTotalParts += made.facts.parts;
    if (made.facts.parts > 1)
        note(RehearsalFinding::ExtraParts, tr("The text takes more than one SMS part."));
}

void RehearsalTally::findExtremes(const Delivery& delivery, const Contact& contact, const Composition& made)
{
    const QString name = nameOfContact(contact, delivery);
    const auto candidate = [&](WorstCase::Kind kind, qint64 value) {
        challenge({kind, delivery.channel, contact.id, name, value});
    };
    if (made.facts.length > 0) // a message that was refused for its length has one, too
        candidate(WorstCase::Longest, made.facts.length);
    if (made.status && made.facts.length > 0)
        candidate(WorstCase::Shortest, made.facts.length);
    if (!contact.name.isEmpty())
        candidate(WorstCase::LongestName, contact.name.size());
    if (contact.name.isRightToLeft())
        candidate(WorstCase::RightToLeftName, contact.name.size());
}

void RehearsalTally::challenge(const WorstCase& candidate)
{
    const ExtremeKey key(candidate.channel, candidate.kind);
    const auto kept = m_extremes.find(key);
    if (kept == m_extremes.end())
        m_extremes.insert(key, candidate);
    else if (isMore(candidate, *kept))
        *kept = candidate;
}

void RehearsalTally::find(const Key& key, RehearsalFinding finding, const Delivery& delivery, const Contact& contact)
{
    finding.contacts << contact.id;
    take({key, std::move(finding), nameOfContact(contact, delivery)});
}

void RehearsalTally::take(const Found& later)
{
    RehearsalFinding& finding = foundOf(later).finding;
    finding.count += later.finding.count;
    keepContacts(finding, later.finding.contacts);
}

void RehearsalTally::keepContacts(RehearsalFinding& finding, const QList<qint64>& contacts) const
{
    for (const qint64 contact : contacts) {
        if (finding.contacts.size() >= m_contactsPerFinding)
            return;
        if (finding.contacts.isEmpty() || finding.contacts.last() != contact)
            finding.contacts << contact;
    }
}

// The one that is there already, or a new one that counts nothing yet.
RehearsalTally::Found& RehearsalTally::foundOf(const Found& one)
{
    const auto known = m_index.constFind(one.key);
    if (known != m_index.cend())
        return m_found[*known];
    Found fresh = one;
    const bool others = one.key.text.isEmpty() || ++m_toldApart[one.key.kind] > maxFindings;
    if (others) {
        fresh.key = {one.key.kind, {}, {}, {}};
        if (const auto rest = m_index.constFind(fresh.key); rest != m_index.cend())
            return m_found[*rest];
        fresh.finding = {one.key.kind, {}, {}, {}, tr("Other reasons, each of its own"), 0, {}};
    }
    fresh.finding.count = 0;
    fresh.finding.contacts.clear();
    m_index.insert(fresh.key, m_found.size());
    m_found << fresh;
    return m_found.last();
}

void RehearsalTally::merge(const RehearsalTally& later)
{
    const RehearsalReport& other = later.m_report;
    m_report.contacts += other.contacts;
    m_report.messages += other.messages;
    m_report.failed += other.failed;
    m_report.smsTotalParts += other.smsTotalParts;
    for (auto parts = other.smsParts.cbegin(); parts != other.smsParts.cend(); ++parts)
        m_report.smsParts[parts.key()] += parts.value();
    for (auto label = other.byTemplate.cbegin(); label != other.byTemplate.cend(); ++label)
        m_report.byTemplate[label.key()] += label.value();
    for (const Found& found : later.m_found)
        take(found);
    for (const WorstCase& extreme : later.m_extremes)
        challenge(extreme);
}

QList<RehearsalFinding> RehearsalTally::sortedFindings() const
{
    QList<RehearsalFinding> findings;
    for (const Found& found : m_found)
        findings << found.finding;
    std::stable_sort(findings.begin(), findings.end(), [](const RehearsalFinding& a, const RehearsalFinding& b) {
        const bool aFailed = a.kind == RehearsalFinding::Failed;
        const bool bFailed = b.kind == RehearsalFinding::Failed;
        return aFailed != bFailed ? aFailed : a.count > b.count;
    });
    return findings;
}

// The first contact of each reason, as many as fit.
QList<WorstCase> RehearsalTally::failingCases() const
{
    QList<WorstCase> cases;
    QMap<QString, int> ofChannel;
    for (const Found& found : m_found) {
        const RehearsalFinding& finding = found.finding;
        if (finding.kind == RehearsalFinding::Failed && !finding.contacts.isEmpty()
            && ++ofChannel[finding.channel] <= maxFailingCases)
            cases << WorstCase{WorstCase::Failing, finding.channel, finding.contacts.first(), found.firstName,
                               finding.count};
    }
    return cases;
}

RehearsalReport RehearsalTally::report() const
{
    RehearsalReport report = m_report;
    report.findings = sortedFindings();
    report.worstCases = m_extremes.values() + failingCases();
    return report;
}

} // namespace carillon
