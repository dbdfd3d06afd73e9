// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/UnsubscribeToken.h"

#include <QRegularExpression>
#include <QTest>

using namespace carillon;

namespace {

UnsubscribeKey key(char seed = 'k')
{
    return UnsubscribeKey::fromSecret(Secret(QByteArray(32, seed))).value();
}

const Unsubscribe Anna{u"email"_qs, u"Änna+news@example.org"_qs, 4711};

} // namespace

class UnsubscribeTokenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsMadeIsOpened()
    {
        const QByteArray token = key().make(Anna).value();
        QCOMPARE(key().open(token).value(), Anna);
        QVERIFY(QRegularExpression(u"^[A-Za-z0-9_-]+$"_qs).match(QString::fromLatin1(token)).hasMatch());
        QCOMPARE(key().make(Anna).value(), token);
    }

    void nothingElseIsOpened()
    {
        const QByteArray token = key().make(Anna).value();
        QVERIFY(!key('x').open(token));
        for (qsizetype at = 0; at < token.size(); ++at) {
            QByteArray changed = token;
            changed[at] = changed[at] == 'A' ? 'B' : 'A';
            QVERIFY(!key().open(changed));
            QVERIFY(!key().open(token.first(at)));
        }
        QVERIFY(!key().open(token + '='));
        QVERIFY(!key().open(QByteArray(100'000, 'A')));
        QVERIFY(!key().open(QByteArray("\0\xff", 2)));
    }

    void valuesCannotRunIntoEachOther()
    {
        QVERIFY(!key().make({u"email"_qs, QString(QChar::Null) + u"a@b"_qs, 1}));
        QCOMPARE(key().make({u"email"_qs, QString(2000, u'a'), 1}).error().field, u"address"_qs);
        QCOMPARE_NE(key().make({u"a"_qs, u"bc"_qs, 1}).value(), key().make({u"ab"_qs, u"c"_qs, 1}).value());
    }

    void shortKeysAreRefused() { QVERIFY(!UnsubscribeKey::fromSecret(Secret(QByteArray(31, 'k')))); }
};

QTEST_GUILESS_MAIN(UnsubscribeTokenTest)
#include "UnsubscribeTokenTest.moc"
