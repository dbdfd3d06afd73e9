// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/ui/PreviewSamples.h"
#include "ui/preview/MessageViews.h"
#include "ui/preview/Pieces.h"
#include "ui/preview/PreviewPane.h"
#include "ui/preview/RemoteImages.h"
#include "ui/widgets/Theme.h"

#include <QAbstractButton>
#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QPlainTextEdit>
#include <QRandomGenerator>
#include <QScrollArea>
#include <QTest>

using namespace carillon;
using namespace carillon::ui;

namespace {

const QStringList channels{QStringLiteral("slack"), QStringLiteral("telegram"), QStringLiteral("whatsapp"),
                           QStringLiteral("sms"),   QStringLiteral("push"),     QStringLiteral("in_app"),
                           QStringLiteral("chat"),  QStringLiteral("webhook"),  QStringLiteral("matrix"),
                           QStringLiteral("apns")};

// What a screen reader is told of a drawing, top to bottom as it was put together.
QString wordsIn(const QWidget* drawing)
{
    QStringList words;
    for (const QLabel* label : drawing->findChildren<QLabel*>())
        words << (label->accessibleName().isEmpty() ? label->text() : label->accessibleName());
    for (const QPlainTextEdit* text : drawing->findChildren<QPlainTextEdit*>())
        words << text->toPlainText();
    if (const auto* text = qobject_cast<const QPlainTextEdit*>(drawing))
        words << text->toPlainText();
    return words.join(u'\n');
}

// A JSON value of whatever kind, for members that should hold another.
QJsonValue anyValue(QRandomGenerator& random, int depth)
{
    switch (random.bounded(depth > 3 ? 4 : 6)) {
    case 0: return {};
    case 1: return random.bounded(1000) - 500;
    case 2: return QStringLiteral("*a* <b>x");
    case 3: return true;
    case 4: return QJsonArray{anyValue(random, depth + 1), anyValue(random, depth + 1)};
    default: break;
    }
    const QStringList names{u"type"_qs,      u"text"_qs,       u"elements"_qs,  u"fields"_qs,
                            u"accessory"_qs, u"components"_qs, u"parameters"_qs};
    const QStringList types{u"section"_qs, u"actions"_qs,  u"context"_qs, u"rich_text"_qs,
                            u"image"_qs,   u"template"_qs, u"button"_qs};
    QJsonObject object{{u"type"_qs, types.at(random.bounded(types.size()))}};
    for (int n = 0; n < 4; ++n)
        object.insert(names.at(random.bounded(names.size())), anyValue(random, depth + 1));
    return object;
}

} // namespace

class PreviewViewsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = new Theme(*qApp); }

    void everyChannelSaysWhatItSends_data()
    {
        QTest::addColumn<QString>("channel");
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char* channel, const QStringList& words) {
            QTest::newRow(channel) << QString::fromLatin1(channel) << words;
        };
        row("slack",
            {u"Disk almost full on db-1"_qs, u"du -sh"_qs, u"eu-west-1"_qs, u"Button: Acknowledge"_qs, u"because you own"_qs,
             u"@ada"_qs});
        row("telegram",
            {u"Your order is on its way"_qs, u"4711"_qs, u"Button: Track parcel ↗"_qs, u"Button: It is not mine"_qs});
        row("whatsapp", {u"Your order is on its way"_qs, u"• Blue teapot"_qs, u"1Z999AA10123456784"_qs});
        row("sms", {u"Hi Zoë"_qs, u"Part 2 begins"_qs, u"4 parts · UCS-2"_qs, u"\"–\" (U+2013)"_qs});
        for (const char* push : {"push", "web_push", "fcm", "apns"})
            row(push, {u"Your order is on its way"_qs, u"between 9 and 13 h"_qs, u"Button: Change day"_qs});
        row("in_app", {u"Your order is on its way"_qs, u"1 new"_qs, u"Button: Track parcel"_qs});
        row("chat", {u"Your order is on its way"_qs, u"1. Blue teapot"_qs});
        row("matrix", {u"Your order is on its way"_qs});
        row("webhook", {u"\"total\": 19.90,"_qs, u"\"note\": null"_qs});
    }
    void everyChannelSaysWhatItSends()
    {
        QFETCH(QString, channel);
        QFETCH(QStringList, words);
        QWidget parent;
        RemoteImages images(&parent);
        const QWidget* drawing = drawingOf(channel)(samplePreview(channel), {false, channel, &images, &parent});
        const QString told = wordsIn(drawing);
        for (const QString& word : words)
            QVERIFY2(told.contains(word), qPrintable(word + u" is not in:\n"_qs + told));
    }

    void aMessageThatWasNotBuiltIsDrawnOfItsParts()
    {
        QWidget parent;
        RemoteImages images(&parent);
        Preview preview;
        preview.parts = {{QStringLiteral("text"), QStringLiteral("*too long*")},
                         {QStringLiteral("blocks"),
                          QStringLiteral("[{\"type\":\"divider\"},{\"type\":\"header\",\"text\":{\"text\":\"Top\"}}]")}};
        QVERIFY(wordsIn(drawSlack(preview, {false, u"slack"_qs, &images, &parent})).contains(u"Top"));
        QVERIFY(wordsIn(drawSms(preview, {false, u"sms"_qs, &images, &parent})).contains(u"*too long*"));
        QVERIFY(wordsIn(drawWhatsApp(preview, {false, u"whatsapp"_qs, &images, &parent})).contains(u"too long"));
    }

    void aTemplateOfWhatsAppShowsItsParameters()
    {
        QWidget parent;
        RemoteImages images(&parent);
        Preview preview;
        preview.fields
            = sampleJson("{'type':'template','template':{'name':'order_ready','language':{'code':'de'},'components':["
                         "{'type':'header','parameters':[{'type':'image','image':{'link':'https://a.b/x.png'}}]},"
                         "{'type':'body','parameters':[{'type':'text','text':'Ada'},{'type':'text','parameter_name':'day','"
                         "text':'today'}]}]}}");
        images.begin(u"x"_qs);
        const QString told = wordsIn(drawWhatsApp(preview, {true, u"whatsapp"_qs, &images, &parent}));
        QVERIFY(told.contains(u"order_ready · de"));
        QVERIFY(told.contains(u"{{1}}    Ada"));
        QVERIFY(told.contains(u"{{day}}    today"));
        QCOMPARE(images.count(), 1);
    }

    void whatWasSplitFollows()
    {
        QWidget parent;
        RemoteImages images(&parent);
        Preview preview;
        preview.fields = {{u"text"_qs, u"first"_qs}};
        preview.continuations = {QJsonObject{{u"text"_qs, u"second"_qs}}, QJsonObject{{u"text"_qs, u"third"_qs}}};
        for (const QString& channel : channels.mid(0, 4)) {
            const QString told = wordsIn(drawingOf(channel)(preview, {false, channel, &images, &parent}));
            QVERIFY(told.indexOf(u"first") < told.indexOf(u"second") && told.indexOf(u"second") < told.indexOf(u"third"));
        }
    }

    void aLockScreenCutsAndTheTooltipHasAll()
    {
        LinesLabel label(QStringLiteral("word ").repeated(100), 2, qApp->font(), Qt::black, nullptr);
        label.resize(200, label.heightForWidth(200));
        QVERIFY(label.isCut());
        QVERIFY(label.height() < 2.5 * QFontMetrics(qApp->font()).height());
        QCOMPARE(label.toolTip().count(u"word"), 100);
        LinesLabel shortOne(QStringLiteral("word"), 2, qApp->font(), Qt::black, nullptr);
        shortOne.resize(200, 40);
        QVERIFY(!shortOne.isCut());
    }

    // No image is fetched, or said to be approved, before somebody asks; and then only those that are there.
    void imagesWaitToBeAskedFor()
    {
        RemoteImages images(nullptr);
        images.begin(u"a"_qs);
        images.want(QUrl(u"https://127.0.0.1:1/1.png"_qs));
        images.want(QUrl(u"file:///etc/hostname"_qs));
        images.want(QUrl(u"javascript:alert(1)"_qs));
        images.want(QUrl());
        images.end();
        QCOMPARE(images.count(), 1);
        QVERIFY(!images.isApproved());
        images.approve();
        QVERIFY(images.isApproved());
        images.begin(u"a"_qs); // the next key: one address is new
        images.want(QUrl(u"https://127.0.0.1:1/1.png"_qs));
        images.want(QUrl(u"https://127.0.0.1:1/2.png"_qs));
        images.end();
        QVERIFY(!images.isApproved());
        images.approve();
        images.begin(u"b"_qs); // another contact's
        images.want(QUrl(u"https://127.0.0.1:1/1.png"_qs));
        images.end();
        QVERIFY(!images.isApproved());
    }

    void anyFieldsAreDrawn()
    {
        QRandomGenerator random(4711);
        for (int round = 0; round < 150; ++round) {
            QWidget parent;
            RemoteImages images(&parent);
            Preview preview;
            const QStringList names{u"text"_qs,  u"blocks"_qs,   u"title"_qs, u"actions"_qs, u"reply_markup"_qs,
                                    u"photo"_qs, u"template"_qs, u"type"_qs,  u"body"_qs};
            for (const QString& name : names)
                preview.fields.insert(name, anyValue(random, 0));
            for (const QString& channel : channels)
                drawingOf(channel)(preview, {round % 2 == 0, channel, &images, &parent})->grab();
        }
    }

    // One picture per channel and look, where CARILLON_SHOTS says.
    void looks()
    {
        const QString folder = qEnvironmentVariable("CARILLON_SHOTS");
        if (folder.isEmpty())
            QSKIP("CARILLON_SHOTS is not set");
        for (const ThemeChoice look : {ThemeChoice::Light, ThemeChoice::Dark}) {
            m_theme->setChoice(look);
            for (const QString& channel : channels) {
                PreviewPane pane(
                    [](const QString&, const PageRequest&) { return readyFuture<Page<Contact>>(Page<Contact>()); });
                pane.setAutoFillBackground(true);
                pane.setChannels(QStringList{u"email"_qs} + channels.mid(0, 8), channel);
                pane.picker()->choose(7, QStringLiteral("Zoë Müller"));
                pane.setWorstCases({WorstCase{WorstCase::Longest, channel, 7, u"Zoë"_qs, 1204}});
                pane.resize(560, 760);
                pane.show();
                Preview preview = samplePreview(channel);
                if (channel == u"whatsapp")
                    preview.continuations << QJsonObject{
                        {u"type"_qs, u"template"_qs},
                        {u"template"_qs,
                         sampleJson("{'name':'order_ready','language':{'code':'de'},'components':[{'type':'body','"
                                    "parameters':[{'type':'text','text':'Ada'}]}]}")}};
                pane.showPreview(preview, channel);
                QTest::qWait(50);
                const QString name = u"preview-%1-%2.png"_qs.arg(channel, m_theme->isDark() ? u"dark"_qs : u"light"_qs);
                QVERIFY(pane.grab().save(QDir(folder).filePath(name)));
            }
        }
    }

private:
    Theme* m_theme = nullptr;
};

QTEST_MAIN(PreviewViewsTest)
#include "PreviewViewsTest.moc"
