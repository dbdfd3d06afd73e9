// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/FunnelView.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include <algorithm>

namespace carillon::ui {

namespace {

// A button's text would take a single ampersand for a mnemonic.
QString buttonText(const QString& text)
{
    return QString(text).replace(u'&', QStringLiteral("&&"));
}

int partOf(qint64 count, qint64 whole)
{
    return whole > 0 ? static_cast<int>(count * 1'000 / whole) : 0;
}

} // namespace

FunnelView::FunnelView(QWidget* parent)
    : QWidget(parent)
{
}

void FunnelView::setLines(const QList<FunnelLine>& lines)
{
    if (lines == m_lines)
        return;
    const bool same = isSameShape(lines);
    m_lines = lines;
    if (!same)
        makeRows();
    const auto most = std::max_element(
        lines.begin(), lines.end(), [](const FunnelLine& one, const FunnelLine& other) { return one.count < other.count; });
    for (qsizetype i = 0; i < lines.size(); ++i)
        showLine(m_rows.at(i), lines.at(i), most->count);
}

bool FunnelView::isSameShape(const QList<FunnelLine>& lines) const
{
    return std::equal(lines.begin(), lines.end(), m_lines.begin(), m_lines.end(),
                      [](const FunnelLine& one, const FunnelLine& other) {
                          return one.key == other.key && one.name == other.name && one.kind == other.kind
                              && one.tone == other.tone && one.hint == other.hint;
                      });
}

// The old lines go at once; the layout is made anew because a grid never forgets its rows.
void FunnelView::makeRows()
{
    for (QWidget* widget : findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        widget->hide();
        widget->setObjectName({}); // who looks for a line by name finds the new one
        widget->deleteLater();
    }
    m_rows.clear();
    delete m_layout;
    m_layout = new QGridLayout(this);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(Theme::Space);
    m_layout->setVerticalSpacing(1);
    m_layout->setColumnStretch(1, 1);
    for (const FunnelLine& line : std::as_const(m_lines)) {
        auto* bar = new QProgressBar(this);
        bar->setRange(0, 1'000);
        bar->setTextVisible(false);
        auto* count = new QLabel(this);
        count->setObjectName(line.key);
        count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        const Row row{makeName(line), bar, count};
        const int at = static_cast<int>(m_rows.size());
        m_layout->addWidget(row.name, at, 0, Qt::AlignLeft);
        m_layout->addWidget(bar, at, 1, Qt::AlignVCenter);
        m_layout->addWidget(count, at, 2);
        m_rows.append(row);
    }
    colourBars();
}

void FunnelView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colourBars();
}

void FunnelView::colourBars()
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const QColor colour = toneColour(palette(), m_lines.at(i).tone);
        m_rows.at(i).bar->setStyleSheet(QStringLiteral("QProgressBar::chunk { background: %1; }").arg(colour.name()));
    }
}

QWidget* FunnelView::makeName(const FunnelLine& line)
{
    if (line.hint.isEmpty()) {
        auto* label = new QLabel(line.name, this);
        label->setTextFormat(Qt::PlainText);
        const int indent = line.kind == FunnelLine::Kind::Within ? 2 * Theme::Space : 0;
        label->setContentsMargins(9 + indent, 4, 0, 4); // in line with the words of the buttons
        setRole(label, line.kind == FunnelLine::Kind::Stage ? "heading" : "muted");
        return label;
    }
    auto* button = new QToolButton(this);
    button->setObjectName(line.key + u"Button");
    button->setText(buttonText(line.name));
    button->setToolTip(line.hint);
    setRole(button, "quiet");
    connect(button, &QToolButton::clicked, this, [this, key = line.key] { Q_EMIT chosen(key); });
    return button;
}

void FunnelView::showLine(const Row& row, const FunnelLine& line, qint64 whole) const
{
    row.bar->setValue(partOf(line.count, whole));
    row.bar->setAccessibleName(u"%1: %2"_qs.arg(line.name, line.text));
    row.count->setText(line.text);
    if (!line.hint.isEmpty())
        row.name->setAccessibleName(row.bar->accessibleName());
}

} // namespace carillon::ui
