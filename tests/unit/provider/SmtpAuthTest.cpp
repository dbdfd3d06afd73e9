// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpAuth.h"

#include <QTest>

using namespace carillon;

class SmtpAuthTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void choosesWhatIsSafeAndOffered()
    {
        using enum SmtpAuthMethod;
        const QByteArrayList all{"LOGIN", "PLAIN", "CRAM-MD5", "XOAUTH2"};
        QVERIFY(*chooseAuth(Auto, all, true) == Plain);
        QVERIFY(*chooseAuth(Auto, all, false) == CramMd5);
        QVERIFY(*chooseAuth(Auto, {"LOGIN"}, true) == Login);
        QVERIFY(*chooseAuth(XOAuth2, all, true) == XOAuth2);
        QVERIFY(*chooseAuth(None, {}, false) == None);
        for (const SmtpAuthMethod shows : {Plain, Login, XOAuth2, OAuthBearer})
            QCOMPARE(chooseAuth(shows, all, false).error().field, QStringLiteral("security"));
        QCOMPARE(chooseAuth(Auto, {"PLAIN", "LOGIN"}, false).error().field, QStringLiteral("security"));
        QCOMPARE(chooseAuth(CramMd5, {"PLAIN"}, true).error().field, QStringLiteral("auth"));
        QCOMPARE(chooseAuth(Auto, {}, true).error().field, QStringLiteral("auth"));
        QVERIFY(chooseAuth(Auto, {"GSSAPI", "XOAUTH2"}, true).error().message.contains(QStringLiteral("GSSAPI, XOAUTH2")));
    }

    void plain() // the example of RFC 4616 4
    {
        SmtpAuth auth(SmtpAuthMethod::Plain, "tim", Secret("tanstaaftanstaaf"));
        QCOMPARE(auth.command(), QByteArray("AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm"));
        QCOMPARE(auth.answer(""), QByteArray("*"));
    }

    void login()
    {
        SmtpAuth auth(SmtpAuthMethod::Login, "user", Secret("pass"));
        QCOMPARE(auth.command(), QByteArray("AUTH LOGIN"));
        QCOMPARE(auth.answer("VXNlcm5hbWU6"), QByteArray("dXNlcg=="));
        QCOMPARE(auth.answer("UGFzc3dvcmQ6"), QByteArray("cGFzcw=="));
        QCOMPARE(auth.answer("more?"), QByteArray("*"));
    }

    void cramMd5() // the example of RFC 2195 2
    {
        SmtpAuth auth(SmtpAuthMethod::CramMd5, "tim", Secret("tanstaaftanstaaf"));
        QCOMPARE(auth.command(), QByteArray("AUTH CRAM-MD5"));
        QCOMPARE(auth.answer("PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+"),
                 QByteArray("dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw"));
        QCOMPARE(auth.answer("AAAA"), QByteArray("*"));
    }

    void cramMd5GivesUpOnANonsenseChallenge()
    {
        for (const QByteArray& challenge : {QByteArray("!not base64!"), QByteArray()}) {
            SmtpAuth auth(SmtpAuthMethod::CramMd5, "tim", Secret("x"));
            QCOMPARE(auth.answer(challenge), QByteArray("*"));
        }
    }

    void xoauth2SendsTheTokenAndHearsTheComplaint()
    {
        SmtpAuth auth(SmtpAuthMethod::XOAuth2, "someuser@example.com", Secret("ya29.token"));
        QCOMPARE(auth.command(),
                 "AUTH XOAUTH2 " + QByteArray("user=someuser@example.com\001auth=Bearer ya29.token\001\001").toBase64());
        QCOMPARE(auth.answer(QByteArray("{\"status\":\"401\",\x1b\"schemes\":\"Bearer\"}").toBase64()), QByteArray());
        QCOMPARE(auth.complaint(), QStringLiteral("{\"status\":\"401\", \"schemes\":\"Bearer\"}"));
        QCOMPARE(auth.answer(""), QByteArray("*"));
    }

    void oauthBearer() // the shape of RFC 7628 4.1, and its failure in 4.3
    {
        SmtpAuth auth(SmtpAuthMethod::OAuthBearer, "a,b=c@example.com", Secret("vF9dft4q"));
        QCOMPARE(auth.command(),
                 "AUTH OAUTHBEARER " + QByteArray("n,a=a=2Cb=3Dc@example.com,\001auth=Bearer vF9dft4q\001\001").toBase64());
        QCOMPARE(auth.answer(QByteArray("{\"status\":\"invalid_token\"}").toBase64()), QByteArray("AQ=="));
        QCOMPARE(auth.complaint(), QStringLiteral("{\"status\":\"invalid_token\"}"));
        QCOMPARE(auth.answer(""), QByteArray("*"));
    }

    void aLongTokenWaitsForTheEmptyChallenge()
    {
        const QByteArray token(2'000, 't');
        SmtpAuth auth(SmtpAuthMethod::XOAuth2, "u", Secret(token));
        QCOMPARE(auth.command(), QByteArray("AUTH XOAUTH2"));
        QCOMPARE(auth.answer(""), QByteArray("user=u\001auth=Bearer " + token + "\001\001").toBase64());
        QVERIFY(auth.complaint().isEmpty());
    }
};

QTEST_GUILESS_MAIN(SmtpAuthTest)
#include "SmtpAuthTest.moc"
