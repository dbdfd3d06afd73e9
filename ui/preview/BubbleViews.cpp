// SPDX-License-Identifier: GPL-3.0-or-later

// Messages in Telegram, WhatsApp and chats that we know only by name.

#include "ui/preview/MarkdownMarkup.h"
#include "ui/preview/MessageViews.h"
#include "ui/preview/Pieces.h"
#include "ui/preview/RichTextView.h"
#include "ui/preview/TelegramMarkup.h"
#include "ui/preview/WhatsAppMarkup.h"
#include "ui/widgets/Theme.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>

namespace carillon::ui {

namespace {

constexpr int bubbleWidth = 440;
constexpr int imageWidth = 380;
constexpr int imageHeight = 340;
constexpr qsizetype mostRows = 100;
constexpr qsizetype mostInRow = 8;

// A ground with the messages from the top, each bubble as wide as it needs.
class Conversation {
public:
    Conversation(Platform platform, const ViewContext& context)
        : look(lookOf(platform, context.dark))
        , context(context)
        , ground(new Bubble(look.ground, groundRadius, context.parent))
    {
        ground->setPadding(Theme::PageMargin, Theme::PageMargin);
        ground->column()->setSpacing(8);
    }

    // `below` gives a column in which something as wide as the bubble can follow it.
    Bubble* addBubble(int radius, QVBoxLayout** below = nullptr)
    {
        auto* box = new QWidget(ground);
        box->setMaximumWidth(bubbleWidth);
        auto* column = new QVBoxLayout(box);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(4);
        auto* bubble = new Bubble(look.bubble, radius, box, look.border);
        column->addWidget(bubble);
        addLeft(ground->column(), box);
        if (below)
            *below = column;
        return bubble;
    }

    void addName(Bubble* bubble, const QString& name)
    {
        bubble->column()->addWidget(caption(name, look.name, bubble, 0.95, true));
    }

    void addText(Bubble* bubble, const RichMessage& text)
    {
        if (!text.isEmpty())
            bubble->column()->addWidget(new RichTextView(text, look.rich, bubble));
    }

    void addImage(Bubble* bubble, const QString& address, const QString& alt)
    {
        if (!address.isEmpty())
            bubble->column()->addWidget(
                new ImageBox(QUrl(address), alt, {imageWidth, imageHeight}, look, *context.images, bubble));
    }

    void addTime(Bubble* bubble)
    {
        auto* time = caption(MessageView::tr("now"), look.rich.muted, bubble, 0.76);
        bubble->column()->addWidget(time, 0, Qt::AlignRight);
    }

    QWidget* finish()
    {
        ground->column()->addStretch(1);
        return ground;
    }

