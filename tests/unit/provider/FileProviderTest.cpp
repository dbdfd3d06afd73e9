// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/FileProvider.h"
#include "engine/base/ManualClock.h"
#include "engine/provider/BuiltInProviders.h"
#include "engine/provider/FileSender.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

using namespace carillon;

namespace {

Message messageOf(qint64 id, const QString& text = u"Hi"_qs)
{
    Message message;
    message.deliveryId = id;
    message.idempotencyKey = u"d%1.w@example.org"_qs.arg(id);
    message.channel = u"chat"_qs;
    message.to = u"C1"_qs;
    message.fields = {{u"text"_qs, text}};
    return message;
}

// An account that writes to `path`.
struct Desk {
    explicit Desk(const QString& path)
    {
        AccountConfig config;
        config.settings = {{u"path"_qs, path}, {u"channel"_qs, u"chat"_qs}};
        sender = FileProvider(clock).makeSender(config);
        QObject::connect(sender.get(), &Sender::outcomes, sender.get(),
                         [this](const QList<Outcome>& list) { answers += list; });
    }

    QList<Outcome> send(const QList<Message>& messages)
    {
        answers.clear();
        sender->send(messages);
        const bool all = QTest::qWaitFor([&] { return answers.size() == messages.size(); }, 30'000);
        return all ? answers : QList<Outcome>();
    }

    OutcomeKind sendOne(qint64 id)
    {
        const QList<Outcome> outcomes = send({messageOf(id)});
        return outcomes.isEmpty() ? OutcomeKind::Retry : outcomes.first().kind;
    }

    ManualClock clock{1'751'362'200'123};
    QList<Outcome> answers;
    std::unique_ptr<Sender> sender;
};

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

// The keys of the file's lines; one that is no JSON object gives "?".
QStringList keysIn(const QString& path)
{
    QStringList keys;
    QByteArrayList lines = contentOf(path).split('\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    for (const QByteArray& line : std::as_const(lines)) {
        const QJsonDocument document = QJsonDocument::fromJson(line);
        keys << (document.isObject() ? document[u"key"].toString().section(u'.', 0, 0) : u"?"_qs);
    }
    return keys;
}

} // namespace

class FileProviderTest final : public QObject {
    Q_OBJECT

private:
    QString path(const QString& name = u"messages.jsonl"_qs) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void aLineSaysAllThatTheMessageHolds()
    {
        Message message = messageOf(7, u"two\nlines \u2028 \"ü\" 😀"_qs);
        message.from = u"bell@example.org"_qs;
        message.content = "Subject: \xc3\xbc\r\n\r\nbody";
        message.continuations = {{{u"text"_qs, u"more"_qs}}};
        const QByteArray line = lineOf(message, 1'751'362'200'123);
        QVERIFY(line.endsWith('\n') && line.count('\n') == 1);
        const QJsonObject expected{
            {u"time"_qs, u"2025-07-01T09:30:00.123Z"_qs},
            {u"key"_qs, u"d7.w@example.org"_qs},
            {u"channel"_qs, u"chat"_qs},
            {u"to"_qs, u"C1"_qs},
            {u"from"_qs, u"bell@example.org"_qs},
            {u"content"_qs, u"Subject: ü\r\n\r\nbody"_qs},
            {u"fields"_qs, message.fields},
            {u"continuations"_qs, QJsonArray{message.continuations.first()}},
        };
        QCOMPARE(QJsonDocument::fromJson(line).object(), expected);
        message = {};
        message.content = "\xff\x00";
        QCOMPARE(QJsonDocument::fromJson(lineOf(message, 0))[u"content_base64"].toString(), u"/w=="_qs);
    }

