// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/EmptyState.h"

#include "ui/widgets/Icon.h"
#include "ui/widgets/Theme.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr int SentenceWidth = 420;
constexpr int LeastWidth = 240;
constexpr int IconSize = 40;

} // namespace

EmptyState::EmptyState(const QString& iconName, const QString& title, const QString& sentence, const QString& step,
                       QWidget* parent)
    : QWidget(parent)
    , m_iconName(iconName)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(title, this))
    , m_sentence(new QLabel(sentence, this))
{
    setRole(m_title, "heading");
    setRole(m_sentence, "muted");
    m_icon->setAlignment(Qt::AlignCenter);
    m_title->setAlignment(Qt::AlignCenter);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);

    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(Theme::SmallSpace);
    layout->addStretch(2);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addSpacing(Theme::SmallSpace);
    layout->addWidget(m_title, 0, Qt::AlignHCenter);
    layout->addWidget(m_sentence, 0, Qt::AlignHCenter);
    if (!step.isEmpty()) {
        auto* button = new QPushButton(step, this);
        button->setObjectName(QStringLiteral("emptyStep"));
        setRole(button, "primary");
        connect(button, &QPushButton::clicked, this, &EmptyState::stepTaken);
        layout->addSpacing(Theme::Space);
        layout->addWidget(button, 0, Qt::AlignHCenter);
    }
    layout->addStretch(3);
    dress();
}

void EmptyState::setTexts(const QString& title, const QString& sentence)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
    dress();
}

// As wide as is good to read, or as there is room.
void EmptyState::fitSentence()
{
    const int room = std::max(LeastWidth, contentsRect().width()) - 4 * Theme::SmallSpace;
    const int width = std::min(SentenceWidth, room);
    m_sentence->setFixedSize(width, std::max(0, m_sentence->heightForWidth(width)));
}

QSize EmptyState::minimumSizeHint() const
{
    return {LeastWidth, QWidget::minimumSizeHint().height()};
}

void EmptyState::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitSentence();
}

void EmptyState::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        dress();
}

void EmptyState::dress()
{
    m_icon->setPixmap(accentIcon(m_iconName).pixmap(IconSize, IconSize));
    // A label in the middle of a box is not asked for its height at this width.
    fitSentence();
}

} // namespace carillon::ui
