// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/provider/Callback.h"
#include "engine/provider/Provider.h"
#include "engine/security/HookKey.h"

#include <QHash>

#include <atomic>
#include <mutex>

namespace carillon {

class Clock;
class Dispatch;
class NextChannel;
class ProviderRegistry;
class Store;
class Vault;

// A request to "/hooks/<account>/<token>", as it came.
struct HookCall {
    qint64 accountId = 0;
    QByteArray token;
    QByteArray target; // path and query, as sent
    QByteArray host; // the Host field
    Callback callback; // its `urls` are filled in here
};

// The one door by which what platforms tell comes in: it checks, reads and writes, and answers once everything is committed.
// Thread-safe; answers come from a thread of the store or the vault.
//
// The address that a platform called, which some of them sign, is put together from the brands' public addresses and from
// the Host field. The latter may be anybody's word, and that does no harm: who does not know the secret cannot sign it.
// Nothing is read from X-Forwarded-*.
class ReceiptService {
public:
    static constexpr int MaxAtOnce = 64; // calls; more are Busy

    ReceiptService(Store& store, const Clock& clock, const ProviderRegistry& registry, Vault& vault, Dispatch& dispatch,
                   const HookKey& key);
    ~ReceiptService();

    // NotFound: there is no such account, its token is another, or its platform tells nothing. Unauthenticated, Forbidden:
    // the check says that it is not the platform's; InvalidInput: it cannot be read. These three leave an entry in the log,
    // "receipts.refused", once a minute and account at the most; so do receipts whose status nobody knows,
    // "receipts.unknown", for which the platform is answered as for any other. Busy, Storage: the platform is to try again.
    Future<CallbackAnswer> receive(const HookCall& call);

    // The same without a network, for a platform that is inside this process (the simulator): its body comes as it is.
    Future<CallbackAnswer> receiveInside(qint64 accountId, const QByteArray& json);

    // Lets go of receipts that have waited for days; call it now and then.
    Future<void> forgetOld();

private:
    struct Asked;
    struct Known { // an account's secrets, for a short while
        qint64 updatedAt = 0; // of the account
        qint64 readAt = 0; // steady
        AccountConfig config;
    };
    struct Logged {
        qint64 at = 0;
        qint64 since = 0; // that are not in the log
    };

    Future<Asked> ask(const HookCall& call) const;
    Future<CallbackAnswer> answer(const Asked& asked);
    Future<AccountConfig> configOf(const Asked& asked);
    Future<CallbackAnswer> read(const Asked& asked, const AccountConfig& config);
    Future<void> write(const Account& account, const CallbackReading& reading);
    void logUnknown(qint64 accountId, const QList<UnknownReceipt>& unknown);
    void logNowAndThen(qint64 accountId, const QString& type, QJsonObject data);

    Store& m_store;
    const Clock& m_clock;
    const ProviderRegistry& m_registry;
    Vault& m_vault;
    Dispatch& m_dispatch;
    const HookKey m_key;
    const std::shared_ptr<NextChannel> m_nextChannel; // used in the writer's thread alone
    std::atomic_int m_atOnce = 0;
    std::mutex m_mutex; // of what follows
    QHash<qint64, Known> m_known; // by account, as many as there are
    QHash<QPair<qint64, QString>, Logged> m_logged; // by account and type of entry
};

} // namespace carillon