    void linesAreAppendedInOrder()
    {
        write(path(), "{\"key\":\"before.x\"}\n");
        Desk desk(path());
        QList<Message> many;
        for (int i = 1; i <= 1'000; ++i)
            many << messageOf(i);
        const QList<Outcome> outcomes = desk.send(many);
        QCOMPARE(outcomes.size(), 1'000);
        for (const Outcome& outcome : outcomes)
            QCOMPARE(outcome.kind, OutcomeKind::Sent);
        const QStringList keys = keysIn(path());
        QCOMPARE(keys.size(), 1'001);
        QCOMPARE(keys.first(), u"before"_qs);
        for (int i = 1; i <= 1'000; ++i)
            QCOMPARE(keys[i], u"d%1"_qs.arg(i));
    }

    void aNewFileIsForItsOwnerOnly()
    {
        Desk desk(path());
        QCOMPARE(desk.sendOne(1), OutcomeKind::Sent);
        QCOMPARE(QFile::permissions(path()) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
    }

    void aMovedOrRemovedFileIsMadeAnew()
    {
        Desk desk(path());
        QCOMPARE(desk.sendOne(1), OutcomeKind::Sent);
        QVERIFY(QFile::rename(path(), path(u"messages.1"_qs)));
        QCOMPARE(desk.sendOne(2), OutcomeKind::Sent);
        QCOMPARE(keysIn(path(u"messages.1"_qs)), QStringList{u"d1"_qs});
        QCOMPARE(keysIn(path()), QStringList{u"d2"_qs});
        QVERIFY(QFile::remove(path()));
        QCOMPARE(desk.sendOne(3), OutcomeKind::Sent);
        QCOMPARE(keysIn(path()), QStringList{u"d3"_qs});
        QVERIFY(QFile::resize(path(), 0)); // "copytruncate"
        QCOMPARE(desk.sendOne(4), OutcomeKind::Sent);
        QCOMPARE(keysIn(path()), QStringList{u"d4"_qs});
    }

    void aLineThatSomebodyLeftUnfinishedIsEnded()
    {
        write(path(), "{\"key\":\"torn");
        Desk desk(path());
        QCOMPARE(desk.sendOne(1), OutcomeKind::Sent);
        QCOMPARE(desk.sendOne(2), OutcomeKind::Sent);
        QCOMPARE(keysIn(path()), (QStringList{u"?"_qs, u"d1"_qs, u"d2"_qs}));
    }

    void aFullDiskIsSaid()
    {
        if (::access("/dev/full", W_OK) != 0)
            QSKIP("there is no /dev/full here");
        Desk desk(u"/dev/full"_qs);
        const QList<Outcome> outcomes = desk.send({messageOf(1), messageOf(2)});
        QCOMPARE(outcomes.size(), 2);
        for (const Outcome& outcome : outcomes) {
            QCOMPARE(outcome.kind, OutcomeKind::ProviderDown);
            QCOMPARE(outcome.notBeforeMs, FileSender::RetryMs);
            QVERIFY2(outcome.reason.contains(u"space"_qs), qPrintable(outcome.reason));
        }
    }

    // A limit on the size of files cuts a write off in its middle, as a disk does that becomes full.
    void whatAFullDiskCutsOffIsTakenBack()
    {
        const auto before = std::signal(SIGXFSZ, SIG_IGN);
        rlimit old = {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &old), 0);
        Desk desk(path());
        QCOMPARE(desk.sendOne(1), OutcomeKind::Sent);
        const qint64 size = QFileInfo(path()).size();
        const rlimit tight = {static_cast<rlim_t>(size + 100), old.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &tight), 0);
        const QList<Outcome> outcomes = desk.send({messageOf(2, QString(300, u'x')), messageOf(3)});
        ::setrlimit(RLIMIT_FSIZE, &old);
        std::signal(SIGXFSZ, before);
        QCOMPARE(outcomes.size(), 2);
        for (const Outcome& outcome : outcomes)
            QCOMPARE(outcome.kind, OutcomeKind::ProviderDown);
        QCOMPARE(QFileInfo(path()).size(), size);
        QCOMPARE(desk.sendOne(4), OutcomeKind::Sent);
        QCOMPARE(keysIn(path()), (QStringList{u"d1"_qs, u"d4"_qs}));
    }

    void whatCannotBeAFileIsSaid()
    {
        Desk nowhere(path(u"no/such/folder/file"_qs));
        QCOMPARE(nowhere.sendOne(1), OutcomeKind::ProviderDown);
        QVERIFY(QDir(m_folder->path()).mkdir(u"folder"_qs));
        Desk folder(path(u"folder"_qs));
        QCOMPARE(folder.sendOne(1), OutcomeKind::ProviderDown);
        QCOMPARE(::mkfifo(QFile::encodeName(path(u"pipe"_qs)).constData(), 0600), 0);
        Desk pipe(path(u"pipe"_qs));
        QCOMPARE(pipe.sendOne(1), OutcomeKind::ProviderDown);
    }

    void aLineThatIsTooLongIsRefusedAlone()
    {
        ManualClock clock{1};
        FileSender sender(path(), 200, clock);
        QList<Outcome> outcomes;
        connect(&sender, &Sender::outcomes, this, [&](const QList<Outcome>& list) { outcomes += list; });
        sender.send({messageOf(1), messageOf(2, QString(300, u'x')), messageOf(3)});
        QTRY_COMPARE(outcomes.size(), 3);
        for (const Outcome& outcome : std::as_const(outcomes))
            QCOMPARE(outcome.kind, outcome.deliveryId == 2 ? OutcomeKind::Refused : OutcomeKind::Sent);
        QCOMPARE(keysIn(path()), (QStringList{u"d1"_qs, u"d3"_qs}));
    }

    void theProbeWritesNothing()
    {
        const auto probe = [&](const QString& file) {
            Desk desk(file);
            QSignalSpy probed(desk.sender.get(), &Sender::probed);
            desk.sender->probe();
            return (probed.isEmpty() && !probed.wait(30'000)) ? ProbeResult() : probed.first().first().value<ProbeResult>();
        };
        qRegisterMetaType<ProbeResult>();
        QVERIFY(probe(path()).ok);
        QVERIFY(!QFile::exists(path()));
        write(path(), "x\n");
        QVERIFY(probe(path()).ok);
        QCOMPARE(contentOf(path()), "x\n");
        QVERIFY(!probe(m_folder->path()).ok);
        QCOMPARE(probe(path(u"no/such/folder/file"_qs)).error.field, u"path"_qs);
    }

    void itsSettingsAreChecked()
    {
        ManualClock clock{1};
        ProviderRegistry registry;
        QVERIFY(registry.add(std::make_unique<FileProvider>(clock)));
        const auto check = [&](const QString& path) {
            AccountConfig config;
            config.settings = {{u"path"_qs, path}, {u"channel"_qs, u"email"_qs}};
            return registry.checkAccount(config, u"file"_qs);
        };
        QVERIFY(check(path()));
        for (const QString& bad : {QString(), u"messages.jsonl"_qs, u"~/messages"_qs, u"/tmp/"_qs, u"/tmp"_qs})
            QVERIFY2(!check(bad) && check(bad).error().field == u"path"_qs, qPrintable(bad));
    }

    void drainingWaitsForWhatIsBeingWritten()
    {
        Desk desk(path());
        QSignalSpy drained(desk.sender.get(), &Sender::drained);
        desk.sender->send({messageOf(1)});
        desk.sender->drain();
        QTRY_COMPARE(drained.size(), 1);
        QCOMPARE(desk.answers.size(), 1);
        QCOMPARE(desk.answers.first().kind, OutcomeKind::Sent);
    }
};

QTEST_GUILESS_MAIN(FileProviderTest)
#include "FileProviderTest.moc"
