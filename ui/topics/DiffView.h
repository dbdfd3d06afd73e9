// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Topic.h"

#include <QTextBrowser>

namespace carillon::ui {

// The parts and settings of a template, as far as a comparison needs them.
struct ContentState {
    QMap<QString, QString> parts;
    QJsonObject settings;
};

// Shows what differs between two states of a template: part by part, removed and added lines marked by a sign and a colour,
// with their numbers and some lines around them. Belongs to its parent.
class DiffView : public QTextBrowser {
    Q_OBJECT

public:
    explicit DiffView(QWidget* parent = nullptr);

    // `order` of the parts; others follow.
    void compare(const ContentState& before, const ContentState& after, const QStringList& order);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    QString section(const QString& title, const QString& before, const QString& after) const;

    ContentState m_before;
    ContentState m_after;
    QStringList m_order;
};

} // namespace carillon::ui
