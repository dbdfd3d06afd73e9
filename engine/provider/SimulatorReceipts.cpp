// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SimulatorReceipts.h"

#include "engine/base/Json.h"

#include <limits>

namespace carillon {

namespace {

constexpr int MaxPerCallback = 200;
constexpr qint64 AgainMs = 2'000;
constexpr quint64 OwnStream = 0x7265'6365'6970'7473; // so that the answers do not change when receipts are switched on

const QByteArray Rules = R"({
  "check": {"kind": "none"},
  "items": [{
    "at": "/receipts/*", "id": [{"pointer": "/id"}], "key": [{"pointer": "/key"}],
    "reason": [{"pointer": "/reason"}], "code": [{"pointer": "/code"}], "time": [{"pointer": "/time"}],
    "kinds": [
      {"when": [{"pointer": "/kind", "equals": "sent"}], "kind": "sent"},
      {"when": [{"pointer": "/kind", "equals": "delivered"}], "kind": "delivered"},
      {"when": [{"pointer": "/kind", "equals": "read"}], "kind": "read"},
      {"when": [{"pointer": "/kind", "equals": "opened"}], "kind": "opened"},
      {"when": [{"pointer": "/kind", "equals": "clicked"}], "kind": "clicked"},
      {"when": [{"pointer": "/kind", "equals": "failed"}, {"pointer": "/suppress", "equals": true}], "kind": "failed",
       "suppress": true},
      {"when": [{"pointer": "/kind", "equals": "failed"}], "kind": "failed"},
      {"when": [{"pointer": "/kind", "equals": "bounced"}], "kind": "bounced"},
      {"when": [{"pointer": "/kind", "equals": "complained"}], "kind": "complained"}
    ]
  }],
  "messages": [{
    "at": "/messages/*", "id": [{"pointer": "/id"}], "from": [{"pointer": "/from"}], "text": [{"pointer": "/text"}],
    "answersTo": [{"pointer": "/answersTo"}], "time": [{"pointer": "/time"}], "stop": [{"pointer": "/stop", "equals": true}]
  }]
})";

QJsonObject receiptOf(const QString& providerId, ReceiptKind kind, qint64 now)
{
    QJsonObject receipt{
        {QStringLiteral("id"), providerId}, {QStringLiteral("kind"), nameOf(kind)}, {QStringLiteral("time"), now}};
    if (kind == ReceiptKind::Failed) {
        receipt.insert(QStringLiteral("code"), QStringLiteral("4.4.7"));
        receipt.insert(QStringLiteral("reason"), QStringLiteral("Simulated: it could not be delivered"));
    } else if (kind == ReceiptKind::Bounced) {
        receipt.insert(QStringLiteral("code"), QStringLiteral("5.1.1"));
        receipt.insert(QStringLiteral("reason"), QStringLiteral("Simulated: no such address"));
    } else if (kind == ReceiptKind::Complained) {
        receipt.insert(QStringLiteral("reason"), QStringLiteral("Simulated: marked as spam"));
    }
    return receipt;
}

} // namespace

std::shared_ptr<const ReceiptRules> simulatorReceiptRules()
{
    QList<Error> problems;
    JsonReader reader(parseJsonObject(Rules).value_or(QJsonObject()), {}, problems);
    auto rules = ReceiptRules::read(reader);
    Q_ASSERT(problems.isEmpty());
    return rules;
}

SimulatorReceipts::SimulatorReceipts(qint64 accountId, const QJsonObject& settings, Clock& clock, ReceiptSink sink)
    : m_accountId(accountId)
    , m_clock(clock)
    , m_random(static_cast<quint64>(settings.value(QStringLiteral("seed")).toDouble(1)) ^ OwnStream)
    , m_sink(std::move(sink))
    , m_afterMs(settings.value(QStringLiteral("receipts_within_ms")).toInteger(0))
{
    const auto share = [&](const QString& key) { return settings.value(key).toDouble(); };
    m_shares = {share(QStringLiteral("receipts_delivered")),  share(QStringLiteral("receipts_read")),
                share(QStringLiteral("receipts_failed")),     share(QStringLiteral("receipts_bounced")),
                share(QStringLiteral("receipts_complained")), share(QStringLiteral("receipts_twice")),
                share(QStringLiteral("receipts_early"))};
}

