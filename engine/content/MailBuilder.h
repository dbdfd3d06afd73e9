// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/content/MailFile.h"
#include "engine/model/Message.h"
#include "engine/model/Topic.h"

namespace carillon {

// What a mail is made of. Texts are UTF-8; whatever a template or a contact gave may stand in them.
struct Mail {
    QString fromName;
    QString fromAddress;
    QString replyTo; // empty: none
    QString toName;
    QString toAddress;
    std::string subject;
    std::string html; // empty: the mail is text alone
    std::string text; // empty: derived from the HTML
    std::string preheader; // text; shown by mail programs behind the subject, hidden in the mail itself
    QString messageId; // with or without < >; without @ the sender's domain follows
    qint64 date = 0; // UTC milliseconds
    Category category = Category::Transactional;
    QString unsubscribeUrl; // marketing only; https makes it one-click (RFC 8058)
    QString unsubscribeMailto; // marketing only: an address
    QString listName; // marketing only: List-Id is `listName <listKey.sender's domain>`
    QString listKey;
    QString feedbackId; // marketing only; "campaign:topic:category:sender" as Gmail counts complaints
    QList<MailFile> files; // attachments, and images that the HTML names by their content ids
};

// What mail services take of one message, after encoding.
constexpr qsizetype maxMailBytes = 25 << 20;

// The whole RFC 5322 message: CRLF line ends, 7-bit unless an address itself is not ASCII, not dot-stuffed. The same Mail
// gives the same bytes. Of its parts, only as many multiparts are written as there is need for:
//
//     multipart/mixed                 attachments
//       multipart/alternative         text and HTML
//         text/plain
//         multipart/related           images within the HTML
//           text/html
//           image/png ...
//
// Fills content, from, to, channel, needsSmtpUtf8 and has8Bit; the rest is the caller's. An address, name, Message-ID or URL
// that cannot stand in a header is an error with `field` naming it; control characters in the subject become blanks. A mail
// of more than maxMailBytes is an error, too.
Result<Message> buildMail(Mail mail);

// An address with its domain in ASCII (punycode), as it goes on the wire; an error when it is none.
Result<QString> wireAddress(const QString& address, const QString& field);

} // namespace carillon
