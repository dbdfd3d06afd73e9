// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace carillon::ui {

// A question before something that cannot be taken back. The text names the thing and its count: "Cancel 8,214 queued
// deliveries?".
struct Question {
    QString title;
    QString text;
    QString detail; // what follows from it; may be empty
    QString verb; // the button: "Cancel deliveries"; the other one says "Keep"
    bool destructive = false; // then the safe answer is the default one
};

// A question with several answers besides not doing it at all.
struct Choice {
    QString title;
    QString text;
    QStringList verbs; // one button each; the first is the default one
};

struct FileRequest {
    QString title;
    QString filter; // "CSV files (*.csv)"
    QString suggestedName; // to save as
};

struct TextRequest {
    QString title;
    QString label;
    QString text; // to begin with
    QString verb; // the button: "Create"
    std::function<QString(const QString& text)> check; // empty: good; otherwise what is wrong, shown while it is typed
};

// All that a page needs of a person. Nothing here blocks: the answer comes by callback, later, in the thread of the window,
// and not at all when the person declines (but confirm, which then says false) or when `over`, the widget that asks, dies
// first.
class Prompts {
public:
    virtual ~Prompts() = default;

    virtual void confirm(QWidget* over, const Question& question, std::function<void(bool yes)> done) = 0;
    virtual void choose(QWidget* over, const Choice& choice, std::function<void(int verb)> done) = 0;
    virtual void openFile(QWidget* over, const FileRequest& request, std::function<void(const QString& path)> done) = 0;
    virtual void saveFile(QWidget* over, const FileRequest& request, std::function<void(const QString& path)> done) = 0;
    virtual void askText(QWidget* over, const TextRequest& request, std::function<void(const QString& text)> done) = 0;
    virtual void showError(QWidget* over, const Error& error) = 0;
};

} // namespace carillon::ui
