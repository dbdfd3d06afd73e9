// SPDX-License-Identifier: GPL-3.0-or-later

// Push notifications as lock screens show them, and items of an inbox within an app or a page.

#include "ui/preview/MessageViews.h"
#include "ui/preview/Pieces.h"
#include "ui/preview/RemoteImages.h"
#include "ui/preview/RichTextView.h"
#include "ui/widgets/Theme.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPainter>

namespace carillon::ui {

namespace {

constexpr int cardWidth = 380;
constexpr int titleLines = 1;
constexpr int androidLines = 1; // of the text while the card is closed
constexpr int appleLines = 4;
constexpr qsizetype mostActions = 5;

struct Card {
    QString title;
    QString text;
    QString image;
    QString url;
    QList<std::pair<QString, QString>> actions; // word, where it leads
};

Card cardOf(const QJsonObject& fields)
{
    Card card;
    card.title = fields.value(u"title"_qs).toString();
    card.text = fields.value(u"body"_qs).toString();
    if (card.text.isEmpty())
        card.text = fields.value(u"text"_qs).toString();
    card.image = fields.value(u"image"_qs).toString();
    card.url = fields.value(u"url"_qs).toString();
    QJsonValue actions = fields.value(u"actions"_qs);
    if (actions.isString())
        actions = QJsonDocument::fromJson(actions.toString().toUtf8()).array();
    const QJsonArray list = actions.toArray();
    for (qsizetype n = 0; n < std::min(qsizetype(list.size()), mostActions); ++n) {
        const QJsonObject action = list.at(n).toObject();
        card.actions << std::pair(action.value(u"title"_qs).toString(), action.value(u"url"_qs).toString());
    }
    return card;
}

// The ground of a lock screen: from one colour at the top to another at the bottom.
class LockScreen final : public QWidget {
public:
    LockScreen(const PlatformLook& look, QWidget* parent)
        : QWidget(parent)
        , column(new QVBoxLayout(this))
        , m_look(look)
    {
        column->setContentsMargins(Theme::PageMargin, Theme::PageMargin, Theme::PageMargin, Theme::PageMargin);
        column->setSpacing(8);
    }

    QVBoxLayout* const column;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QLinearGradient gradient(0, 0, width() * 0.4, height());
        gradient.setColorAt(0, m_look.ground);
        gradient.setColorAt(1, m_look.groundEnd);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(gradient);
        painter.drawRoundedRect(rect(), groundRadius, groundRadius);
    }

private:
    PlatformLook m_look;
};

QFont scaled(const PlatformLook& look, double factor, bool bold)
{
    QFont font = look.rich.font;
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
    return font;
}

void addActions(const Card& card, const PlatformLook& look, QVBoxLayout* column, QWidget* parent)
{
    if (card.actions.isEmpty())
        return;
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    for (const auto& [word, url] : card.actions) {
        QLabel* action = mockButton(word, url, look.bubble, look.rich.link, look.bubble, 6, parent);
        row->addWidget(action);
    }
    row->addStretch(1);
    column->addLayout(row);
}

// As Android draws it: a head line with the app, then title and text; closed, the text has one line.
Bubble* androidCard(const Card& card, const QString& app, bool isOpen, const PlatformLook& look, const ViewContext& context,
                    QWidget* parent)
{
    auto* bubble = new Bubble(look.bubble, 22, parent);
    bubble->setPadding(16, 12);
    bubble->setFixedWidth(cardWidth);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(new Avatar(app, 22, 11, bubble));
    head->addWidget(caption(app, look.rich.muted, bubble, 0.82));
    head->addWidget(caption(MessageView::tr("· now"), look.rich.muted, bubble, 0.82));
    head->addStretch(1);
    head->addWidget(caption(isOpen ? u"⌃"_qs : u"⌄"_qs, look.rich.muted, bubble, 0.9));
    bubble->column()->addLayout(head);
    bubble->column()->setSpacing(3);
    bubble->column()->addWidget(
        new LinesLabel(card.title, isOpen ? 3 : titleLines, scaled(look, 1, true), look.rich.text, bubble));
    bubble->column()->addWidget(
        new LinesLabel(card.text, isOpen ? 12 : androidLines, scaled(look, 0.95, false), look.rich.text, bubble));
    if (isOpen && !card.image.isEmpty()) {
        auto* image = new ImageBox(QUrl(card.image), {}, {cardWidth - 32, 180}, look, *context.images, bubble);
        image->setRadius(12);
        bubble->column()->addSpacing(4);
        bubble->column()->addWidget(image);
    }
    if (isOpen)
        addActions(card, look, bubble->column(), bubble);
    return bubble;
}

// As Apple draws it: the app's picture at the left, the text in at most four lines, a small image at the right.
Bubble* appleCard(const Card& card, const QString& app, const PlatformLook& look, const ViewContext& context,
                  QWidget* parent)
{
    auto* bubble = new Bubble(look.bubble, 20, parent);
    bubble->setPadding(12, 12);
    bubble->setFixedWidth(cardWidth);
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(new Avatar(app, 38, 9, bubble), 0, Qt::AlignVCenter);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(1);
    auto* head = new QHBoxLayout;
    head->addWidget(new LinesLabel(card.title.isEmpty() ? app : card.title, titleLines, scaled(look, 0.95, true),
                                   look.rich.text, bubble),
                    1);
    head->addWidget(caption(MessageView::tr("now"), look.rich.muted, bubble, 0.78), 0, Qt::AlignTop);
    texts->addLayout(head);
    texts->addWidget(new LinesLabel(card.text, appleLines, scaled(look, 0.95, false), look.rich.text, bubble));
    row->addLayout(texts, 1);
    if (!card.image.isEmpty())
        row->addWidget(new ImageBox(QUrl(card.image), {}, {38, 38}, look, *context.images, bubble), 0, Qt::AlignVCenter);
    bubble->column()->addLayout(row);
    return bubble;
}

void addKind(const QString& text, const PlatformLook& look, LockScreen* screen)
{
    auto* kind = caption(text, look.name, screen, 0.8, true);
    screen->column->addWidget(kind, 0, Qt::AlignHCenter);
}

QWidget* inboxItem(const Card& card, const QString& sender, const PlatformLook& look, const ViewContext& context,
                   QWidget* parent)
{
    auto* item = new QWidget(parent);
    auto* row = new QHBoxLayout(item);
    row->setContentsMargins(Theme::Space, Theme::Space, Theme::Space, Theme::Space);
    row->setSpacing(10);
    auto* dot = new Bubble(look.primary, 4, item);
    dot->setFixedSize(8, 8);
    dot->setToolTip(MessageView::tr("Unread"));
    dot->setAccessibleName(dot->toolTip());
    row->addWidget(dot, 0, Qt::AlignTop);
    row->addWidget(new Avatar(sender, 34, 17, item), 0, Qt::AlignTop);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(4);
    auto* head = new QHBoxLayout;
    head->addWidget(
        new LinesLabel(card.title.isEmpty() ? sender : card.title, 2, scaled(look, 1, true), look.rich.text, item), 1);
    head->addWidget(caption(MessageView::tr("now"), look.rich.muted, item, 0.78), 0, Qt::AlignTop);
    texts->addLayout(head);
    if (!card.text.isEmpty())
        texts->addWidget(
            new RichTextView({{RichBlock::Paragraph, {{card.text.left(longestMarkup), 0, {}}}, 0, {}}}, look.rich, item));
    if (!card.image.isEmpty())
        addLeft(texts, new ImageBox(QUrl(card.image), {}, {300, 170}, look, *context.images, item));
    auto* actions = new QHBoxLayout;
    actions->setSpacing(Theme::SmallSpace);
    for (qsizetype n = 0; n < card.actions.size(); ++n) {
        const auto& [word, url] = card.actions.at(n);
        const QColor ground = n == 0 ? look.primary : look.bubble;
        const QColor words = n == 0 ? look.bubble : look.rich.text;
        actions->addWidget(mockButton(word, url, ground, words, n == 0 ? look.primary : look.border, 6, item));
    }
    actions->addStretch(1);
    if (!card.actions.isEmpty())
        texts->addLayout(actions);
    row->addLayout(texts, 1);
    if (!card.url.isEmpty())
        item->setToolTip(card.url.toHtmlEscaped());
    return item;
}

// What would stand below it: older items, as grey bars.
class OlderItem final : public QWidget {
public:
    OlderItem(const PlatformLook& look, QWidget* parent)
        : QWidget(parent)
        , m_look(look)
    {
        setFixedHeight(58);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_look.raised);
        painter.drawEllipse(30, 12, 34, 34);
        painter.drawRoundedRect(QRectF(74, 16, width() * 0.42, 9), 4, 4);
        painter.drawRoundedRect(QRectF(74, 33, width() * 0.62, 8), 4, 4);
        painter.fillRect(0, 0, width(), 1, m_look.border);
    }

private:
    PlatformLook m_look;
};

} // namespace

