// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/WhyView.h"

#include "ui/widgets/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

namespace carillon::ui {

WhyView::WhyView(QWidget* parent)
    : QWidget(parent)
    , m_button(new QToolButton(this))
    , m_taken(new QLabel(this))
    , m_lines(new QLabel(this))
{
    m_button->setObjectName(QStringLiteral("previewWhy"));
    m_button->setText(tr("Why this content"));
    m_button->setToolTip(tr("Which template was taken, and why no better one"));
    m_button->setCheckable(true);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setArrowType(Qt::RightArrow);
    setRole(m_button, "quiet");
    m_taken->setObjectName(QStringLiteral("previewTaken"));
    m_taken->setTextFormat(Qt::PlainText);
    m_taken->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setRole(m_taken, "muted");
    m_lines->setObjectName(QStringLiteral("previewExplanation"));
    m_lines->setAccessibleName(tr("Why this content was taken"));
    m_lines->setTextFormat(Qt::RichText);
    m_lines->setWordWrap(true);
    m_lines->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_lines->hide();
    auto* head = new QHBoxLayout;
    head->addWidget(m_button);
    head->addWidget(m_taken, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(head);
    column->addWidget(m_lines);
    connect(m_button, &QToolButton::toggled, this, &WhyView::open);
}

void WhyView::setLines(const QStringList& lines)
{
    setVisible(!lines.isEmpty());
    m_first = lines.value(0);
    fitTaken();
    m_taken->setToolTip(lines.value(0).toHtmlEscaped());
    const QString muted = themeColours(palette()).muted.name();
    QString html;
    for (qsizetype n = 0; n < lines.size(); ++n) {
        const QString text = lines.at(n).toHtmlEscaped();
        html += n == 0 ? QStringLiteral("<tr><td colspan=\"2\"><b>%1</b></td></tr>").arg(text)
                       : QStringLiteral("<tr style=\"color:%2\"><td>–&nbsp;</td><td>%1</td></tr>").arg(text, muted);
    }
    m_lines->setText(u"<table cellspacing=\"0\" cellpadding=\"2\">"_qs + html + u"</table>"_qs);
}

void WhyView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitTaken();
}

void WhyView::fitTaken()
{
    const int room = std::max(0, width() - m_button->sizeHint().width() - Theme::Space);
    m_taken->setText(m_taken->fontMetrics().elidedText(m_first, Qt::ElideRight, room));
    m_taken->setAccessibleName(m_first);
}

void WhyView::open(bool isOpen)
{
    m_button->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    m_lines->setVisible(isOpen);
    m_taken->setVisible(!isOpen);
}

} // namespace carillon::ui
