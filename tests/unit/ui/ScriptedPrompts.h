// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/Prompts.h"

#include <QList>

namespace carillon::ui {

// Answers from a script instead of a person, at once, and remembers what was asked. Without an answer left it declines.
//
//     ScriptedPrompts prompts;
//     prompts.confirms = {true};
//     ... click "Cancel campaign" ...
//     QCOMPARE(prompts.asked.last(), "Cancel 8,214 queued deliveries?");
class ScriptedPrompts final : public Prompts {
public:
    QList<bool> confirms;
    QList<int> choices;
    QStringList paths; // for files to open and to save, in order
    QStringList texts;

    QStringList asked; // the sentence of each question, the title of each file or text request
    QList<Error> errors;

    void confirm(QWidget*, const Question& question, std::function<void(bool yes)> done) override
    {
        asked.append(question.text);
        done(!confirms.isEmpty() && confirms.takeFirst());
    }

    void choose(QWidget*, const Choice& choice, std::function<void(int verb)> done) override
    {
        asked.append(choice.text);
        if (!choices.isEmpty())
            done(choices.takeFirst());
    }

    void openFile(QWidget*, const FileRequest& request, std::function<void(const QString& path)> done) override
    {
        giveNext(paths, request.title, done);
    }

    void saveFile(QWidget*, const FileRequest& request, std::function<void(const QString& path)> done) override
    {
        giveNext(paths, request.title, done);
    }

    void askText(QWidget*, const TextRequest& request, std::function<void(const QString& text)> done) override
    {
        giveNext(texts, request.title, done);
    }

    void showError(QWidget*, const Error& error) override { errors.append(error); }

private:
    void giveNext(QStringList& answers, const QString& title, const std::function<void(const QString&)>& done)
    {
        asked.append(title);
        if (!answers.isEmpty())
            done(answers.takeFirst());
    }
};

} // namespace carillon::ui
