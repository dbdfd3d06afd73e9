// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"

#include <QWidget>

class QScrollArea;

namespace carillon::ui {

class RemoteImages;

// How a message is to be drawn.
struct ViewContext {
    bool dark = false; // the recipient's device is
    QString channel;
    RemoteImages* images = nullptr;
    QWidget* parent = nullptr;
};

// Each draws a message as its platform shows it, known at a glance and clearly a drawing: of Preview::fields and
// Preview::continuations, or of Preview::parts as far as the message could not be built. Whatever is not there is left out.
// The widget belongs to `context.parent`.
QWidget* drawSlack(const Preview& preview, const ViewContext& context);
QWidget* drawTelegram(const Preview& preview, const ViewContext& context);
QWidget* drawWhatsApp(const Preview& preview, const ViewContext& context);
QWidget* drawSms(const Preview& preview, const ViewContext& context);
QWidget* drawChat(const Preview& preview, const ViewContext& context);
QWidget* drawPush(const Preview& preview, const ViewContext& context);
QWidget* drawInApp(const Preview& preview, const ViewContext& context);
QWidget* drawJson(const Preview& preview, const ViewContext& context);

// The drawing of a channel; a platform that is not known is drawn as a chat.
using MessageDrawing = QWidget* (*)(const Preview& preview, const ViewContext& context);
MessageDrawing drawingOf(const QString& channel);

// The fields of a message and of what was split off it, in order; of one that could not be built, its rendered parts.
QList<QJsonObject> messagesOf(const Preview& preview);

// "Shop" of "Shop <news@example.org>"; a word that stands in where there is none.
QString senderOf(const Preview& preview);

// Draws whichever channel's message it is given, anew when it has changed, and keeps its place meanwhile. Belongs to its
// parent.
class MessageView : public QWidget {
    Q_OBJECT

public:
    MessageView(RemoteImages& images, QWidget* parent);

    void setPreview(const Preview& preview, const QString& channel, bool dark);

private:
    RemoteImages& m_images;
    QScrollArea* m_scroll;
    QString m_channel;
    QByteArray m_shown; // what is drawn, as bytes: nothing is drawn twice
};

} // namespace carillon::ui
