// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Channel.h"
#include "ui/editor/LiquidVocabulary.h"
#include "ui/topics/ContentTools.h"

#include <QHash>
#include <QWidget>

#include <functional>

class QTabWidget;
class QTimer;

namespace carillon::ui {

class AttachmentsEditor;
class EditorPane;
class ProblemPanel;
class TemplateOptions;

// One template: the short parts (subject, title, addresses) as lines, the long ones in tabs beneath with attachments and
// options, and under all of it what is wrong, part by part, as it is typed. Each part's editor is called "<part>Editor".
// Belongs to its parent.
class TemplateEditor : public QWidget {
    Q_OBJECT

public:
    using Checker = std::function<QList<TemplateProblem>(const Template& content)>;

    // The tools outlive it.
    TemplateEditor(const Template& content, const ContentTools& tools, QWidget* parent = nullptr);

    // What it began with, with parts and settings as they stand now. Empty parts are left out.
    Template content() const;
    // Finds the problems; without one there are none.
    void setChecker(Checker checker);
    void checkSoon(); // what the checker knows has changed
    void checkNow();

    // Takes over id and version of what was stored at the same place; what is typed stays, and can be undone.
    void adopt(const Template& stored);
    // Puts in other parts and settings, as an edit that can be undone.
    void replaceContent(const Template& content);

    void setVocabulary(const LiquidVocabulary& vocabulary);
    void goTo(const QString& part, int line, int column);
    // Puts an error at a part; false when there is no such part.
    bool showError(const QString& part, const QString& message);

Q_SIGNALS:
    void changed();

private:
    QWidget* makeLines();
    void addOptions();
    void addTab(QWidget* content);
    void insertIntoHtml(const QString& tag);
    void addPart(const ChannelPart& part);
    void addKey(const QString& text, const QKeySequence& key, int step);
    void showLanguages();
    void describeOptions();
    void showTabsWithContent();
    void noteChange();
    void spreadProblems();

    Template m_content;
    const ContentTools& m_tools;
    Checker m_checker;
    QList<ChannelPart> m_parts;
    QHash<QString, EditorPane*> m_panes;
    QTabWidget* m_tabs;
    TemplateOptions* m_options;
    AttachmentsEditor* m_attachments = nullptr;
    ProblemPanel* m_problems;
    QTimer* m_checkTimer;
    bool m_replacing = false;
};

} // namespace carillon::ui
