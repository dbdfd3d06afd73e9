// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/Redactor.h"
#include "tests/fuzz/Check.h"
#include "tests/fuzz/Parts.h"
#include "tests/fuzz/ProviderFiles.h"

using namespace carillon;

namespace {

constexpr qint64 Now = 1'700'000'000'000;
const QString Secrets[]
    = {QStringLiteral("hunter2/hunter2"), QStringLiteral("aHVudGVyMi9odW50ZXIy"), QStringLiteral("hunter2%2Fhunter2")};

void checkOutcome(const Outcome& outcome)
{
    check(outcome.notBeforeMs >= 0 && outcome.notBeforeMs <= OutcomeRules::MaxWaitMs);
    check(!outcome.suppressAddress || outcome.kind == OutcomeKind::Refused);
    check(outcome.bucket.isEmpty() || outcome.kind == OutcomeKind::Throttled);
    check(outcome.reason.size() <= 2 * Redactor::MaxReason && outcome.answer.size() <= Redactor::MaxAnswer);
    for (const QString& said : {outcome.reason, outcome.answer, outcome.code, outcome.providerId, outcome.movedTo}) {
        for (const QString& secret : Secrets)
            check(!said.contains(secret));
    }
}

} // namespace

// Any bytes as a platform's answer to a message: each provider makes one outcome of them, bounded and without the secret.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    static const Redactor redactor({Secret(Secrets[0].toUtf8())});
    if (size < 3)
        return 0;
    std::string_view rest(reinterpret_cast<const char*>(data) + 3, size - 3);
    const auto part = [&rest] {
        const std::string_view taken = takePart(rest);
        return QByteArray(taken.data(), qsizetype(taken.size()));
    };
    OutboundResponse response;
    response.result = data[0] % 8 == 0 ? HttpResult::Lost : HttpResult::Answered;
    response.status = 200 + (data[1] % 4) * 100 + data[2] % 100;
    response.truncated = data[0] % 8 == 1;
    response.headers = {{"retry-after", part()}, {"content-type", part()}, {"apns-id", part()}};
    response.problem = QString::fromUtf8(part());
    response.body = QByteArray(rest.data(), qsizetype(rest.size()));
    for (const ProviderFile& file : providerFiles())
        checkOutcome(file.outcomes.outcomeOf(response, redactor, Now));
    checkOutcome(OutcomeRules().outcomeOf(response, redactor, Now));
    return 0;
}
