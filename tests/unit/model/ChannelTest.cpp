// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/Channel.h"

#include <QTest>

using namespace carillon;

// Media, the platforms of two of them, and whose templates serve whom.
class ChannelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void templatesOfAMediumServeItsPlatforms_data()
    {
        QTest::addColumn<QString>("channel");
        QTest::addColumn<QString>("served");
        const auto row = [](const char* channel, const char* served) {
            QTest::newRow(channel) << QString::fromLatin1(channel) << QString::fromLatin1(served);
        };
        row("email", "email");
        row("chat", "chat");
        row("slack", "slack chat");
        row("discord", "discord chat"); // of a provider file
        row("push", "push");
        row("web_push", "web_push push");
        row("fcm", "fcm push");
        row("apns", "apns push");
        row("in_app", "in_app");
    }
    void templatesOfAMediumServeItsPlatforms()
    {
        QFETCH(QString, channel);
        QFETCH(QString, served);
        QCOMPARE(templateChannels(channel).join(u' '), served);
    }

    void pushPlatformsAreCards()
    {
        for (const char* channel : {"push", "web_push", "fcm", "apns"}) {
            const QString key = QString::fromLatin1(channel);
            QCOMPARE(channelOf(key).medium, QStringLiteral("push"));
            QCOMPARE(formatOf(key, QStringLiteral("image")), PartFormat::Url);
            QCOMPARE(formatOf(key, QStringLiteral("actions")), PartFormat::Json);
        }
    }

    void anUnknownNameIsAChatPlatform()
    {
        const Channel channel = channelOf(QStringLiteral("discord"));
        QCOMPARE(channel.key, QStringLiteral("discord"));
        QCOMPARE(channel.medium, QStringLiteral("chat"));
        QCOMPARE(formatOf(QStringLiteral("discord"), QStringLiteral("text")), PartFormat::Markdown);
    }
};

QTEST_GUILESS_MAIN(ChannelTest)
#include "ChannelTest.moc"
