// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Future.h"

#include <QTest>
#include <QThread>

#include <thread>

using namespace carillon;

class FutureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theAnswerComesInTheThreadOfTheContext()
    {
        QPromise<Result<int>> promise;
        promise.start();
        QObject context;
        int answer = 0;
        QThread* thread = nullptr;
        whenReady(promise.future(), &context, [&](const Result<int>& result) {
            answer = result.value();
            thread = QThread::currentThread();
        });
        std::thread other([&] {
            promise.addResult(7);
            promise.finish();
        });
        other.join();
        QTRY_COMPARE(answer, 7);
        QCOMPARE(thread, QThread::currentThread());
    }

    void anAnswerThatIsThereAlreadyStillComesLater()
    {
        QObject context;
        int answer = 0;
        whenReady(readyFuture(Result<int>(7)), &context, [&](const Result<int>& result) { answer = result.value(); });
        QCOMPARE(answer, 0);
        QTRY_COMPARE(answer, 7);
    }

    void nothingComesToADeadContext()
    {
        QPromise<Result<int>> promise;
        promise.start();
        bool called = false;
        {
            QObject context;
            whenReady(promise.future(), &context, [&](const Result<int>&) { called = true; });
        }
        promise.addResult(7);
        promise.finish();
        QTest::qWait(20);
        QVERIFY(!called);
    }

    void aPromiseThatIsBrokenIsAnError()
    {
        QObject context;
        std::optional<Error> error;
        {
            QPromise<Result<int>> promise;
            promise.start();
            whenReady(promise.future(), &context, [&](const Result<int>& result) { error = result.error(); });
        }
        QTRY_VERIFY(error);
        QCOMPARE(error->code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(FutureTest)
#include "FutureTest.moc"
