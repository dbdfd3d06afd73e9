// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/AccountService.h"
#include "tests/unit/service/SendingRoom.h"

using namespace carillon;

class AccountLimitsTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<SendingRoom> m_room;
    std::unique_ptr<AccountService> m_accounts;

    Result<qint64> save(const AccountLimits& limits, qint64 id = 0)
    {
        Account account;
        account.id = id;
        account.name = QStringLiteral("Relay");
        account.provider = QStringLiteral("simulator");
        account.settings = {{QStringLiteral("channel"), QStringLiteral("email")}, {QStringLiteral("latency_ms"), 1}};
        account.limits = limits;
        return m_accounts->save(m_room->ann, account, {}).result();
    }

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<SendingRoom>();
        m_accounts = std::make_unique<AccountService>(*m_room->store, m_room->clock, m_room->registry, m_room->vault,
                                                      *m_room->dispatch);
    }
    void cleanup()
    {
        m_accounts.reset();
        m_room.reset();
    }

    void whatIsOutOfBoundsIsRefusedByName()
    {
        const Result<qint64> fast = save({.perSecond = 2'000'000});
        QVERIFY(!fast);
        QCOMPARE(fast.error().code, ErrorCode::InvalidInput);
        QCOMPARE(fast.error().field, QStringLiteral("per_second"));
        QCOMPARE(fast.error().message, QStringLiteral("per_second is a number from 0 to 1000000."));
        QCOMPARE(save({.destinationBurst = -1}).error().field, QStringLiteral("destination_burst"));
        QVERIFY(m_accounts->list().result()->isEmpty()); // nothing was written
    }

    void whatIsSetIsKept()
    {
        const AccountLimits limits{.perSecond = 0.5, .inFlight = 3, .destinationInFlight = 1};
        QVERIFY(save(limits));
        QCOMPARE(m_accounts->list().result()->first().account.limits, limits);
    }
};

QTEST_GUILESS_MAIN(AccountLimitsTest)
#include "AccountLimitsTest.moc"
