// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/SystemClock.h"
#include "engine/service/ContactService.h"
#include "engine/store/Store.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

// An import in its own thread, seen from the one that asked for it.
class ImportRunTest : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    const QTemporaryDir m_folder;
    const std::unique_ptr<Store> m_store = std::move(*Store::open(m_folder.filePath(QStringLiteral("w")), m_clock));
    ContactService m_contacts{*m_store, m_clock};
    const Caller m_ann{QStringLiteral("window:ann"), Role::Operator};

    std::unique_ptr<ImportRun> start(const QByteArray& bytes)
    {
        QFile file(m_folder.filePath(QStringLiteral("contacts.csv")));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("The test cannot write its file.");
        file.close();
        ImportOptions options;
        options.encoding = QStringLiteral("UTF-8");
        options.mapping = {QStringLiteral("email")};
        return std::move(*m_contacts.startImport(m_ann, file.fileName(), options));
    }
    bool known(const QString& address)
    {
        ContactQuery query;
        query.search = address;
        return !m_contacts.page(query, {}).result()->rows.isEmpty();
    }

private Q_SLOTS:
    void tellsWhatCameOfIt()
    {
        const auto run = start("email\nann@example.org\n");
        QSignalSpy finished(run.get(), &ImportRun::finished);
        QVERIFY(finished.wait(60'000));
        QCOMPARE(run->progress().inserted, 1);
        QVERIFY(run->saveReport(m_folder.filePath(QStringLiteral("report.csv"))).has_value());
        run->cancel(); // too late: nothing happens
        QVERIFY(!run->progress().cancelled);
    }

    void canBeLetGoWhileItReads()
    {
        QByteArray bytes("email\n");
        for (int i = 0; i < 20'000; ++i)
            bytes += "p" + QByteArray::number(i) + "@example.org\n";
        start(bytes).reset();
    }

    // Its thread has ended its work, and nobody has heard of it yet.
    void canBeLetGoWhenItHasEndedUnheard()
    {
        auto run = start("email\nkim@example.org\n");
        while (!known(QStringLiteral("kim@example.org"))) { }
        for (int i = 0; i < 200; ++i) // enough, mostly, for its thread to take the answer up; if not, this is the test above
            (void)known(QStringLiteral("nobody@example.org"));
        run.reset();
    }
};

QTEST_GUILESS_MAIN(ImportRunTest)
#include "ImportRunTest.moc"
