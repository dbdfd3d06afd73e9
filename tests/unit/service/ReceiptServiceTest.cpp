// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/ReceiptService.h"
#include "SendingRoom.h"
#include "engine/provider/DeclarativeProvider.h"
#include "engine/provider/ProviderFile.h"
#include "engine/security/Hmac.h"
#include "engine/service/AccountService.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/EngagementRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/ReceiptLedger.h"

using namespace carillon;

namespace {

// A platform that signs by HMAC over the address that it called and the body.
QByteArray signedProvider();

} // namespace

class ReceiptServiceTest : public QObject {
    Q_OBJECT

    const HookKey m_key = *HookKey::fromSecret(Secret(QByteArray(32, 'k')));

    struct Room {
        explicit Room(const HookKey& key)
            : receipts(std::make_shared<std::unique_ptr<ReceiptService>>())
        {
            QList<Error> problems;
            auto file = ProviderFile::parse(signedProvider(), problems);
            for (const Error& problem : problems)
                qFatal("%s", qPrintable(problem.message));
            (void)room.registry.add(
                std::make_unique<DeclarativeProvider>(*file, room.clock, std::make_shared<HttpTransport>()));
            room.dispatch->setHookKey(key);
            *receipts
                = std::make_unique<ReceiptService>(*room.store, room.clock, room.registry, room.vault, *room.dispatch, key);
        }
        ReceiptService& service() { return **receipts; }

        std::shared_ptr<std::unique_ptr<ReceiptService>> receipts; // the sink of simulated accounts asks it
        SendingRoom room{{}, [held = receipts](qint64 accountId, const QByteArray& json) {
                             return (*held)->receiveInside(accountId, json);
                         }};
    };

