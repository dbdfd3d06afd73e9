// SPDX-License-Identifier: GPL-3.0-or-later

// A message in Slack: text or Block Kit.

#include "ui/preview/MarkdownMarkup.h"
#include "ui/preview/MessageViews.h"
#include "ui/preview/Pieces.h"
#include "ui/preview/RichTextView.h"
#include "ui/preview/SlackMarkup.h"
#include "ui/widgets/Theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>

namespace carillon::ui {

namespace {

constexpr qsizetype mostBlocks = 50;
constexpr qsizetype mostElements = 25;
constexpr int imageHeight = 320;
constexpr int accessorySize = 76;

QString textOf(const QJsonValue& text)
{
    return text.isString() ? text.toString() : text.toObject().value(u"text"_qs).toString();
}

class SlackDrawing {
public:
    SlackDrawing(const ViewContext& context, QWidget* parent)
        : m_context(context)
        , m_look(lookOf(Platform::Slack, context.dark))
        , m_parent(parent)
    {
    }

    void draw(const QJsonObject& message, QVBoxLayout* column)
    {
        QJsonValue blocks = message.value(u"blocks"_qs);
        if (blocks.isString())
            blocks = QJsonDocument::fromJson(blocks.toString().toUtf8()).array();
        const QJsonArray list = blocks.isObject() ? blocks.toObject().value(u"blocks"_qs).toArray() : blocks.toArray();
        if (list.isEmpty())
            column->addWidget(rich(readSlackMarkup(message.value(u"text"_qs).toString())));
        for (qsizetype n = 0; n < std::min(qsizetype(list.size()), mostBlocks); ++n)
            drawBlock(list.at(n).toObject(), column);
    }

private:
    RichTextView* rich(const RichMessage& message) { return new RichTextView(message, m_look.rich, m_parent); }

    void drawBlock(const QJsonObject& block, QVBoxLayout* column)
    {
        const QString type = block.value(u"type"_qs).toString();
        if (type == u"header")
            column->addWidget(rich({{RichBlock::Heading, {{textOf(block.value(u"text"_qs)), 0, {}}}, 2, {}}}));
        else if (type == u"section")
            drawSection(block, column);
        else if (type == u"divider")
            drawDivider(column);
        else if (type == u"image")
            drawImage(block, column);
        else if (type == u"context")
            drawContext(block.value(u"elements"_qs).toArray(), column);
        else if (type == u"actions")
            drawActions(block.value(u"elements"_qs).toArray(), column);
        else if (type == u"rich_text")
            column->addWidget(rich(readSlackRichText(block)));
        else if (type == u"markdown")
            column->addWidget(rich(readMarkdown(block.value(u"text"_qs).toString())));
        else
            column->addWidget(
                caption(MessageView::tr("Block of type \"%1\", not drawn here").arg(type), m_look.rich.muted, m_parent));
    }

    void drawSection(const QJsonObject& block, QVBoxLayout* column)
    {
        auto* row = new QHBoxLayout;
        auto* texts = new QVBoxLayout;
        if (!textOf(block.value(u"text"_qs)).isEmpty())
            texts->addWidget(rich(readSlackText(block.value(u"text"_qs))));
        const QJsonArray fields = block.value(u"fields"_qs).toArray();
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(Theme::PageMargin);
        grid->setColumnStretch(0, 1);
        grid->setColumnStretch(1, 1);
        for (int n = 0; n < std::min<int>(int(fields.size()), 10); ++n)
            grid->addWidget(rich(readSlackText(fields.at(n))), n / 2, n % 2, Qt::AlignTop);
        texts->addLayout(grid);
        row->addLayout(texts, 1);
        const QJsonObject accessory = block.value(u"accessory"_qs).toObject();
        if (!accessory.isEmpty())
            row->addWidget(element(accessory, accessorySize), 0, Qt::AlignTop | Qt::AlignRight);
        column->addLayout(row);
    }

    void drawDivider(QVBoxLayout* column)
    {
        auto* line = new QFrame(m_parent);
        line->setFixedHeight(1);
        line->setStyleSheet(u"background: "_qs + m_look.border.name());
        column->addWidget(line);
    }

    void drawImage(const QJsonObject& block, QVBoxLayout* column)
    {
        if (const QString title = textOf(block.value(u"title"_qs)); !title.isEmpty())
            column->addWidget(caption(title, m_look.rich.muted, m_parent));
        addLeft(column, image(block, {360, imageHeight}));
    }

