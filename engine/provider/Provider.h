// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/base/Secret.h"
#include "engine/model/Message.h"
#include "engine/provider/ProviderDescription.h"
#include "engine/provider/Recognition.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace carillon {

class ReceiptRules;

// A configured account, ready to use: its settings checked, its secrets fetched from the vault.
struct AccountConfig {
    qint64 accountId = 0;
    QJsonObject settings;
    QHash<QString, Secret> secrets; // by field key
    QString receiptsUrl = {}; // where its platform's callbacks reach us; empty: nowhere
};

// What a probe found: the platform answers and takes our credentials, or why not.
struct ProbeResult {
    bool ok = false;
    Error error; // when not ok
    QString detail; // the platform's own words: its greeting, its answer
};

// Carries messages of one account to one platform. Knows the platform's contract and nothing of storage, retries, limits or
// clocks.
//
// Lives in the engine's thread and never blocks it; what needs a thread of its own keeps it inside. The owner is whoever
// made it (the dispatcher, or a test send). Destroying a sender drops what is in flight without an outcome: call drain()
// first to be told.
class Sender : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    // How many more messages it takes now. send() with more is allowed, but they wait inside without reaching the wire.
    virtual int capacity() const = 0;

    // Sends; every message is answered with exactly one outcomes() entry, in any order, possibly from within this call.
    virtual void send(QList<Message> messages) = 0;

    // Takes no more; answers what has not reached the wire with ProviderDown at once, and the rest as the platform does.
    // drained() follows when nothing is in flight.
    virtual void drain() = 0;

    // Checks that the platform is there and takes our credentials, without sending anything; answers once with probed().
    virtual void probe() = 0;

Q_SIGNALS:
    void outcomes(const QList<carillon::Outcome>& outcomes);
    void capacityChanged();
    void drained();
    void probed(const carillon::ProbeResult& result);
};

// A kind of account: a description, a check, and a maker of senders. Immutable after construction, thread-safe.
class Provider {
public:
    virtual ~Provider() = default;

    virtual const ProviderDescription& description() const = 0;

    // What the description cannot say (two fields that exclude each other); the registry has checked each field by itself
    // before.
    virtual Status check(const AccountConfig& config) const;

    // The config with what the program makes by itself: a secret that is `generated` and not there, and settings that follow
    // from one. Called with all secrets there are before an account is saved.
    virtual Result<AccountConfig> complete(const AccountConfig& config) const;

    // What a pasted text (a token, a key, an address) says of an account of this kind; nothing when it is of another.
    virtual std::optional<Recognised> recognise(const QString& text) const;
    // How the platform's callbacks are read; null when it makes none.
    virtual std::shared_ptr<const ReceiptRules> receipts() const { return nullptr; }

    virtual std::unique_ptr<Sender> makeSender(const AccountConfig& config) const = 0;
};

} // namespace carillon

Q_DECLARE_METATYPE(carillon::Outcome)
