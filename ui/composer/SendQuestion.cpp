// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/SendQuestion.h"

#include "ui/widgets/Words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace carillon::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SendQuestion", text);
}

QString scheduleText(const SendFacts& facts, const QString& count, const QString& time)
{
    switch (facts.kind) {
    case ScheduleKind::ContactZone:
        return tr("Schedule %1 messages by each contact's own clock, the first for %2?").arg(count, time);
    case ScheduleKind::Recurring: return tr("Schedule %1 messages each time, next %2?").arg(count, time);
    case ScheduleKind::At: break;
    }
    return tr("Schedule %1 messages for %2?").arg(count, time);
}

QString textOf(const SendFacts& facts)
{
    const QString good = countText(facts.messages - facts.failing);
    const QString time
        = QLocale().toString(QDateTime::fromMSecsSinceEpoch(facts.at), QLocale::ShortFormat); // read only when scheduled
    if (facts.failing == 0)
        return facts.at > 0 ? scheduleText(facts, good, time) : tr("Send %1 messages now?").arg(good);
    const QString failing = tr("%1 of %2 messages cannot be made.").arg(countText(facts.failing), countText(facts.messages));
    return failing + u' '
        + (facts.at > 0 ? tr("Schedule the other %1 for %2?").arg(good, time) : tr("Send the other %1 anyway?").arg(good));
}

QString detailOf(const SendFacts& facts)
{
    QStringList sentences;
    if (facts.failing > 0)
        sentences << tr("Whose message cannot be made gets nothing; each such delivery fails with its reason.");
    if (!facts.rehearsed)
        sentences << tr("The rehearsal is not complete: more may fail.");
    sentences << (facts.at > 0 ? tr("Until then \"%1\" can be taken back.").arg(facts.name)
                               : tr("\"%1\" can be paused or cancelled while it is being sent; what has been sent is sent.")
                                     .arg(facts.name));
    return sentences.join(u' ');
}

} // namespace

Question sendQuestion(const SendFacts& facts)
{
    Question question;
    question.title = facts.at > 0 ? tr("Schedule campaign") : tr("Send campaign");
    question.text = textOf(facts);
    question.detail = detailOf(facts);
    if (facts.failing > 0)
        question.verb = facts.at > 0 ? tr("Schedule anyway") : tr("Send anyway");
    else
        question.verb = facts.at > 0 ? tr("Schedule") : tr("Send now");
    question.destructive = facts.failing > 0;
    return question;
}

} // namespace carillon::ui
