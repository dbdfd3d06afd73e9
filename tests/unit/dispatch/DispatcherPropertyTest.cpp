// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever platforms and operators do, every delivery comes to its end, none is sent twice, and nothing stays claimed.
#include "tests/unit/dispatch/DispatchFixture.h"

using namespace carillon;

namespace {

// A world of a few accounts and campaigns whose weather comes from a seed.
class Weather {
public:
    explicit Weather(quint64 seed)
        : m_dice(seed)
    {
        f.platform.capacity = 1 + below(60);
        f.platform.latencyMs = below(400);
        f.platform.answer = [this](qint64 account, const Message& message) { return answer(account, message); };
        QList<qint64> accounts;
        for (int i = 0, count = 1 + below(3); i < count; ++i)
            accounts << f.addAccount(limits());
        for (int i = 0; i < 2; ++i) {
            Topic topic;
            topic.rules.nextAccount = below(4) != 0;
            topic.maxAttempts = 1 + below(5);
            topic.lifetimeMs = 0;
            QList<qint64> route = accounts;
            std::rotate(route.begin(), route.begin() + below(int(route.size())), route.end());
            CampaignControl control;
            control.perMinute = below(3) == 0 ? 600 + below(10'000) : 0;
            QStringList addresses;
            for (int domain = 0, domains = 1 + below(6); domain < domains; ++domain)
                addresses += f.addresses(1 + below(150), QStringLiteral("d%1-%2.example").arg(i).arg(domain));
            campaigns << f.addCampaign(f.addTopic(route, topic), addresses, control);
        }
    }

    // Pauses, resumes, throttles and reloads for a while; then all is well and every campaign goes on.
    void blow()
    {
        for (int step = 0; step < 40; ++step) {
            disturb();
            f.run(below(3) == 0 ? below(20'000) : below(300));
        }
        isFair = true;
        for (const qint64 campaign : campaigns) {
            f.dispatcher->setAllowance(campaign, std::nullopt);
            f.dispatcher->activate(campaign);
        }
        for (int hours = 0; hours < 48 && !isOver(); ++hours)
            f.run(3'600'000);
    }

    bool isOver()
    {
        return std::all_of(campaigns.begin(), campaigns.end(), [this](qint64 campaign) { return waiting(campaign) == 0; });
    }
    qint64 waiting(qint64 campaign)
    {
        return f.count(campaign, DeliveryState::Queued) + f.count(campaign, DeliveryState::Retrying)
            + f.count(campaign, DeliveryState::Sending);
    }

    DispatchFixture f;
    QList<qint64> campaigns;
    QHash<qint64, int> taken; // by delivery: how often a platform took it, or may have
    bool isFair = false;

private:
    int below(int bound) { return int(m_dice.below(quint64(bound))); }

    AccountLimits limits()
    {
        AccountLimits limits;
        limits.perSecond = below(3) == 0 ? 5 + below(200) : 0;
        limits.inFlight = below(3) == 0 ? 1 + below(20) : 0;
        limits.destinationPerSecond = below(3) == 0 ? 1 + below(50) : 0;
        limits.destinationInFlight = below(3) == 0 ? 1 + below(5) : 0;
        limits.adapt = below(4) != 0;
        return limits;
    }

    Outcome answer(qint64 account, const Message& message)
    {
        const int dice = isFair ? 0 : below(100);
        const bool isDown = !isFair && m_down.contains(account);
        if (isDown)
            return ScriptedPlatform::wait(OutcomeKind::ProviderDown, below(3) == 0 ? below(60'000) : 0);
        if (dice < 60) {
            ++taken[message.deliveryId];
            return Outcome{0, OutcomeKind::Sent};
        }
        if (dice < 72)
            return ScriptedPlatform::wait(OutcomeKind::Throttled, below(20'000), QStringLiteral("destination"));
        if (dice < 76)
            return ScriptedPlatform::wait(OutcomeKind::Throttled, below(20'000), QStringLiteral("account"));
        if (dice < 88)
            return ScriptedPlatform::wait(OutcomeKind::Retry, below(60'000));
        if (dice < 94)
            return ScriptedPlatform::wait(OutcomeKind::Refused, 0);
        return ScriptedPlatform::wait(OutcomeKind::ProviderDown, 0);
    }

    void disturb()
    {
        const qint64 campaign = campaigns.at(below(int(campaigns.size())));
        const auto& lines = f.dispatcher->conditions();
        const QList<qint64> accounts = lines.keys();
        switch (below(7)) {
        case 0: return f.dispatcher->deactivate(campaign);
        case 1: return f.dispatcher->setAllowance(campaign, below(40));
        case 2: return f.dispatcher->setAllowance(campaign, std::nullopt);
        case 3:
            if (!accounts.isEmpty())
                f.dispatcher->reloadAccount(accounts.at(below(int(accounts.size()))));
            return;
        case 4:
            if (!accounts.isEmpty())
                m_down.insert(accounts.at(below(int(accounts.size()))));
            return;
        case 5: return m_down.clear();
        default: return f.dispatcher->activate(campaign);
        }
    }

    SeededRandom m_dice;
    QSet<qint64> m_down;
};

} // namespace

class DispatcherPropertyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingComesToItsEnd_data()
    {
        QTest::addColumn<quint64>("seed");
        const quint64 first = qEnvironmentVariable("CARILLON_SEED", QStringLiteral("1")).toULongLong();
        const int count = qEnvironmentVariable("CARILLON_SEEDS", QStringLiteral("6")).toInt();
        for (quint64 seed = first; seed < first + quint64(count); ++seed)
            QTest::newRow(QByteArray::number(seed).constData()) << seed;
    }

    void everythingComesToItsEnd()
    {
        QFETCH(quint64, seed);
        Weather weather(seed);
        weather.blow();
        for (const qint64 campaign : weather.campaigns) {
            QCOMPARE(weather.waiting(campaign), 0);
            for (const Delivery& delivery : weather.f.deliveries(campaign)) {
                QVERIFY(isFinal(delivery.state));
                QCOMPARE(weather.taken.value(delivery.id), delivery.state == DeliveryState::Sent ? 1 : 0);
            }
        }
        QCOMPARE(weather.f.dispatcher->claimed(), 0);
        const auto conditions = weather.f.dispatcher->conditions();
        for (const AccountCondition& condition : conditions)
            QCOMPARE(condition.inFlight, 0);
        for (const CampaignFlow& flow : weather.f.dispatcher->flows())
            QCOMPARE(flow.limitedBy, QString());
    }
};

QTEST_GUILESS_MAIN(DispatcherPropertyTest)
#include "DispatcherPropertyTest.moc"
