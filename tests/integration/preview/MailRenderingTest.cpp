// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/preview/WebEngineMain.h"
#include "ui/preview/HtmlView.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace carillon::ui;

namespace {

constexpr int viewHeight = 900;
constexpr int shades = 40; // of 255: less than this nobody takes for another colour

// Measured: 0.01 % of the pixels. Versions of Chromium may smooth the edges of letters differently, which the bound on
// pixels leaves room for; averaged over squares of 4 x 4 pixels, layout and colours are all that is left to differ.
constexpr double mostPixels = 0.02;
constexpr double mostSquares = 0.002;

bool differs(QRgb one, QRgb other)
{
    return std::abs(qRed(one) - qRed(other)) > shades || std::abs(qGreen(one) - qGreen(other)) > shades
        || std::abs(qBlue(one) - qBlue(other)) > shades;
}

double shareOfDifferent(const QImage& one, const QImage& other)
{
    qint64 different = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x)
            different += differs(one.pixel(x, y), other.pixel(x, y));
    }
    return double(different) / (double(one.width()) * one.height());
}

QImage squares(const QImage& image)
{
    return image.scaled(image.size() / 4, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

QString mailFile(const QString& name)
{
    return QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/preview/mails/") + name;
}

QString shotName(const QString& mail, int width, bool dark)
{
    return QStringLiteral("%1-%2-%3.png").arg(mail.section(u'.', 0, 0)).arg(width).arg(dark ? u"dark" : u"light");
}

struct Case {
    const char* mail;
    int width;
    bool dark;
};

// The receipt has a dark style of its own; what has none is darkened our way, which Chromium knows nothing of.
const Case cases[] = {{"newsletter.html", 600, false}, {"newsletter.html", 375, false}, {"receipt.html", 600, false},
                      {"receipt.html", 375, false},    {"receipt.html", 600, true},     {"receipt.html", 375, true},
                      {"alert.html", 600, false},      {"alert.html", 375, false}};

} // namespace

// Real-looking responsive mails in our view and in Debian's Chromium, laid over each other.
class MailRenderingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStringList arguments{QStringLiteral(CARILLON_SOURCE_DIR "/tests/browser/mailshot.mjs"),
                              QString::number(viewHeight)};
        for (const Case& one : cases) {
            const QString mail = QString::fromLatin1(one.mail);
            arguments << mailFile(mail) << QString::number(one.width) << (one.dark ? u"dark"_qs : u"light"_qs)
                      << m_folder.filePath(shotName(mail, one.width, one.dark));
        }
        QProcess node;
        node.setProcessChannelMode(QProcess::MergedChannels);
        node.start(QStringLiteral(CARILLON_NODE), arguments);
        QVERIFY(node.waitForFinished(90'000));
        const QByteArray said = node.readAll();
        if (said.startsWith("SKIP WHOLE"))
            QSKIP(said.constData());
        QVERIFY2(node.exitCode() == 0, said.constData());
    }

    void drawsAsChromiumDoes_data()
    {
        QTest::addColumn<QString>("mail");
        QTest::addColumn<int>("width");
        QTest::addColumn<bool>("dark");
        for (const Case& one : cases) {
            const QString mail = QString::fromLatin1(one.mail);
            QTest::newRow(qPrintable(shotName(mail, one.width, one.dark))) << mail << one.width << one.dark;
        }
    }

    void drawsAsChromiumDoes()
    {
        QFETCH(QString, mail);
        QFETCH(int, width);
        QFETCH(bool, dark);
        const QString name = shotName(mail, width, dark);
        const QImage theirs = QImage(m_folder.filePath(name)).convertToFormat(QImage::Format_RGB32);
        QCOMPARE(theirs.size(), QSize(width, viewHeight));
        const QImage ours = draw(mail, width, dark);
        QCOMPARE(ours.size(), theirs.size());
        keep(ours, u"ours-"_qs + name);
        keep(theirs, u"chromium-"_qs + name);
        const double pixels = shareOfDifferent(ours, theirs);
        const double areas = shareOfDifferent(squares(ours), squares(theirs));
        qInfo("%s: %.2f %% of pixels differ, %.3f %% of 4 x 4 squares", qPrintable(name), pixels * 100, areas * 100);
        QVERIFY(pixels < mostPixels);
        QVERIFY(areas < mostSquares);
    }

    // The measure itself: another width is found to be another picture.
    void anotherWidthIsAnotherPicture()
    {
        const QImage narrow = draw(u"newsletter.html"_qs, 375, false);
        const QImage wide = draw(u"newsletter.html"_qs, 600, false).copy(0, 0, 375, viewHeight);
        QVERIFY(shareOfDifferent(squares(narrow), squares(wide)) > mostSquares * 10);
    }

private:
    static QImage draw(const QString& mail, int width, bool dark)
    {
        QFile file(mailFile(mail));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QWidget window;
        window.resize(width + 60, viewHeight);
        HtmlView* view = makeHtmlView(&window);
        view->resize(window.size());
        view->setMailWidth(width);
        QSignalSpy shown(view, &HtmlView::shown);
        window.show();
        view->setMail({QString::fromUtf8(file.readAll()), {}, dark, false});
        shown.wait(20'000);
        const QWidget* web = view->findChild<QWidget*>(QStringLiteral("previewWebView"));
        return settled(*const_cast<QWidget*>(web)).convertToFormat(QImage::Format_RGB32);
    }

    // The picture once it no longer changes: what is in the document is not at once on the screen.
    static QImage settled(QWidget& widget)
    {
        QImage last;
        for (int tries = 0; tries < 40; ++tries) {
            QTest::qWait(150);
            const QImage now = widget.grab().toImage();
            if (tries > 2 && now == last)
                return now;
            last = now;
        }
        return last;
    }

    static void keep(const QImage& image, const QString& name)
    {
        const QString folder = qEnvironmentVariable("CARILLON_SHOTS");
        if (!folder.isEmpty())
            image.save(QDir(folder).filePath(u"preview-mail-"_qs + name));
    }

    QTemporaryDir m_folder;
};

CARILLON_WEBENGINE_TEST_MAIN(MailRenderingTest)
#include "MailRenderingTest.moc"
