// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/MessageParts.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr qint64 shortestWaitMs = 1'000; // before a part is tried again

bool mayPass(OutcomeKind kind)
{
    return kind == OutcomeKind::Retry || kind == OutcomeKind::Throttled || kind == OutcomeKind::ProviderDown;
}

} // namespace

MessageParts::MessageParts(Message message)
    : m_message(std::move(message))
{
}

Message MessageParts::part(qsizetype index) const
{
    Message part = m_message;
    part.continuations.clear();
    if (index == 0)
        return part;
    part.fields = m_message.continuations[index - 1];
    part.idempotencyKey += QStringLiteral("-%1").arg(index + 1);
    return part;
}

MessageParts::Step MessageParts::after(const Outcome& ofPart)
{
    if (!ofPart.movedTo.isEmpty() && m_movedTo.isEmpty()) {
        m_movedTo = ofPart.movedTo;
        m_message.to = m_movedTo;
        return {};
    }
    if (ofPart.kind == OutcomeKind::Sent)
        return next(ofPart);
    if (m_index == 0) {
        Step step{true, ofPart, 0};
        step.outcome.movedTo.clear(); // nothing was taken there
        return step;
    }
    if (mayPass(ofPart.kind) && m_tries < MostTries && ofPart.notBeforeMs <= LongestWaitMs) {
        ++m_tries;
        return {false, {}, qMax(shortestWaitMs, ofPart.notBeforeMs)};
    }
    return {true, partly(ofPart), 0};
}

MessageParts::Step MessageParts::next(const Outcome& ofPart)
{
    if (m_index == 0)
        m_firstId = ofPart.providerId;
    else if (!ofPart.providerId.isEmpty())
        m_laterIds << ofPart.providerId;
    m_laterIds << ofPart.partIds;
    ++m_index;
    m_tries = 0;
    if (m_index < count())
        return {};
    Outcome whole = ofPart;
    whole.providerId = m_firstId;
    whole.partIds = m_laterIds;
    whole.movedTo = m_movedTo;
    return {true, whole, 0};
}

Outcome MessageParts::partly(Outcome ofPart) const
{
    if (ofPart.kind != OutcomeKind::Refused)
        ofPart.kind = OutcomeKind::Uncertain;
    ofPart.providerId = m_firstId;
    ofPart.movedTo = m_movedTo;
    ofPart.notBeforeMs = 0;
    ofPart.bucket.clear();
    ofPart.reason
        = QCoreApplication::translate("MessageParts", "The platform took %1 of the message's %2 parts, and not the next: %3")
              .arg(QString::number(m_index), QString::number(count()), ofPart.reason);
    return ofPart;
}

Outcome MessageParts::brokenOff(const QString& reason) const
{
    Outcome outcome;
    outcome.deliveryId = m_message.deliveryId;
    outcome.kind = OutcomeKind::Uncertain;
    outcome.reason = reason;
    return partly(outcome);
}

} // namespace carillon
