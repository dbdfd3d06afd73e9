// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/Layouts.h"

#include "ui/widgets/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>

namespace carillon::ui {

QWidget* makePageHeader(const QString& title, const QList<QWidget*>& controls, QWidget* parent)
{
    auto* header = new QWidget(parent);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(makeLabel(title, "title", header));
    row->addStretch(1);
    for (QWidget* control : controls)
        row->addWidget(control);
    return header;
}

QSplitter* makeListAndDetail(QWidget* list, QWidget* detail, const QList<int>& sizes, QWidget* parent)
{
    auto* splitter = new QSplitter(Qt::Horizontal, parent);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(Theme::Space);
    splitter->addWidget(list);
    splitter->addWidget(detail);
    QList<int> widths; // shares of a width that any window is below, so that the splitter scales them down
    for (const int size : sizes)
        widths << size * 1000;
    splitter->setSizes(widths);
    for (int n = 0; n < sizes.size(); ++n)
        splitter->setStretchFactor(n, sizes.at(n));
    return splitter;
}

QWidget* makeEditorCard(QWidget* content, const QList<QWidget*>& buttons, QWidget* parent)
{
    auto* card = new QFrame(parent);
    setRole(card, "card");
    auto* scroll = new QScrollArea(card);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* page = new QWidget(scroll);
    setRole(page, "page");
    auto* inside = new QVBoxLayout(page);
    inside->setContentsMargins(Theme::Space, Theme::Space, Theme::Space, Theme::Space);
    inside->addWidget(content);
    scroll->setWidget(page);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(Theme::Space, 0, Theme::Space, Theme::Space);
    row->setSpacing(Theme::SmallSpace);
    for (QWidget* button : buttons)
        button ? row->addWidget(button) : row->addStretch(1);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(Theme::Space);
    column->addWidget(scroll, 1);
    column->addLayout(row);
    return card;
}

QPushButton* makeButton(const QString& text, const QString& objectName, QWidget* parent, const char* role)
{
    auto* button = new QPushButton(text, parent);
    button->setObjectName(objectName);
    button->setAutoDefault(false);
    if (role)
        setRole(button, role);
    return button;
}

QLabel* makeLabel(const QString& text, const char* role, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setWordWrap(qstrcmp(role, "title") != 0);
    setRole(label, role);
    return label;
}

} // namespace carillon::ui
