// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Names.h"
#include "engine/provider/SmtpSession.h"

namespace carillon {

inline SmtpSettings plainSettings()
{
    SmtpSettings settings;
    settings.host = QStringLiteral("mail.example.org");
    settings.security = SmtpSecurity::None;
    return settings;
}

inline SmtpSettings loginSettings(SmtpAuthMethod method, SmtpSecurity security = SmtpSecurity::None)
{
    SmtpSettings settings = plainSettings();
    settings.security = security;
    settings.auth = method;
    settings.username = QStringLiteral("me");
    settings.password = Secret("secret");
    return settings;
}

inline SmtpJob job(qint64 id, const QByteArray& content = "Subject: x\r\n\r\nHello\r\n")
{
    Message message;
    message.deliveryId = id;
    message.from = QStringLiteral("a@example.org");
    message.to = QStringLiteral("r%1@example.net").arg(id);
    message.content = content;
    return {message, 0};
}

inline QByteArray envelope(int id)
{
    const QByteArray to = "r" + QByteArray::number(id) + "@example.net";
    return "MAIL FROM:<a@example.org>\r\nRCPT TO:<" + to + ">\r\nDATA\r\n";
}

inline const QByteArray body = "Subject: x\r\n\r\nHello\r\n.\r\n";
inline const QByteArray accepted = "250 2.1.0 ok\r\n250 2.1.5 ok\r\n354 go\r\n";

// A session and both ends of its wire.
struct Wire {
    explicit Wire(SmtpSettings given, SmtpPeer peer = {"client.example.org", false, true})
        : settings(std::move(given))
        , session(settings, std::move(peer))
    {
    }

    // What the session says to `octets`.
    QByteArray say(const QByteArray& octets)
    {
        session.receive(octets);
        outcomes += session.takeOutcomes();
        for (const SmtpJob& unsent : session.takeUnsent())
            back += unsent.message.deliveryId;
        return session.takeOutput();
    }

    QByteArray login(const QByteArray& ehlo)
    {
        const QByteArray greeted = say("220 hello\r\n"); // apart: the operands of + have no order
        return greeted + say(ehlo);
    }
    QByteArray loginPipelined() { return login("250-host\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES\r\n"); }

    QByteArray submit(const SmtpJob& given)
    {
        session.submit(given);
        return say({});
    }

    // "1:sent 2:refused", in the order they came.
    QString told() const
    {
        QStringList texts;
        for (const Outcome& outcome : outcomes)
            texts += QStringLiteral("%1:%2").arg(outcome.deliveryId).arg(nameOf(outcome.kind));
        return texts.join(u' ');
    }

    SmtpSettings settings;
    SmtpSession session;
    QList<Outcome> outcomes;
    QList<qint64> back;
};

} // namespace carillon
