// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/Prompts.h"

#include <QCoreApplication>

namespace carillon::ui {

// Asks with dialogs that are modal to their window, without an event loop of their own.
class DialogPrompts final : public Prompts {
    Q_DECLARE_TR_FUNCTIONS(DialogPrompts)

public:
    void confirm(QWidget* over, const Question& question, std::function<void(bool yes)> done) override;
    void choose(QWidget* over, const Choice& choice, std::function<void(int verb)> done) override;
    void openFile(QWidget* over, const FileRequest& request, std::function<void(const QString& path)> done) override;
    void saveFile(QWidget* over, const FileRequest& request, std::function<void(const QString& path)> done) override;
    void askText(QWidget* over, const TextRequest& request, std::function<void(const QString& text)> done) override;
    void showError(QWidget* over, const Error& error) override;
};

} // namespace carillon::ui
