// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"

#include <QWidget>

namespace carillon::ui {

// One of the views beside the topics on their page: snippets, content of categories, translations. Belongs to its page.
class LibraryTab : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    // It has come into view: bring it up to date.
    virtual void activate() = 0;
    virtual bool hasUnsavedChanges() const = 0;

Q_SIGNALS:
    void notice(const QString& sentence);
    void problem(const carillon::Error& error);
    void saved(); // what other views show may be another one now
};

} // namespace carillon::ui
