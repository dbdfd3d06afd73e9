// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Json.h"
#include "engine/provider/ReceiptRules.h"
#include "tests/fuzz/Parts.h"

#include <cstdlib>

using namespace carillon;

namespace {

// One of each kind of check, so that signatures, times and tokens of any bytes are looked at, too.
const QByteArray Checks[] = {
    R"({"kind":"none"})",
    R"({"kind":"hmac","secret":"k","header":"h","signed":"{timestamp}{url}{header:t}{body}","timestampHeader":"t"})",
    R"({"kind":"twilio","secret":"k"})",
    R"({"kind":"standard_webhooks","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})",
    R"({"kind":"jwt","secret":"k","bodyHash":"h"})",
    R"({"kind":"token","secret":"k","query":"t"})",
};

const QByteArray Rest = R"(,"formField":"p","challenges":[{"method":"GET","token":{"query":"t","equals":"k"},
    "answer":{"query":"c"}},{"when":[{"pointer":"/type","equals":"url_verification"}],"answer":{"pointer":"/challenge"},
    "member":"challenge"}],"items":[{"at":"/e/*/s/*","id":[{"pointer":"/i"}],"key":[{"callback":"/k"}],
    "reason":[{"pointer":"/r"}],"code":[{"header":"h"}],"time":[{"pointer":"/t"}],
    "kinds":[{"when":[{"pointer":"/k","matches":"^d"}],"kind":"delivered"},{"kind":"failed","suppress":true}]}],
    "messages":[{"at":"/m/*","id":[{"pointer":"/i"}],"from":[{"pointer":"/f"},{"query":"f"}],"text":[{"pointer":"/x"}],
    "stop":[{"pointer":"/x","equals":"STOP"}]}])";

std::shared_ptr<const ReceiptRules> makeRules(const QByteArray& check)
{
    QList<Error> problems;
    JsonReader reader(parseJsonObject("{\"check\":" + check + Rest + "}").value(), {}, problems);
    auto rules = ReceiptRules::read(reader);
    return problems.isEmpty() ? rules : nullptr;
}

bool isBounded(const CallbackReading& reading)
{
    for (const Receipt& receipt : reading.receipts) {
        if (receipt.providerId.size() > ReceiptRules::MaxId || receipt.reason.size() > 300
            || receipt.code.size() > ReceiptRules::MaxCode || receipt.time < 0)
            return false;
    }
    for (const InboundMessage& message : reading.messages) {
        if (message.text.size() > ReceiptRules::MaxText || message.from.isEmpty()
            || message.from.size() > ReceiptRules::MaxId || message.id.size() > ReceiptRules::MaxId)
            return false;
    }
    return reading.receipts.size() + reading.messages.size() <= ReceiptRules::MaxItems;
}

} // namespace

// Any bytes as a callback, by each kind of check: it is refused or read, and what is read is bounded.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    static const std::size_t count = std::size(Checks);
    static const auto all = [] {
        std::vector<std::shared_ptr<const ReceiptRules>> rules;
        for (const QByteArray& check : Checks)
            rules.push_back(makeRules(check));
        return rules;
    }();
    if (size < 2)
        return 0;
    std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
    const auto part = [&rest] {
        const std::string_view taken = takePart(rest);
        return QByteArray(taken.data(), qsizetype(taken.size()));
    };
    Callback callback;
    callback.method = data[1] % 2 == 0 ? "POST" : "GET";
    callback.query = part();
    callback.urls = {"https://a.example/h?" + callback.query, part()};
    callback.headers = {{"Content-Type", data[1] % 4 < 2 ? "application/json" : "application/x-www-form-urlencoded"},
                        {"h", part()},
                        {"t", part()},
                        {"Authorization", part()},
                        {"X-Twilio-Signature", part()},
                        {"webhook-signature", part()}};
    callback.body = QByteArray(rest.data(), qsizetype(rest.size()));
    const auto& rules = all[data[0] % count];
    if (!rules)
        std::abort();
    const auto reading = rules->read(callback, {}, QStringLiteral("w"), 1'700'000'000'000);
    if (reading ? !isBounded(*reading) : reading.error().message.isEmpty())
        std::abort();
    return 0;
}
