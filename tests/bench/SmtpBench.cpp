// SPDX-License-Identifier: GPL-3.0-or-later
// How fast SMTP alone is: N mails of 2.8 KB through SmtpSender to a server on this machine, given as a dispatcher gives them
// (batches as capacity allows). Prints one JSON line.
//
//     smtp-sink -u nobody -c 127.0.0.1:2525 100 &
//     SmtpBench --port 2525 --mails 100000 --connections 10
#include "engine/base/SystemClock.h"
#include "engine/provider/SmtpProvider.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <sys/resource.h>

#include <cstdio>

using namespace carillon;

namespace {

constexpr int contentBytes = 2'800;

double cpuSeconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

long peakMiB()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss / 1'024;
}

QByteArray makeContent()
{
    QByteArray content
        = "From: Bench <bench@example.org>\r\nTo: someone@example.org\r\nSubject: A message\r\nMIME-Version: 1.0\r\n\r\n";
    while (content.size() < contentBytes)
        content += "The quick brown fox jumps over the lazy dog, and does so again here.\r\n";
    return content;
}

class Bench : public QObject {
    Q_OBJECT

public:
    Bench(Sender& sender, int mails)
        : m_sender(sender)
        , m_mails(mails)
        , m_content(makeContent())
    {
        connect(&sender, &Sender::outcomes, this, &Bench::onOutcomes);
        connect(&sender, &Sender::capacityChanged, this, &Bench::feed);
    }

    void start()
    {
        m_startMs = m_clock.steady();
        feed();
    }

private:
    void feed()
    {
        QList<Message> batch;
        for (int room = m_sender.capacity(); room > 0 && m_given < m_mails; --room) {
            Message message;
            message.deliveryId = ++m_given;
            message.from = QStringLiteral("bench@example.org");
            message.to = QStringLiteral("user%1@example.org").arg(m_given);
            message.content = m_content;
            batch += message;
        }
        m_sender.send(batch);
    }

    void onOutcomes(const QList<Outcome>& outcomes)
    {
        for (const Outcome& outcome : outcomes) {
            if (outcome.kind == OutcomeKind::Sent)
                ++m_sent;
            else
                std::fprintf(stderr, "%s %s\n", qPrintable(outcome.code), qPrintable(outcome.reason));
        }
        m_answered += int(outcomes.size());
        ++m_batches;
        if (m_answered >= m_mails)
            report();
    }

    void report()
    {
        const double seconds = double(m_clock.steady() - m_startMs) / 1'000;
        std::printf("{\"mails\":%d,\"sent\":%d,\"seconds\":%.3f,\"mails_per_s\":%.0f,\"cpu_s_per_1000\":%.4f,\"peak_mib\":%"
                    "ld,\"outcome_batches\":%d}\n",
                    m_mails, m_sent, seconds, m_mails / seconds, cpuSeconds() * 1'000 / m_mails, peakMiB(), m_batches);
        QCoreApplication::exit(m_sent == m_mails ? 0 : 1);
    }

    Sender& m_sender;
    SystemClock m_clock;
    const int m_mails;
    const QByteArray m_content;
    qint64 m_startMs = 0;
    int m_given = 0;
    int m_answered = 0;
    int m_sent = 0;
    int m_batches = 0;
};

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser arguments;
    arguments.addHelpOption();
    arguments.addOptions(
        {{QStringLiteral("host"), QStringLiteral("Server."), QStringLiteral("name"), QStringLiteral("127.0.0.1")},
         {QStringLiteral("port"), QStringLiteral("Its port."), QStringLiteral("number"), QStringLiteral("2525")},
         {QStringLiteral("mails"), QStringLiteral("How many to send."), QStringLiteral("number"), QStringLiteral("100000")},
         {QStringLiteral("connections"), QStringLiteral("How many at most."), QStringLiteral("number"), QStringLiteral("8")},
         {QStringLiteral("pipelining"), QStringLiteral("auto or off."), QStringLiteral("choice"), QStringLiteral("auto")},
         {QStringLiteral("security"), QStringLiteral("none, starttls or tls."), QStringLiteral("choice"),
          QStringLiteral("none")},
         {QStringLiteral("ca-file"), QStringLiteral("Certificate to trust."), QStringLiteral("file")}});
    arguments.process(application);
    const auto text = [&](const char16_t* key) { return arguments.value(QStringView(key).toString()); };
    AccountConfig config;
    config.settings = {{QStringLiteral("host"), text(u"host")},
                       {QStringLiteral("port"), text(u"port").toInt()},
                       {QStringLiteral("security"), text(u"security")},
                       {QStringLiteral("pipelining"), text(u"pipelining")},
                       {QStringLiteral("max_connections"), text(u"connections").toInt()},
                       {QStringLiteral("ca_file"), text(u"ca-file")}};
    SystemClock clock;
    const std::unique_ptr<Sender> sender = SmtpProvider(clock).makeSender(config);
    Bench bench(*sender, text(u"mails").toInt());
    bench.start();
    return QCoreApplication::exec();
}

#include "SmtpBench.moc"
