// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/CallbackChallenge.h"
#include "engine/provider/CallbackCheck.h"
#include "engine/provider/Provider.h"

#include <memory>

namespace carillon {

// How a platform's callbacks are checked and read: "receipts" of a provider file (resources/providers/provider.schema.json
// describes each member). Immutable, thread-safe; takes any bytes.
//
//     "receipts": {
//       "check": {"kind": "hmac", ...},                       CallbackCheck.h
//       "challenges": [...],                                  CallbackChallenge.h
//       "items": [{"at": "/entry/*/changes/*/value/statuses/*", "id": [{"pointer": "/id"}], "time": [...],
//                  "kinds": [{"when": [{"pointer": "/status", "equals": "read"}], "kind": "read"}, ...]}],
//       "messages": [{"at": "...", "id": [...], "from": [...], "fromPrefix": "+", "text": [...], "answersTo": [...]}],
//       "answer": {"status": 200, "type": "text/xml", "body": "<Response/>"}
//     }
//
// "at" is a JSON pointer in which "*" stands for every element of a list; without it the whole body is one item. The body is
// JSON, or a form read as an object of texts; so is the query of a GET. What no kind fits says nothing to us and is passed
// over; but a status ("status") that no kind knows is given as such: platforms get new ones. Everything that is read is
// bounded.
class ReceiptRules {
public:
    static constexpr qsizetype MaxItems = 5'000; // receipts and messages of one callback
    static constexpr qsizetype MaxId = 512; // characters; a longer one is passed over, for it is nothing that we have
    static constexpr qsizetype MaxText = 4'000; // characters of a message
    static constexpr qsizetype MaxCode = 64;

    // Notes what is wrong with it.
    static std::shared_ptr<const ReceiptRules> read(JsonReader& receipts);

    // False when nothing in callbacks is about messages that were sent: then nothing has to be remembered of those.
    bool referToMessages() const;

    // Unauthenticated or Forbidden: it is not the platform's; InvalidInput: it is, and cannot be read. The errors hold
    // nothing of what came. `workspaceId` tells our own message keys from others; `now` is UTC milliseconds.
    Result<CallbackReading> read(const Callback& callback, const AccountConfig& account, const QString& workspaceId,
                                 qint64 now) const;

private:
    struct KindRule {
        QList<CallbackCondition> conditions; // all must hold
        ReceiptKind kind = ReceiptKind::Delivered;
        bool suppress = false;
        RefusalLimit suppressAfter = {};
    };
    struct ItemRule {
        QString at;
        QList<CallbackPlace> id;
        QList<CallbackPlace> key; // our own, of messageIdOf()
        QList<CallbackPlace> reason;
        QList<CallbackPlace> code;
        QList<CallbackPlace> time;
        QList<CallbackPlace> status; // what the platform calls what became of it
        QList<KindRule> kinds; // the first that fits
    };
    struct MessageRule {
        QString at;
        QList<CallbackCondition> conditions;
        QList<CallbackPlace> id;
        QList<CallbackPlace> from;
        QString fromPrefix; // what addresses begin with and the platform leaves out: "+"
        QList<CallbackPlace> text;
        QList<CallbackPlace> answersTo;
        QList<CallbackPlace> time;
        QList<CallbackCondition> stop; // all must hold; none: never
    };
    struct Context; // one callback, being read

    void readItems(JsonReader& receipts);
    void readMessages(JsonReader& receipts);
    void readAnswer(JsonReader& receipts);
    static KindRule readKind(JsonReader& rule);

    QJsonValue bodyOf(const Callback& callback) const;
    Result<std::optional<CallbackAnswer>> challenge(const CallbackDocument& document, const RequestValues& account,
                                                    bool withToken) const;
    Result<CallbackReading> readAll(const Context& context) const;
    static const KindRule* kindOf(const ItemRule& rule, const Context& context, const QJsonValue& item);
    static std::optional<Receipt> receiptOf(const ItemRule& rule, const Context& context, const QJsonValue& item);
    static void readReceipt(const ItemRule& rule, const Context& context, const QJsonValue& item, CallbackReading& reading);
    static std::optional<InboundMessage> messageOf(const MessageRule& rule, const Context& context, const QJsonValue& item);

    std::shared_ptr<const CallbackCheck> m_check;
    QList<CallbackChallenge> m_challenges;
    QString m_formField; // of a form, the field whose text is the JSON; empty: the form itself
    QList<ItemRule> m_items;
    QList<MessageRule> m_messages;
    CallbackAnswer m_answer;
};

} // namespace carillon
