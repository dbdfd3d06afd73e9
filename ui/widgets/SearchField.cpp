// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/SearchField.h"

#include "ui/widgets/Icon.h"

#include <QAction>
#include <QKeyEvent>
#include <QStyle>
#include <QTimer>

namespace carillon::ui {

SearchField::SearchField(const QString& placeholder, QWidget* parent)
    : QLineEdit(parent)
    , m_pause(new QTimer(this))
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    if (const QIcon glass = icon(QStringLiteral("search")); !glass.isNull())
        addAction(glass, LeadingPosition);
    QAction* empty = addAction(icon(QStringLiteral("close")), TrailingPosition);
    empty->setToolTip(tr("Empty the field"));
    empty->setVisible(false);
    connect(empty, &QAction::triggered, this, [this] {
        clear();
        search();
    });
    connect(this, &QLineEdit::textChanged, empty, [empty](const QString& text) { empty->setVisible(!text.isEmpty()); });
    m_pause->setSingleShot(true);
    m_pause->setInterval(PauseMs);
    connect(m_pause, &QTimer::timeout, this, &SearchField::search);
    connect(this, &QLineEdit::textChanged, m_pause, qOverload<>(&QTimer::start));
    connect(this, &QLineEdit::returnPressed, this, &SearchField::search);
}

void SearchField::setProblem(const QString& problem)
{
    setToolTip(problem);
    setAccessibleDescription(problem);
    setProperty("wrong", !problem.isEmpty());
    style()->unpolish(this);
    style()->polish(this);
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        search();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::search()
{
    m_pause->stop();
    const QString now = text().trimmed();
    if (now == m_last)
        return;
    m_last = now;
    Q_EMIT searched(now);
}

} // namespace carillon::ui