// Each of them comes by itself, so that they overtake each other.
QList<ReceiptKind> SimulatorReceipts::kindsFor(const QString& word)
{
    static const QHash<QString, QList<ReceiptKind>> words{
        {QStringLiteral("deliver"), {ReceiptKind::Delivered}},
        {QStringLiteral("read"), {ReceiptKind::Delivered, ReceiptKind::Read}},
        {QStringLiteral("late-fail"), {ReceiptKind::Failed}},
        {QStringLiteral("late-bounce"), {ReceiptKind::Bounced}},
        {QStringLiteral("complain"), {ReceiptKind::Delivered, ReceiptKind::Complained}},
    };
    if (const auto found = words.constFind(word); found != words.cend())
        return *found;
    if (happens(m_shares.failed))
        return {ReceiptKind::Failed};
    if (happens(m_shares.bounced))
        return {ReceiptKind::Bounced};
    if (!happens(m_shares.delivered))
        return {};
    QList<ReceiptKind> kinds{ReceiptKind::Delivered};
    if (happens(m_shares.read))
        kinds << ReceiptKind::Read;
    if (happens(m_shares.complained))
        kinds << ReceiptKind::Complained;
    return kinds;
}

void SimulatorReceipts::taken(const QString& providerId, const QString& word, qint64 answerInMs)
{
    const QList<ReceiptKind> kinds = kindsFor(word);
    const bool early = happens(m_shares.early);
    for (const ReceiptKind kind : kinds) {
        const int times = happens(m_shares.twice) ? 2 : 1;
        for (int time = 0; time < times && m_pending.size() < MaxPending; ++time) {
            const qint64 wait = early ? 0 : answerInMs + qint64(m_random.below(static_cast<quint64>(m_afterMs) + 1));
            m_pending.emplace(m_clock.steady() + wait, Pending{providerId, kind});
        }
    }
    arm();
}

void SimulatorReceipts::arm()
{
    if (m_pending.empty() || (m_armedFor >= 0 && m_armedFor <= m_pending.begin()->first))
        return;
    m_armedFor = m_pending.begin()->first;
    m_clock.after(qMax<qint64>(0, m_armedFor - m_clock.steady()), this, [this] { tellWhatIsDue(); });
}

void SimulatorReceipts::tellWhatIsDue()
{
    m_armedFor = -1;
    tellUntil(m_clock.steady(), MaxPerCallback);
    arm();
}

// In few callbacks: more at once than a platform may make would be turned away, and nobody would be there to repeat them.
void SimulatorReceipts::tellAll()
{
    while (!m_pending.empty())
        tellUntil(std::numeric_limits<qint64>::max(), ReceiptRules::MaxItems);
}

void SimulatorReceipts::tellUntil(qint64 steadyTime, qsizetype most)
{
    QJsonArray receipts;
    while (!m_pending.empty() && m_pending.begin()->first <= steadyTime && receipts.size() < most) {
        const Pending pending = m_pending.extract(m_pending.begin()).mapped();
        receipts << receiptOf(pending.providerId, pending.kind, m_clock.now());
    }
    if (!receipts.isEmpty())
        tell(compactJson({{QStringLiteral("receipts"), receipts}}), 1);
}

void SimulatorReceipts::tell(const QByteArray& json, int tries)
{
    whenReady(m_sink(m_accountId, json), this, [this, json, tries](const Result<CallbackAnswer>& answer) {
        if (!answer && tries < MaxTries)
            m_clock.after(AgainMs * tries, this, [this, json, tries] { tell(json, tries + 1); });
    });
}

} // namespace carillon
