// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Message.h"

namespace carillon {

// One message on its way to a platform that takes it in parts: `fields` first, then each of its continuations, in order,
// each sent once the one before was taken. Says what is to be done after each answer, and what became of the whole.
//
// A message has one outcome, and once its first part was taken it must not be tried again as a whole: the recipient would
// read the beginning twice. So a later part that the platform does not take now is tried again here, MostTries times and
// with waits of at most LongestWaitMs. When that does not help, the outcome is Uncertain, so that the topic decides whether
// the whole is sent again; or Refused, when the platform will never take it. Both say how many parts arrived. The platform's
// id is that of the first part; those of the others are its partIds.
//
// A value; nothing of it outlives the sender.
class MessageParts {
public:
    static constexpr int MostTries = 4;
    static constexpr qint64 LongestWaitMs = 30'000;

    struct Step {
        bool isDone = false;
        Outcome outcome; // when done: of the whole message
        qint64 waitMs = 0; // else: current() is to be sent after this
    };

    explicit MessageParts(Message message);

    const Message& message() const { return m_message; }
    qsizetype count() const { return 1 + m_message.continuations.size(); }
    // One part as a message of its own. The idempotency keys of later parts end in -2, -3, ...: they are not the first one
    // again.
    Message part(qsizetype index) const;
    Message current() const { return part(m_index); }

    // What follows from the answer to current(). Where the platform says that the address has moved, the same goes there,
    // once.
    Step after(const Outcome& ofPart);

    // The outcome when current() will not be sent any more although parts before it were.
    Outcome brokenOff(const QString& reason) const;

private:
    Outcome partly(Outcome ofPart) const;
    Step next(const Outcome& ofPart);

    Message m_message;
    qsizetype m_index = 0;
    int m_tries = 0; // of the current part, beyond its first
    QString m_movedTo;
    QString m_firstId;
    QStringList m_laterIds;
};

} // namespace carillon
