// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/OutcomeAdvice.h"

#include <QTest>

using namespace carillon;

namespace {

Outcome outcomeOf(OutcomeKind kind, const char* code, const char* reason)
{
    Outcome outcome;
    outcome.kind = kind;
    outcome.code = QString::fromUtf8(code);
    outcome.reason = QString::fromUtf8(reason);
    return outcome;
}

} // namespace

// What platforms really say, and what a person is told to do about it.
class OutcomeAdviceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersHaveAdvice_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("advice"); // its beginning
        const auto row = [](const char* name, const char* code, const char* reason, const char* advice) {
            QTest::newRow(name) << QString::fromUtf8(code) << QString::fromUtf8(reason) << QString::fromUtf8(advice);
        };
        const char* credentials = "The platform does not take the credentials";
        row("slack token", "200", "invalid_auth", credentials);
        row("slack revoked", "200", "token_revoked", credentials);
        row("telegram token", "401", "Unauthorized", credentials);
        row("twilio", "401", "Authenticate", credentials);
        row("smtp", "535 5.7.8", "Error: authentication failed", credentials);
        row("fcm", "401", "Request had invalid authentication credentials.", credentials);
        const char* allowed = "The platform knows us but does not allow this";
        row("slack channel", "200", "not_in_channel", allowed);
        row("telegram blocked", "403", "Forbidden: bot was blocked by the user", allowed);
        row("slack scope", "200", "missing_scope", allowed);
        row("discord", "403", "Missing Access", allowed);
        const char* address = "The platform does not know this address";
        row("slack unknown", "200", "channel_not_found", address);
        row("telegram unknown", "400", "Bad Request: chat not found", address);
        row("apns", "400", "BadDeviceToken", address);
        row("fcm gone", "404", "UNREGISTERED", address);
        row("twilio number", "400", "The 'To' number +1 is not a valid phone number: invalid number", address);
        row("too many", "429", "Too Many Requests: retry after 5", "Too much at once");
        row("tls", "", "The certificate is self-signed.", "The connection could not be secured");
        row("dns", "", "Could not resolve host: mail.exampel.org", "There is no server of this name");
        row("closed", "", "Connection refused", "Nobody answers there");
        row("closed, in our words", "", "Nothing takes connections at 127.0.0.1:1.", "Nobody answers there");
        row("slow, in our words", "", "No answer in time.", "Nobody answers there");
        row("dns, in our words", "", "The name of the mail server, a.example, was not found.",
            "There is no server of this name");
        row("private", "", "10.0.0.1 is in a private network.", "The address is on this machine");
        row("wrong path", "404", "", "There is nothing at this address");
        row("nothing that is known", "418", "I am a teapot", "Change what the platform names");
    }

    void answersHaveAdvice()
    {
        QFETCH(QString, code);
        QFETCH(QString, reason);
        QFETCH(QString, advice);
        const Outcome outcome = outcomeOf(OutcomeKind::Refused, qPrintable(code), qPrintable(reason));
        QVERIFY2(adviceOn(outcome).startsWith(advice), qPrintable(adviceOn(outcome)));
    }

    void everyOtherKindHasItsOwn()
    {
        QVERIFY(adviceOn(outcomeOf(OutcomeKind::Sent, "200", "invalid_auth is a fine word")).isEmpty());
        QStringList all;
        for (const OutcomeKind kind : {OutcomeKind::Retry, OutcomeKind::Throttled, OutcomeKind::Refused,
                                       OutcomeKind::ProviderDown, OutcomeKind::Uncertain})
            all << adviceOn(outcomeOf(kind, "", "?"));
        QVERIFY(!all.contains(QString()));
        QCOMPARE(all.removeDuplicates(), 0);
        Outcome gone = outcomeOf(OutcomeKind::Refused, "410", "Gone");
        gone.suppressAddress = true;
        QVERIFY(adviceOn(gone).contains(u"gone for good"));
    }

    void errorsOfAProbeHaveAdvice()
    {
        QVERIFY(adviceOn(Error{ErrorCode::NeedsSecret, QStringLiteral("Password is missing."), {}}).contains(u"secret"));
        QVERIFY(!adviceOn(Error{ErrorCode::Network, QStringLiteral("Something broke."), {}}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(OutcomeAdviceTest)
#include "OutcomeAdviceTest.moc"