    void drawContext(const QJsonArray& elements, QVBoxLayout* column)
    {
        auto* row = new QHBoxLayout;
        row->setSpacing(Theme::SmallSpace);
        RichLook small = m_look.rich;
        small.font.setPointSizeF(small.font.pointSizeF() * 0.88);
        small.text = small.muted;
        for (qsizetype n = 0; n < std::min(qsizetype(elements.size()), mostElements); ++n) {
            const QJsonObject element = elements.at(n).toObject();
            if (element.value(u"type"_qs).toString() == u"image")
                row->addWidget(image(element, {20, 20}), 0);
            else
                row->addWidget(new RichTextView(readSlackText(element), small, m_parent), 0);
        }
        row->addStretch(1);
        column->addLayout(row);
    }

    void drawActions(const QJsonArray& elements, QVBoxLayout* column)
    {
        constexpr int perRow = 4;
        QHBoxLayout* row = nullptr;
        for (int n = 0; n < std::min(int(elements.size()), int(mostElements)); ++n) {
            if (n % perRow == 0) {
                row = new QHBoxLayout;
                row->setSpacing(Theme::SmallSpace);
                column->addLayout(row);
            }
            row->addWidget(element(elements.at(n).toObject(), accessorySize), 0);
            if (n % perRow == perRow - 1 || n == elements.size() - 1)
                row->addStretch(1);
        }
    }

    ImageBox* image(const QJsonObject& block, const QSize& size)
    {
        return new ImageBox(QUrl(block.value(u"image_url"_qs).toString()), textOf(block.value(u"alt_text"_qs)), size, m_look,
                            *m_context.images, m_parent);
    }

    QWidget* element(const QJsonObject& element, int size)
    {
        const QString type = element.value(u"type"_qs).toString();
        if (type == u"image")
            return image(element, {size, size});
        const QString style = element.value(u"style"_qs).toString();
        const QColor ground = style == u"primary" ? m_look.primary : style == u"danger" ? m_look.danger : m_look.button;
        const QColor words = style.isEmpty() ? m_look.buttonText : QColor(Qt::white);
        QString text = textOf(element.value(u"text"_qs));
        if (text.isEmpty())
            text = textOf(element.value(u"placeholder"_qs));
        if (type.contains(u"select") || type == u"overflow" || type.contains(u"picker"))
            text = type == u"overflow" ? u"⋯"_qs : text + u"  ▾"_qs;
        const QString url = element.value(u"url"_qs).toString();
        const QString tip
            = url.isEmpty() ? MessageView::tr("Action: %1").arg(element.value(u"action_id"_qs).toString()) : url;
        return mockButton(text, tip, ground, words, style.isEmpty() ? m_look.border : ground, 4, m_parent);
    }

    ViewContext m_context;
    PlatformLook m_look;
    QWidget* m_parent;
};

} // namespace

QWidget* drawSlack(const Preview& preview, const ViewContext& context)
{
    const PlatformLook look = lookOf(Platform::Slack, context.dark);
    auto* ground = new Bubble(look.ground, groundRadius, context.parent);
    ground->setPadding(Theme::PageMargin, Theme::PageMargin);
    ground->column()->setSpacing(Theme::Space);
    const QString sender = senderOf(preview);
    for (const QJsonObject& message : messagesOf(preview)) {
        auto* row = new QHBoxLayout;
        row->setSpacing(10);
        row->addWidget(new Avatar(sender, 36, 7, ground), 0, Qt::AlignTop);
        auto* column = new QVBoxLayout;
        column->setSpacing(Theme::SmallSpace + 2);
        auto* line = new QHBoxLayout;
        line->setSpacing(Theme::SmallSpace);
        line->addWidget(caption(sender, look.name, ground, 1.0, true));
        auto* app = caption(MessageView::tr("APP"), look.rich.muted, ground, 0.66, true);
        app->setStyleSheet(QStringLiteral("color: %1; background: %2; border-radius: 2px; padding: 1px 3px;")
                               .arg(look.rich.muted.name(), look.raised.name()));
        line->addWidget(app);
        line->addWidget(caption(MessageView::tr("now"), look.rich.muted, ground, 0.8));
        line->addStretch(1);
        column->addLayout(line);
        SlackDrawing(context, ground).draw(message, column);
        row->addLayout(column, 1);
        ground->column()->addLayout(row);
    }
    ground->column()->addStretch(1);
    return ground;
}

} // namespace carillon::ui
