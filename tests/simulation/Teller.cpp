// SPDX-License-Identifier: GPL-3.0-or-later
#include "Teller.h"

#include "engine/base/Clock.h"
#include "engine/base/Json.h"

namespace carillon::simulation {

namespace {

constexpr qsizetype mostPerCallback = 20;
constexpr qint64 againMs = 60'000;

QJsonObject toJson(const TellerReceipt& receipt)
{
    QJsonObject json{{QStringLiteral("kind"), nameOf(receipt.kind)}, {QStringLiteral("id"), receipt.id}};
    if (!receipt.key.isEmpty())
        json.insert(QStringLiteral("key"), receipt.key);
    if (receipt.suppress)
        json.insert(QStringLiteral("suppress"), true);
    if (receipt.time != 0)
        json.insert(QStringLiteral("time"), receipt.time);
    return json;
}

TellerReceipt of(ReceiptKind kind, bool suppress = false)
{
    TellerReceipt receipt;
    receipt.kind = kind;
    receipt.suppress = suppress;
    return receipt;
}

} // namespace

Teller::Teller(const Clock& clock, Dice& dice, const Weather& weather, Trace& trace)
    : m_clock(clock)
    , m_dice(dice)
    , m_weather(weather)
    , m_trace(trace)
{
}

// What becomes of one message. Most platforms make sense.
QList<TellerReceipt> Teller::storyOf()
{
    using K = ReceiptKind;
    static const QList<QList<TellerReceipt>> stories{
        {},
        {of(K::Delivered)},
        {of(K::Sent), of(K::Delivered)},
        {of(K::Delivered), of(K::Read)},
        {of(K::Delivered), of(K::Opened), of(K::Clicked)},
        {of(K::Delivered), of(K::Complained)},
        {of(K::Failed)},
        {of(K::Failed, true)},
        {of(K::Sent), of(K::Bounced)},
    };
    if (!m_dice.chance(m_weather.contradict))
        return m_dice.chance(400) ? stories.at(1) : m_dice.pick(stories);
    QList<TellerReceipt> story;
    for (qint64 i = m_dice.between(1, 4); i > 0; --i)
        story += m_dice.pick(stories);
    return story;
}

void Teller::taken(const Transmission& transmission)
{
    for (TellerReceipt receipt : storyOf()) {
        receipt.number = transmission.number;
        receipt.accountId = transmission.accountId;
        receipt.id = transmission.providerId();
        if (transmission.tells == QStringLiteral("keys"))
            receipt.key = transmission.message.idempotencyKey;
        // Opened and clicked are told apart by their times alone, so those have one.
        const bool needsTime = receipt.kind == ReceiptKind::Opened || receipt.kind == ReceiptKind::Clicked;
        receipt.time = needsTime || m_dice.chance(700) ? m_clock.now() + m_dice.between(0, 1'000) : 0;
        add(receipt);
    }
}

void Teller::forge(qint64 accountId)
{
    TellerReceipt receipt;
    receipt.accountId = accountId;
    receipt.kind = m_dice.pick(QList<ReceiptKind>{ReceiptKind::Delivered, ReceiptKind::Bounced, ReceiptKind::Complained});
    const QList<TellerReceipt> told = m_receipts;
    const bool another = !told.isEmpty() && m_dice.chance(500);
    const TellerReceipt whose = another ? m_dice.pick(told) : TellerReceipt();
    if (whose.number != 0 && whose.accountId != accountId) {
        receipt.id = whose.id; // another account's message
    } else {
        receipt.id = QStringLiteral("forged%1").arg(++m_forged);
        receipt.key = m_dice.chance(500) ? QStringLiteral("d%1.simulation@brand.example").arg(1'000'000 + m_forged)
                                         : QStringLiteral("d1.elsewhere@brand.example");
    }
    add(receipt);
}

void Teller::add(const TellerReceipt& receipt)
{
    const qsizetype place = m_receipts.size();
    m_receipts << receipt;
    for (qint64 times = m_dice.chance(m_weather.toldTwice) ? m_dice.between(2, 3) : 1; times > 0; --times) {
        const qint64 wait = m_dice.chance(300) ? 0 : m_dice.between(0, m_weather.tellWithinMs);
        m_due.emplace(m_clock.steady() + wait, place);
    }
}

std::optional<qint64> Teller::next() const
{
    return m_due.empty() ? std::nullopt : std::optional(m_due.begin()->first);
}

void Teller::act()
{
    const qint64 most = m_dice.chance(700) ? 1 : m_dice.between(1, mostPerCallback);
    QList<qsizetype> what;
    QJsonArray receipts;
    qint64 accountId = 0;
    for (auto due = m_due.begin(); due != m_due.end() && due->first <= m_clock.steady() && what.size() < most;) {
        const TellerReceipt& receipt = m_receipts.at(due->second);
        if ((!what.isEmpty() && receipt.accountId != accountId) || m_dice.chance(300)) { // they overtake each other
            ++due;
            continue;
        }
        accountId = receipt.accountId;
        what << due->second;
        receipts << toJson(receipt);
        m_trace.line(QStringLiteral("told of %1: %2%3")
                         .arg(receipt.id, nameOf(receipt.kind), receipt.suppress ? u", for ever" : u""));
        due = m_due.erase(due);
    }
    if (what.isEmpty())
        return;
    const Future<CallbackAnswer> answer = m_post(accountId, compactJson({{QStringLiteral("receipts"), receipts}}));
    m_posted << Posted{what, answer};
}

void Teller::listen()
{
    for (qsizetype i = 0; i < m_posted.size();) {
        const Future<CallbackAnswer>& answer = m_posted.at(i).answer;
        if (!answer.isFinished()) {
            ++i;
            continue;
        }
        const bool taken = answer.resultCount() > 0 && answer.result().has_value() && !m_dice.chance(m_weather.deaf);
        const Posted posted = m_posted.takeAt(i);
        m_trace.line(QStringLiteral("callback of %1 and %2 more: %3")
                         .arg(m_receipts.at(posted.what.first()).id)
                         .arg(posted.what.size() - 1)
                         .arg(taken ? u"taken" : u"to be told again"));
        if (!taken)
            tellAgain(posted.what);
    }
}

void Teller::tellAgain(const QList<qsizetype>& what)
{
    for (const qsizetype place : m_hasty ? QList<qsizetype>() : what)
        m_due.emplace(m_clock.steady() + m_dice.between(100, againMs), place);
}

void Teller::hangUp()
{
    for (const Posted& posted : std::exchange(m_posted, {}))
        tellAgain(posted.what);
}

} // namespace carillon::simulation
