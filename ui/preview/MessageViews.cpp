// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/MessageViews.h"

#include "ui/preview/Pieces.h"
#include "ui/preview/RemoteImages.h"

#include <QDataStream>
#include <QHash>
#include <QIODevice>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr qsizetype mostMessages = 50;

QJsonObject fieldsOfParts(const QMap<QString, QString>& parts)
{
    QJsonObject fields;
    for (auto part = parts.cbegin(); part != parts.cend(); ++part)
        fields.insert(part.key(), part.value());
    return fields;
}

QByteArray bytesOf(const Preview& preview, const QString& channel, bool dark)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << channel << dark << preview.from << preview.to << preview.parts << preview.source << preview.fields;
    for (const QJsonObject& more : preview.continuations)
        stream << more;
    stream << preview.facts.encoding;
    return bytes;
}

} // namespace

MessageDrawing drawingOf(const QString& channel)
{
    static const QHash<QString, MessageDrawing> drawings{
        {u"slack"_qs, drawSlack},  {u"telegram"_qs, drawTelegram}, {u"whatsapp"_qs, drawWhatsApp}, {u"sms"_qs, drawSms},
        {u"push"_qs, drawPush},    {u"web_push"_qs, drawPush},     {u"fcm"_qs, drawPush},          {u"apns"_qs, drawPush},
        {u"in_app"_qs, drawInApp}, {u"webhook"_qs, drawJson}};
    return drawings.value(channel, drawChat);
}

QList<QJsonObject> messagesOf(const Preview& preview)
{
    QList<QJsonObject> messages{preview.fields.isEmpty() ? fieldsOfParts(preview.parts) : preview.fields};
    messages += preview.continuations.mid(0, mostMessages);
    return messages;
}

QString senderOf(const Preview& preview)
{
    const QString name = preview.from.section(u" <"_qs, 0, 0).trimmed();
    return name.isEmpty() ? MessageView::tr("Sender") : name;
}

MessageView::MessageView(RemoteImages& images, QWidget* parent)
    : QWidget(parent)
    , m_images(images)
    , m_scroll(new QScrollArea(this))
{
    m_scroll->setObjectName(QStringLiteral("previewMessages"));
    m_scroll->setAccessibleName(tr("The message"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFrameShape(QFrame::NoFrame);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_scroll);
    setFocusProxy(m_scroll);
}

void MessageView::setPreview(const Preview& preview, const QString& channel, bool dark)
{
    const QByteArray bytes = bytesOf(preview, channel, dark);
    if (bytes == m_shown) {
        for (const ImageBox* image : m_scroll->findChildren<ImageBox*>())
            m_images.want(image->address());
        return;
    }
    const int scrolled = channel == m_channel ? m_scroll->verticalScrollBar()->value() : 0;
    m_shown = bytes;
    m_channel = channel;
    m_scroll->setWidget(drawingOf(channel)(preview, {dark, channel, &m_images, m_scroll}));
    m_scroll->widget()->show();
    m_scroll->verticalScrollBar()->setValue(scrolled);
}

} // namespace carillon::ui