    PlatformLook look;
    ViewContext context;
    Bubble* ground;
};

// JSON that a part may hold as text while the message could not be built.
QJsonValue jsonOf(const QJsonValue& value)
{
    if (!value.isString())
        return value;
    const QJsonDocument json = QJsonDocument::fromJson(value.toString().toUtf8());
    return json.isArray() ? QJsonValue(json.array()) : QJsonValue(json.object());
}

QString tipOfTelegramButton(const QJsonObject& button)
{
    const QString url = button.value(u"url"_qs).toString();
    return url.isEmpty() ? button.value(u"callback_data"_qs).toString() : url;
}

void addTelegramButtons(Conversation& chat, const QJsonArray& rows, QVBoxLayout* column)
{
    for (qsizetype r = 0; r < std::min(qsizetype(rows.size()), mostRows); ++r) {
        auto* row = new QHBoxLayout;
        row->setSpacing(4);
        const QJsonArray buttons = rows.at(r).isArray() ? rows.at(r).toArray() : QJsonArray{rows.at(r)};
        for (qsizetype n = 0; n < std::min(qsizetype(buttons.size()), mostInRow); ++n) {
            const QJsonObject button = buttons.at(n).toObject();
            const QString arrow = button.contains(u"url"_qs) ? u" ↗"_qs : QString();
            QLabel* made = mockButton(button.value(u"text"_qs).toString() + arrow, tipOfTelegramButton(button),
                                      chat.look.button, chat.look.buttonText, chat.look.button, 8, column->parentWidget());
            made->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
            row->addWidget(made, 1);
        }
        column->addLayout(row);
    }
}

RichMessage templateParameters(const QJsonObject& content, QString& image)
{
    RichMessage lines;
    const QJsonArray components = content.value(u"components"_qs).toArray();
    for (const QJsonValue& value : components) {
        const QJsonObject component = value.toObject();
        const QJsonArray parameters = component.value(u"parameters"_qs).toArray();
        for (int n = 0; n < parameters.size() && lines.size() < mostRows; ++n) {
            const QJsonObject parameter = parameters.at(n).toObject();
            const QString type = parameter.value(u"type"_qs).toString();
            QString text = parameter.value(u"text"_qs).toString();
            if (type == u"image")
                image = parameter.value(u"image"_qs).toObject().value(u"link"_qs).toString();
            else if (text.isEmpty())
                text = QString::fromUtf8(
                    QJsonDocument(parameter.value(type).toObject()).toJson(QJsonDocument::Compact).left(500));
            QString name = parameter.value(u"parameter_name"_qs).toString();
            if (name.isEmpty())
                name = QString::number(n + 1);
            const QString place = component.value(u"type"_qs).toString() + u" {{"_qs + name + u"}}  "_qs;
            lines << RichBlock{
                RichBlock::Paragraph, {{place, RichSpan::Code, {}}, {u"  "_qs, 0, {}}, {text, RichSpan::Bold, {}}}, 0, {}};
        }
    }
    return lines;
}

// The wording of an approved template is with the platform: what is known here is its name and what fills it.
void addWhatsAppTemplate(Conversation& chat, const QJsonObject& content)
{
    Bubble* bubble = chat.addBubble(9);
    const QJsonValue language = content.value(u"language"_qs);
    const QString code = language.isString() ? language.toString() : language.toObject().value(u"code"_qs).toString();
    bubble->column()->addWidget(caption(MessageView::tr("Approved template"), chat.look.rich.muted, bubble, 0.8));
    auto* name = caption(content.value(u"name"_qs).toString() + (code.isEmpty() ? QString() : u" · "_qs + code),
                         chat.look.name, bubble, 1.0, true);
    name->setObjectName(QStringLiteral("previewTemplateName"));
    bubble->column()->addWidget(name);
    QString image;
    const RichMessage parameters = templateParameters(content, image);
    chat.addImage(bubble, image, {});
    chat.addText(bubble, parameters);
    auto* note = caption(MessageView::tr("WhatsApp puts these into the template's own wording."), chat.look.rich.muted,
                         bubble, 0.8);
    note->setWordWrap(true);
    note->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    bubble->column()->addWidget(note);
    chat.addTime(bubble);
}

} // namespace

QWidget* drawTelegram(const Preview& preview, const ViewContext& context)
{
    Conversation chat(Platform::Telegram, context);
    for (const QJsonObject& message : messagesOf(preview)) {
        const QString photo = message.value(u"photo"_qs).toString();
        QString text = message.value(u"caption"_qs).toString();
        if (text.isEmpty())
            text = message.value(u"text"_qs).toString();
        const QString mode = preview.fields.isEmpty() ? u"HTML"_qs : message.value(u"parse_mode"_qs).toString();
        QVBoxLayout* below = nullptr;
        Bubble* bubble = chat.addBubble(13, &below);
        chat.addName(bubble, senderOf(preview));
        chat.addImage(bubble, photo, {});
        chat.addText(bubble, readTelegram(text, mode));
        chat.addTime(bubble);
        QJsonArray rows = jsonOf(message.value(u"reply_markup"_qs)).toObject().value(u"inline_keyboard"_qs).toArray();
        if (rows.isEmpty())
            rows = jsonOf(message.value(u"buttons"_qs)).toArray();
        if (!rows.isEmpty())
            addTelegramButtons(chat, rows, below);
    }
    return chat.finish();
}

QWidget* drawWhatsApp(const Preview& preview, const ViewContext& context)
{
    Conversation chat(Platform::WhatsApp, context);
    for (const QJsonObject& message : messagesOf(preview)) {
        if (message.value(u"type"_qs).toString() == u"template") {
            addWhatsAppTemplate(chat, message.value(u"template"_qs).toObject());
            continue;
        }
        const QJsonValue text = message.value(u"text"_qs);
        const QJsonObject image = message.value(u"image"_qs).toObject();
        Bubble* bubble = chat.addBubble(9);
        chat.addImage(bubble, image.value(u"link"_qs).toString(), {});
        chat.addText(bubble,
                     readWhatsAppMarkup(text.isString() ? text.toString() : text.toObject().value(u"body"_qs).toString()));
        chat.addText(bubble, readWhatsAppMarkup(image.value(u"caption"_qs).toString()));
        chat.addTime(bubble);
    }
    return chat.finish();
}

QWidget* drawChat(const Preview& preview, const ViewContext& context)
{
    Conversation chat(Platform::Chat, context);
    const QString sender = senderOf(preview);
    for (const QJsonObject& message : messagesOf(preview)) {
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(new Avatar(sender, 30, 15, chat.ground), 0, Qt::AlignTop);
        auto* bubble = new Bubble(chat.look.bubble, 12, chat.ground, chat.look.border);
        bubble->setMaximumWidth(bubbleWidth);
        row->addWidget(bubble);
        row->addStretch(1);
        chat.ground->column()->addLayout(row);
        chat.addName(bubble, sender);
        if (const QString title = message.value(u"title"_qs).toString(); !title.isEmpty())
            chat.addText(bubble, {{RichBlock::Heading, {{title, 0, {}}}, 3, {}}});
        const QString format = message.value(u"format"_qs).toString();
        const QString text = message.value(u"text"_qs).toString();
        chat.addText(bubble, format.isEmpty() || format == u"markdown" ? readMarkdown(text) : readTelegram(text, {}));
        chat.addTime(bubble);
    }
    return chat.finish();
}

} // namespace carillon::ui
