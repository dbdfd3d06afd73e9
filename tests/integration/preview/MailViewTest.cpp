// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/preview/WebEngineMain.h"
#include "ui/preview/HtmlView.h"
#include "ui/preview/PreviewPane.h"
#include "ui/widgets/Theme.h"

#include <QAbstractButton>
#include <QBuffer>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QWebEnginePage>
#include <QWebEngineScript>
#include <QWebEngineView>

using namespace carillon;
using namespace carillon::ui;

namespace {

QByteArray redSquare()
{
    QImage image(20, 20, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

// Counts who comes for an image, and gives it.
class ImageServer : public QTcpServer {
public:
    ImageServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket* socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                ++requests;
                const QByteArray image = redSquare();
                socket->readAll();
                socket->write("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nConnection: close\r\nContent-Length: "
                              + QByteArray::number(image.size()) + "\r\n\r\n" + image);
                socket->disconnectFromHost();
            });
        });
    }
    QString url(const QString& name) const { return u"http://127.0.0.1:%1/%2"_qs.arg(serverPort()).arg(name); }

    int requests = 0;
};

} // namespace

// The view of mail's HTML: what it refuses, and how it keeps up.
class MailViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_window->resize(700, 400);
        m_view = makeHtmlView(m_window.get());
        m_view->resize(m_window->size());
        m_window->show();
    }

    void cleanup() { m_window.reset(); }

    void noScriptOfTheMailRuns()
    {
        show(u"<!doctype html><p id=a>safe</p><script>document.getElementById('a').textContent='ran'</script>"
             "<img src=x onerror=\"document.body.textContent='ran'\"><svg onload=\"document.body.textContent='ran'\"></svg>"
             "<iframe src=\"data:text/html,<script>parent.document.body.textContent='ran'</script>\"></iframe>"
             "<meta http-equiv=refresh content=\"0;url=http://127.0.0.1:1/\">"_qs);
        QTest::qWait(300);
        QVERIFY(asked(u"document.body.innerText"_qs).toString().startsWith(u"safe"));
        show(u"<!doctype html><p id=a>safe 2</p><script>document.getElementById('a').textContent='ran'</script>"_qs);
        QTest::qWait(100);
        QCOMPARE(asked(u"document.body.innerText.trim()"_qs).toString(), u"safe 2"_qs);
        QVERIFY(asked(u"location.href"_qs).toString().startsWith(u"data:"));
    }

    void remoteImagesLoadOnlyWhenAsked()
    {
        ImageServer server;
        const QString html
            = u"<!doctype html><link rel=stylesheet href='%1'><img src='%2'><div style=\"background:url(%3)\">x</div>"
              "<iframe src='%4'></iframe><object data='%5'></object>"_qs.arg(
                  server.url(u"a.css"_qs), server.url(u"b.png"_qs), server.url(u"c.png"_qs), server.url(u"d"_qs),
                  server.url(u"e"_qs));
        show(html);
        QTest::qWait(400);
        QCOMPARE(server.requests, 0);
        QCOMPARE(asked(u"document.images[0].naturalWidth"_qs).toInt(), 0);
        show(html, {}, false, true);
        QTRY_COMPARE(asked(u"document.images[0].naturalWidth"_qs).toInt(), 20);
        QTRY_COMPARE(server.requests, 2); // the two images, and nothing else
        show(html + u"<p>more</p>"_qs, {}, false, true);
        QTest::qWait(300);
        QCOMPARE(server.requests, 2); // typing loads nothing again
    }

    void imagesOfTheMailAreShown()
    {
        const QHash<QString, InlineImage> images{{u"logo@shop"_qs, {"image/png", redSquare()}},
                                                 {u"evil"_qs, {"text/html", "<script>"}}};
        show(u"<!doctype html><img src=\"cid:logo@shop\"><img src=\"cid:none\"><img src=\"cid:evil\">"_qs, images);
        QTRY_COMPARE(asked(u"document.images[0].naturalWidth"_qs).toInt(), 20);
        QCOMPARE(asked(u"document.images[1].naturalWidth"_qs).toInt(), 0);
        QCOMPARE(asked(u"document.images[2].naturalWidth"_qs).toInt(), 0);
    }

    void theWidthDecidesMediaQueries()
    {
        const QString html
            = u"<!doctype html><style>p{width:10px}@media (max-width:480px){p{width:20px}}</style><p>x</p>"_qs;
        m_view->setMailWidth(600);
        show(html);
        QTRY_COMPARE(asked(u"innerWidth"_qs).toInt(), 600);
        QCOMPARE(widthOfParagraph(), 10);
        m_view->setMailWidth(375);
        QTRY_COMPARE(asked(u"innerWidth"_qs).toInt(), 375);
        QCOMPARE(widthOfParagraph(), 20);
        m_view->setMailWidth(600);
        QSignalSpy zoomed(m_view, &HtmlView::zoomChanged);
        m_view->resize(450, 400); // too narrow: drawn smaller, laid out as wide as before
        QTRY_VERIFY(std::abs(asked(u"innerWidth"_qs).toInt() - 600) <= 2);
        QCOMPARE(widthOfParagraph(), 10);
        QVERIFY(zoomed.size() > 0 && zoomed.last().first().toDouble() < 0.75);
    }

    void darkIsTheMailsOwnOrTurned()
    {
        const auto ground = [this] { return asked(u"getComputedStyle(document.body).backgroundColor"_qs).toString(); };
        const QString own = u"<!doctype html><meta name=color-scheme content=\"light dark\"><style>body{background:#fff}"
                            "@media (prefers-color-scheme:dark){body{background:#010203}}</style><p>x</p>"_qs;
        show(own);
        QCOMPARE(ground(), u"rgb(255, 255, 255)"_qs);
        show(own, {}, true);
        QCOMPARE(ground(), u"rgb(1, 2, 3)"_qs);
        const QString plain
            = u"<!doctype html><body style=\"background:#ffffff;color:#222\"><p>x</p><b style=\"background:#4353d8;color:#fff\">y</b>"_qs;
        show(plain, {}, true);
        QCOMPARE(ground(), u"rgb(31, 31, 31)"_qs);
        QCOMPARE(asked(u"getComputedStyle(document.querySelector('b')).backgroundColor"_qs).toString(),
                 u"rgb(67, 83, 216)"_qs);
        QCOMPARE(asked(u"getComputedStyle(document.querySelector('b')).color"_qs).toString(), u"rgb(255, 255, 255)"_qs);
        show(u"<!doctype html><p style=\"background:#ffd600;color:#111\">a</p><i style=\"color:#888\">b</i>"_qs, {}, true);
        QCOMPARE(asked(u"getComputedStyle(document.querySelector('p')).color"_qs).toString(),
                 u"rgb(17, 17, 17)"_qs); // on yellow
        QVERIFY(asked(u"Number(getComputedStyle(document.querySelector('i')).color.match(/\\d+/)[0])"_qs).toInt() > 170);
        show(plain);
        QCOMPARE(ground(), u"rgb(255, 255, 255)"_qs);
        QCOMPARE(asked(u"document.body.getAttribute('style')"_qs).toString(), u"background:#ffffff;color:#222"_qs);
    }

    // What stands in the document is what a parser makes of the mail, whatever stood there before.
    void changesEndWhereAFreshPageWould_data()
    {
        QTest::addColumn<QStringList>("mails");
        QTest::newRow("text") << QStringList{u"<!doctype html><p>a"_qs, u"<!doctype html><p>ab"_qs,
                                             u"<!doctype html><p>ab<p>c"_qs};
        QTest::newRow("between") << QStringList{u"<!doctype html><i>1</i><b>2</b>"_qs,
                                                u"<!doctype html><i>1</i><u>x</u><b>2</b>"_qs, u"<!doctype html><b>2</b>"_qs,
                                                u"<!doctype html>"_qs};
        QTest::newRow("attributes") << QStringList{u"<!doctype html><html lang=en><body class=a><td a\" b=1>x"_qs,
                                                   u"<!doctype html><html dir=rtl><body id=z><table><td b=2>y"_qs};
        QTest::newRow("mode") << QStringList{u"<p>old ways"_qs, u"<!doctype html><p>new"_qs, u"<p>old again"_qs};
        QTest::newRow("styles") << QStringList{u"<!doctype html><style>p{color:red}</style><p>x"_qs,
                                               u"<!doctype html><style>p{color:blue}</style><p>x"_qs};
        QTest::newRow("broken") << QStringList{u"<table><tr><td>"_qs, u"</td><b><p></b></p><table><a><tr>"_qs, u"<!--"_qs,
                                               u"<svg><p>"_qs};
    }
    void changesEndWhereAFreshPageWould()
    {
        QFETCH(QStringList, mails);
        for (const QString& mail : mails) {
            show(mail);
            const QString parsed = u"new DOMParser().parseFromString(%1,'text/html').documentElement"_qs.arg(quoted(mail));
            QVERIFY2(asked(u"document.documentElement.isEqualNode("_qs + parsed + u')').toBool(),
                     qPrintable(mail + u" became "_qs + asked(u"document.documentElement.outerHTML"_qs).toString()));
            const QString mode = mail.startsWith(u"<!doctype") ? u"CSS1Compat"_qs : u"BackCompat"_qs;
            QCOMPARE(asked(u"document.compatMode"_qs).toString(), mode);
        }
    }

    void typingKeepsThePlace()
    {
        const QString tall = u"<!doctype html><div style=\"height:3000px\">%1</div><img src=\"cid:a\">"_qs;
        const QHash<QString, InlineImage> images{{u"a"_qs, {"image/png", redSquare()}}};
        show(tall.arg(1), images);
        auto* bar = m_view->findChild<QScrollBar*>();
        QTRY_VERIFY(bar->maximum() > 2'000);
        bar->setValue(700);
        QTRY_COMPARE(asked(u"scrollY"_qs).toInt(), 700);
        asked(u"document.images[0].kept = true"_qs);
        show(tall.arg(2), images);
        QCOMPARE(asked(u"scrollY"_qs).toInt(), 700);
        QCOMPARE(bar->value(), 700);
        QVERIFY(asked(u"document.images[0].kept"_qs).toBool()); // the very same element
        m_view->findChild<QWebEngineView*>()->page()->runJavaScript(u"scrollTo(0, 300)"_qs,
                                                                    QWebEngineScript::ApplicationWorld);
        QTRY_COMPARE(bar->value(), 300);
    }

    // From setMail() to the change in the document, for a mail of 100 KB.
    void aLargeMailIsQuick()
    {
        QString rows;
        for (int n = 0; rows.size() < 100'000; ++n)
            rows
                += u"<tr><td style=\"padding:4px;border:1px solid #ddd\">Row %1</td><td><a href=\"https://a.b/%1\">go</a></td></tr>"_qs
                       .arg(n);
        const QString html = u"<!doctype html><body><h1>%1</h1><table>"_qs + rows + u"</table>"_qs;
        show(html.arg(0));
        QList<qint64> times;
        for (int key = 1; key <= 15; ++key) {
            QElapsedTimer time;
            time.start();
            show(html.arg(key));
            times << time.elapsed();
        }
        std::sort(times.begin(), times.end());
        qInfo("100 KB: a change stands in the document after %lld ms (median), %lld ms at the most", times.at(7),
              times.last());
        QVERIFY(times.at(7) < 500);
        show(html.arg(1), {}, true);
        QElapsedTimer time;
        time.start();
        show(html.arg(2), {}, true);
        qInfo("100 KB, turned dark: %lld ms", time.elapsed());
    }

    // Pictures of the pane with a mail, where CARILLON_SHOTS says.
    void looks()
    {
        const QString folder = qEnvironmentVariable("CARILLON_SHOTS");
        if (folder.isEmpty())
            QSKIP("CARILLON_SHOTS is not set");
        Theme theme(*qApp);
        for (const ThemeChoice look : {ThemeChoice::Light, ThemeChoice::Dark}) {
            theme.setChoice(look);
            for (const QString& mail : {u"newsletter"_qs, u"receipt"_qs}) {
                for (const bool narrow : {false, true})
                    QVERIFY(takeShot(folder, mail, narrow, look == ThemeChoice::Dark));
            }
        }
    }

private:
    static Preview previewOf(const QString& mail)
    {
        QFile file(QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/preview/mails/%1.html").arg(mail));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        Preview preview;
        preview.from = u"Bright Shop <news@shop.example.org>"_qs;
        preview.to = u"zoe@example.org"_qs;
        preview.parts
            = {{u"subject"_qs, u"Spring is here, Zoë"_qs},
               {u"preheader"_qs, u"Ten percent on all that is blue, until Sunday."_qs},
               {u"html"_qs, QString::fromUtf8(file.readAll()) + u"<img src=\"https://img.example.org/pixel.png\">"_qs},
               {u"text"_qs, u"Spring is here, Zoë"_qs}};
        preview.source = "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: application/pdf\r\n"
                         "Content-Disposition: attachment; filename=\"Terms and conditions.pdf\"\r\n\r\n"
            + QByteArray(123'456, 'x') + "\r\n--x--\r\n";
        preview.explanation = QStringList{u"Taken: the topic's template for English."_qs};
        preview.facts = {24'310, 102'400, u"bytes"_qs, 1, {}, false, {}};
        return preview;
    }

    static bool takeShot(const QString& folder, const QString& mail, bool narrow, bool dark)
    {
        PreviewPane pane([](const QString&, const PageRequest&) { return readyFuture<Page<Contact>>(Page<Contact>()); });
        pane.setAutoFillBackground(true);
        pane.resize(700, 860);
        pane.setChannels({u"email"_qs, u"sms"_qs, u"slack"_qs, u"push"_qs}, u"email"_qs);
        pane.picker()->choose(7, u"Zoë Müller"_qs);
        pane.show();
        pane.showPreview(previewOf(mail), u"email"_qs);
        if (narrow)
            pane.findChild<QAbstractButton*>(u"previewNarrow"_qs)->click();
        if (dark)
            pane.findChild<QAbstractButton*>(u"previewDark"_qs)->click();
        QTest::qWait(1'500);
        const QString name
            = u"preview-email-%1-%2-%3.png"_qs.arg(mail, narrow ? u"375"_qs : u"600"_qs, dark ? u"dark"_qs : u"light"_qs);
        return pane.grab().save(QDir(folder).filePath(name));
    }

    void show(const QString& html, const QHash<QString, InlineImage>& images = {}, bool dark = false, bool remote = false)
    {
        QSignalSpy shown(m_view, &HtmlView::shown);
        m_view->setMail({html, images, dark, remote});
        QVERIFY(shown.wait(20'000));
    }

    QVariant asked(const QString& script)
    {
        QVariant answer;
        bool isAnswered = false;
        m_view->findChild<QWebEngineView*>()->page()->runJavaScript(script, QWebEngineScript::ApplicationWorld,
                                                                    [&](const QVariant& value) {
                                                                        answer = value;
                                                                        isAnswered = true;
                                                                    });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(isAnswered, 10'000); }();
        return answer;
    }

    int widthOfParagraph() { return asked(u"document.querySelector('p').offsetWidth"_qs).toInt(); }

    static QString quoted(QString text) { return u'"' + text.replace(u'\\', u"\\\\"_qs).replace(u'"', u"\\\""_qs) + u'"'; }

    std::unique_ptr<QWidget> m_window;
    HtmlView* m_view = nullptr;
};

CARILLON_WEBENGINE_TEST_MAIN(MailViewTest)
#include "MailViewTest.moc"
