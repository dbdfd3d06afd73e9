// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/OutcomeText.h"

#include <QCoreApplication>

namespace carillon::ui {

namespace {

QString verdict(const Outcome& outcome)
{
    const auto say = [](const char* text) { return QCoreApplication::translate("Outcome", text); };
    switch (outcome.kind) {
    case OutcomeKind::Sent: return say(QT_TRANSLATE_NOOP("Outcome", "Sent: the platform took the message."));
    case OutcomeKind::Retry:
        return say(QT_TRANSLATE_NOOP("Outcome", "Not taken this time; a real delivery would be tried again."));
    case OutcomeKind::Throttled:
        return say(QT_TRANSLATE_NOOP("Outcome", "The platform asks to slow down; a real delivery would wait."));
    case OutcomeKind::Refused: return say(QT_TRANSLATE_NOOP("Outcome", "Refused for good; a real delivery would fail."));
    case OutcomeKind::ProviderDown:
        return say(QT_TRANSLATE_NOOP("Outcome", "The platform cannot be reached; nothing was sent."));
    case OutcomeKind::Uncertain:
        return say(QT_TRANSLATE_NOOP("Outcome", "The answer was lost after the message had gone out: it may have arrived."));
    }
    return {};
}

} // namespace

QString outcomeVerdict(const Outcome& outcome)
{
    return verdict(outcome);
}

QString outcomeAnswer(const Outcome& outcome)
{
    QStringList said;
    for (const QString& words : {outcome.code, outcome.reason}) {
        if (!words.isEmpty() && !(said.size() == 1 && words.startsWith(said.first())))
            said << words;
        else if (!words.isEmpty())
            said = {words};
    }
    return said.join(u' ');
}

QString outcomeText(const Outcome& outcome)
{
    const QString answer = outcomeAnswer(outcome);
    return answer.isEmpty() ? verdict(outcome)
                            : verdict(outcome) + u' ' + QCoreApplication::translate("Outcome", "It said: %1").arg(answer);
}

Tone toneOf(OutcomeKind kind)
{
    switch (kind) {
    case OutcomeKind::Sent: return Tone::Good;
    case OutcomeKind::Retry:
    case OutcomeKind::Throttled:
    case OutcomeKind::Uncertain: return Tone::Warning;
    case OutcomeKind::Refused:
    case OutcomeKind::ProviderDown: return Tone::Bad;
    }
    return Tone::Neutral;
}

} // namespace carillon::ui