    Account signedAccount(SendingRoom& room)
    {
        Account account;
        account.name = QStringLiteral("Signed");
        account.provider = QStringLiteral("signed");
        account.channel = QStringLiteral("sms");
        account.createdAt = 5;
        account.id = room.write([&](Connection& connection) { return AccountRepository(connection).save(account); });
        (void)room.vault.write(secretKey(room.store->workspaceId(), account.id, QStringLiteral("app_secret")), Secret("s3"));
        return account;
    }
    // A delivery that was sent under this id.
    qint64 sentAs(SendingRoom& room, const Account& account, const QString& providerId)
    {
        return room.write([&](Connection& connection) {
            DeliveryRepository deliveries(connection);
            Delivery d;
            d.accountId = account.id;
            d.channel = account.channel;
            d.address = QStringLiteral("+4917012345");
            d.id = deliveries.insertQueued(d, QStringLiteral("test"));
            d = deliveries.begin({*deliveries.find(d.id)}, {}, QStringLiteral("r"), 1).value(0);
            deliveries.change(d, {DeliveryState::Sent, true, 0, providerId, {}, QStringLiteral("engine"), {}, true}, 2);
            ReceiptLedger(connection, 3).sent(d);
            return d.id;
        });
    }
    HookCall call(const Account& account, const QByteArray& body, const QByteArray& url)
    {
        HookCall call;
        call.accountId = account.id;
        call.token = m_key.tokenOf(account);
        call.target = "/hooks/" + QByteArray::number(account.id) + '/' + call.token;
        call.host = "127.0.0.1:8025";
        const QByteArray content = url + call.target + body;
        call.callback = {"POST", {}, {}, {{"X-Sign", hmacSha256(Secret("s3"), content).toHex()}}, body};
        return call;
    }
    Result<CallbackAnswer> answerTo(Room& room, const HookCall& call)
    {
        const auto future = room.service().receive(call);
        return QTest::qWaitFor([&] { return future.isFinished(); }, 20'000) ? future.result() : fail(ErrorCode::Timeout, {});
    }
    QList<LogEntry> entries(SendingRoom& room, const QString& type)
    {
        QList<LogEntry> found
            = room.write([](Connection& connection) { return LogRepository(connection).latest({}, 1'000); });
        found.removeIf([&](const LogEntry& entry) { return entry.type != type; });
        return found;
    }

private Q_SLOTS:
    void whatIsSignedIsWrittenBeforeItIsAnswered()
    {
        Room room(m_key);
        const Account account = signedAccount(room.room);
        const qint64 id = sentAs(room.room, account, QStringLiteral("m1"));
        const auto answer
            = answerTo(room, call(account, R"({"list":[{"id":"m1","status":"ok"},{"id":"m2"}]})", "http://127.0.0.1:8025"));
        QVERIFY(answer.has_value());
        QCOMPARE(*answer, (CallbackAnswer{202, "text/plain", "thanks"}));
        QCOMPARE(room.room.delivery(id).state, DeliveryState::Delivered);
    }

    // A platform signs the address that it was given; which of ours that is, we do not know.
    void theBrandsPublicAddressesAreTried()
    {
        Room room(m_key);
        const Account account = signedAccount(room.room);
        room.room.write([](Connection& connection) {
            Brand brand;
            brand.name = QStringLiteral("b");
            brand.publicUrl = QStringLiteral("https://news.example/sub/");
            return BrandRepository(connection).save(brand);
        });
        QVERIFY(answerTo(room, call(account, R"({"list":[]})", "https://news.example/sub")).has_value());
        QCOMPARE(answerTo(room, call(account, R"({"list":[]})", "https://other.example")).error().code,
                 ErrorCode::Unauthenticated);

        AccountService accounts(*room.room.store, room.room.clock, room.room.registry, room.room.vault, *room.room.dispatch,
                                m_key);
        const Future<QList<AccountSummary>> list = accounts.list();
        QVERIFY(QTest::qWaitFor([&] { return list.isFinished(); }, 20'000));
        QCOMPARE(
            list.result()->first().receiptsUrl,
            u"https://news.example/sub/hooks/%1/%2"_qs.arg(account.id).arg(QString::fromLatin1(m_key.tokenOf(account))));
    }

    void whoDoesNotKnowTheTokenFindsNothing()
    {
        Room room(m_key);
        const Account account = signedAccount(room.room);
        HookCall wrong = call(account, "{}", "http://127.0.0.1:8025");
        wrong.token[0] = wrong.token[0] == 'A' ? 'B' : 'A';
        QCOMPARE(answerTo(room, wrong).error().code, ErrorCode::NotFound);
        wrong = call(account, "{}", "http://127.0.0.1:8025");
        wrong.accountId = 99;
        QCOMPARE(answerTo(room, wrong).error().code, ErrorCode::NotFound);
        QVERIFY(entries(room.room, QStringLiteral("receipts.refused")).isEmpty());
        // An account that got the number of one that was removed has another.
        Account later = account;
        later.createdAt = 6;
        QVERIFY(!m_key.opens(m_key.tokenOf(account), later));
    }

    void refusalsAreLoggedOnceAMinute()
    {
        Room room(m_key);
        const Account account = signedAccount(room.room);
        HookCall forged = call(account, "{}", "http://127.0.0.1:8025");
        forged.callback.body = R"({"list":[{"id":"m1"}]})";
        for (int i = 0; i < 5; ++i)
            QCOMPARE(answerTo(room, forged).error().code, ErrorCode::Unauthenticated);
        QTRY_COMPARE(entries(room.room, QStringLiteral("receipts.refused")).size(), 1);
        QVERIFY(!entries(room.room, QStringLiteral("receipts.refused")).first().data.value(u"reason").toString().isEmpty());
        room.room.clock.advance(61'000);
        QCOMPARE(answerTo(room, forged).error().code, ErrorCode::Unauthenticated);
        QTRY_COMPARE(entries(room.room, QStringLiteral("receipts.refused")).size(), 2);
        QCOMPARE(entries(room.room, QStringLiteral("receipts.refused")).last().data.value(u"more_before").toInt(), 4);
    }

    // It is kept and said, and the platform is answered as for any other: it need not tell it again and again.
    void aStatusThatNobodyKnowsIsSaid()
    {
        Room room(m_key);
        const Account account = signedAccount(room.room);
        const QByteArray body = R"({"list":[{"id":"m1","status":"teleported"},{"id":"m2","status":"beamed"}]})";
        for (int i = 0; i < 3; ++i)
            QCOMPARE(answerTo(room, call(account, body, "http://127.0.0.1:8025"))->status, 202);
        const QString type = QStringLiteral("receipts.unknown");
        QTRY_COMPARE(entries(room.room, type).size(), 1);
        const LogEntry entry = entries(room.room, type).first();
        QCOMPARE(entry.accountId, account.id);
        QCOMPARE(entry.data.value(u"status").toString(), QStringLiteral("teleported"));
        QCOMPARE(entry.data.value(u"provider_id").toString(), QStringLiteral("m1"));
        QCOMPARE(entry.data.value(u"more").toInt(), 1);
    }

    // Hundreds at once go in pages; nothing is lost at their seams.
    void manyReceiptsAtOnce()
    {
        Room room(m_key);
        const Account account = signedAccount(room.room);
        QList<qint64> ids;
        QByteArray body = R"({"list":[)";
        for (int i = 0; i < 250; ++i) {
            ids << sentAs(room.room, account, u"m%1"_qs.arg(i));
            body += (i == 0 ? "" : ",") + QByteArray("{\"id\":\"m") + QByteArray::number(i) + "\"}";
        }
        QVERIFY(answerTo(room, call(account, body + "]}", "http://127.0.0.1:8025")).has_value());
        for (const qint64 id : ids)
            QCOMPARE(room.room.delivery(id).state, DeliveryState::Delivered);
    }

    // From the simulated platform through the same door, with everything that real ones do to us.
    void theSimulatorTellsWhatBecameOfMessages()
    {
        Room room(m_key);
        SendingRoom& sending = room.room;
        const qint64 account = sending.account(QStringLiteral("mail"), QStringLiteral("email"));
        sending.write([&](Connection& connection) {
            Account changed = *AccountRepository(connection).find(account);
            changed.settings.insert(QStringLiteral("receipts_twice"), 50);
            changed.settings.insert(QStringLiteral("receipts_early"), 30);
            changed.settings.insert(QStringLiteral("receipts_within_ms"), 400);
            return AccountRepository(connection).save(changed);
        });
        sending.topic(QStringLiteral("t"), {{account, QStringLiteral("email")}});
        sending.dispatch->start();
        QHash<QString, DeliveryState> ends{
            {QStringLiteral("deliver"), DeliveryState::Delivered},  {QStringLiteral("read"), DeliveryState::Delivered},
            {QStringLiteral("late-fail"), DeliveryState::Failed},   {QStringLiteral("late-bounce"), DeliveryState::Bounced},
            {QStringLiteral("complain"), DeliveryState::Delivered}, {QStringLiteral("plain"), DeliveryState::Sent}};
        for (auto end = ends.cbegin(); end != ends.cend(); ++end) {
            for (int i = 0; i < 5; ++i)
                QVERIFY(sending
                            .trigger(R"({"topic":"t","data":{"word":"x"},"to":{"channel":"email","address":")"
                                     + end.key().toLatin1() + '+' + QByteArray::number(i) + R"(@example.org"}})")
                            .has_value());
        }
        const auto arrived = [&] {
            const QList<Delivery> all = sending.all();
            return std::all_of(all.begin(), all.end(), [&](const Delivery& delivery) {
                return delivery.state == ends.value(delivery.address.section(u'+', 0, 0));
            });
        };
        QVERIFY(sending.until([&] { return sending.all().size() == 30 && arrived(); }));
        QVERIFY(sending.until([&] { return entries(sending, QStringLiteral("engagement.read")).size() == 5; }));
        QVERIFY(sending.until([&] { return entries(sending, QStringLiteral("delivery.complained")).size() == 5; }));
        QCOMPARE(entries(sending, QStringLiteral("address.suppressed")).size(), 10);
        QCOMPARE(entries(sending, QStringLiteral("delivery.delivered")).size(), 15);
    }

    // What waits for nobody to have read it goes on at once when the platform tells that it did not get there.
    void theNextChannelStepsInWhenAReceiptSaysFailed()
    {
        Room room(m_key);
        SendingRoom& sending = room.room;
        const qint64 mail = sending.account(QStringLiteral("mail"), QStringLiteral("email"));
        const qint64 sms = sending.account(QStringLiteral("sms"), QStringLiteral("sms"));
        DispatchRules rules;
        rules.nextChannelAfterMs = 3'600'000;
        sending.topic(QStringLiteral("t"), {{mail, QStringLiteral("email")}, {sms, QStringLiteral("sms")}}, rules);
        sending.contact(QStringLiteral("ana"),
                        {{QStringLiteral("email"), QStringLiteral("late-fail@example.org")},
                         {QStringLiteral("sms"), QStringLiteral("+4917012345678")}});
        sending.dispatch->start();
        QVERIFY(sending.trigger(R"({"topic":"t","data":{"word":"x"},"to":{"external_id":"ana"}})").has_value());
        QVERIFY(sending.until([&] { return sending.areAll(QStringLiteral("sms"), DeliveryState::Sent, 1); }));
        QVERIFY(sending.areAll(QStringLiteral("email"), DeliveryState::Failed, 1));
    }
};

namespace {

// Behind the class, which moc would not see behind the slashes and stars in it.
QByteArray signedProvider()
{
    return R"({
  "format": 1, "key": "signed", "name": "Signed", "channel": "sms", "help": "For a test.", "address": {"label": "x"},
  "fields": [{"key": "app_secret", "label": "Secret", "type": "password"}],
  "request": {"url": "https:\/\/platform.example\/send", "body": {"kind": "json", "value": {"callback": "{{ account.receiptsUrl }}"}}},
  "receipts": {
    "check": {"kind": "hmac", "secret": "{{ secrets.app_secret }}", "header": "X-Sign", "signed": "{url}{body}"},
    "items": [{"at": "/list/*", "id": [{"pointer": "/id"}], "status": [{"pointer": "/status"}], "kinds": [
      {"when": [{"pointer": "/status", "equals": "failed"}], "kind": "failed"},
      {"when": [{"pointer": "/status", "equals": "ok"}], "kind": "delivered"},
      {"when": [{"pointer": "/status", "absent": true}], "kind": "delivered"}]}],
    "answer": {"status": 202, "type": "text/plain", "body": "thanks"}
  }
})";
}

} // namespace

QTEST_GUILESS_MAIN(ReceiptServiceTest)
#include "ReceiptServiceTest.moc"