QWidget* drawPush(const Preview& preview, const ViewContext& context)
{
    const PlatformLook look = lookOf(Platform::Push, context.dark);
    auto* screen = new LockScreen(look, context.parent);
    const QString app = senderOf(preview);
    for (const QJsonObject& message : messagesOf(preview)) {
        const Card card = cardOf(message);
        addKind(MessageView::tr("Android"), look, screen);
        addCentred(screen->column, androidCard(card, app, false, look, context, screen));
        addKind(MessageView::tr("iPhone"), look, screen);
        addCentred(screen->column, appleCard(card, app, look, context, screen));
        addKind(MessageView::tr("Android, opened"), look, screen);
        addCentred(screen->column, androidCard(card, app, true, look, context, screen));
    }
    screen->column->addStretch(1);
    return screen;
}

QWidget* drawInApp(const Preview& preview, const ViewContext& context)
{
    const PlatformLook look = lookOf(Platform::InApp, context.dark);
    auto* ground = new Bubble(look.ground, groundRadius, context.parent);
    ground->setPadding(Theme::PageMargin, Theme::PageMargin);
    auto* panel = new Bubble(look.bubble, 12, ground, look.border);
    panel->setPadding(1, 1);
    panel->column()->setSpacing(0);
    panel->setMaximumWidth(440);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(Theme::Space, Theme::Space, Theme::Space, Theme::SmallSpace);
    head->addWidget(caption(MessageView::tr("Notifications"), look.rich.text, panel, 1.1, true));
    head->addStretch(1);
    const QList<QJsonObject> messages = messagesOf(preview);
    head->addWidget(caption(MessageView::tr("%1 new").arg(messages.size()), look.primary, panel, 0.82, true));
    panel->column()->addLayout(head);
    for (const QJsonObject& message : messages)
        panel->column()->addWidget(inboxItem(cardOf(message), senderOf(preview), look, context, panel));
    panel->column()->addWidget(new OlderItem(look, panel));
    panel->column()->addWidget(new OlderItem(look, panel));
    addCentred(ground->column(), panel);
    ground->column()->addStretch(1);
    return ground;
}

} // namespace carillon::ui
