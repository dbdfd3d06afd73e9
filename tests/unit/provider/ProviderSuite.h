// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "FixturePlatform.h"
#include "ProviderSet.h"
#include "Proxies.h"

#include <QSignalSpy>
#include <QTest>

namespace carillon {

// A test that goes through every provider of the source tree, or those that are named on the command line:
// "ConformanceTest webhook ntfy". The files are read from the source tree: nothing need be rebuilt when one is edited.
class ProviderSuite : public QObject {
    Q_OBJECT

public:
    explicit ProviderSuite(const QStringList& chosen)
        : m_set(chosen)
    {
    }

    // The suite's main(): arguments that are keys of providers choose them, the others are Qt Test's.
    template <typename Suite>
    static int run(int argc, char** argv)
    {
        const QCoreApplication application(argc, argv);
        QStringList own;
        QStringList chosen;
        const QStringList given = QCoreApplication::arguments();
        for (const QString& argument : given)
            (ProviderSet::isKey(argument) ? chosen : own) << argument;
        Suite suite(chosen);
        return QTest::qExec(&suite, own);
    }

protected:
    // Whether there is anything to test, and all of it can be.
    void begin()
    {
        forgetProxies();
        QVERIFY2(m_set.problems().isEmpty(), qPrintable(m_set.problems().join(u'\n')));
        QVERIFY(!m_set.keys().isEmpty());
    }

    // A row for each name that a fixture gives; skips the test when no fixture gives any.
    template <typename Names>
    void eachOf(Names names)
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("name");
        bool any = false;
        for (const QString& key : m_set.keys()) {
            const QStringList of = names(*m_set.fixture(key, {}));
            for (const QString& name : of)
                QTest::addRow("%s: %s", qPrintable(key), qPrintable(name)) << key << name;
            any = any || !of.isEmpty();
        }
        if (!any)
            QSKIP("no fixture of the chosen providers says anything about it");
    }

    void eachOnce()
    {
        eachOf([](const ProviderFixture&) { return QStringList{u"the first message"_qs}; });
    }

    // The fixture of this row, whose platform is `platform`.
    ProviderFixture read(const FixturePlatform& platform) const
    {
        const QString key = *static_cast<QString*>(QTest::qData("key", qMetaTypeId<QString>()));
        return *m_set.fixture(key, platform.url());
    }

    // Sends by a sender of its own, drains it, and gives all that it answered.
    QList<Outcome> send(const ProviderFixture& fixture, const ProviderFixture::MessageCase& one, QList<Message> messages)
    {
        QList<Outcome> outcomes;
        const auto sender = m_set.makeSender(fixture, one.account);
        if (!sender)
            return outcomes;
        connect(sender.get(), &Sender::outcomes, this, [&](const QList<Outcome>& list) { outcomes += list; });
        QSignalSpy answers(sender.get(), &Sender::outcomes);
        QSignalSpy drained(sender.get(), &Sender::drained);
        const qsizetype count = messages.size();
        sender->send(std::move(messages));
        while (outcomes.size() < count && answers.wait(20'000)) { }
        if (outcomes.size() < count)
            qWarning("no outcome came");
        sender->drain();
        if (drained.isEmpty() && !drained.wait(20'000))
            qWarning("the sender was not drained");
        return outcomes;
    }

    // Everything that an outcome tells.
    static QString toldBy(const Outcome& outcome)
    {
        return QStringList{outcome.reason, outcome.answer, outcome.providerId, outcome.code, outcome.bucket}.join(u'\n');
    }

    ProviderSet m_set;
};

} // namespace carillon
