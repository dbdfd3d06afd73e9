// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/TemplateProblem.h"
#include "engine/model/Topic.h"
#include "ui/editor/LiquidVocabulary.h"

#include <QHash>
#include <QWidget>

#include <functional>

class QTabWidget;

namespace carillon::ui {

class EditorPane;

// Says what is wrong with one part of a channel's template.
using PartChecker
    = std::function<QList<TemplateProblem>(const QString& channel, const QString& part, const QString& source)>;

// The content for one channel and locale: the short parts (subject, title) as lines, the long ones in tabs beneath. Each
// part's editor is called "<part>Editor". Belongs to its parent.
class TemplateEditor : public QWidget {
    Q_OBJECT

public:
    // `parts` in the order to be shown.
    TemplateEditor(const Template& content, const QStringList& parts, const PartChecker& checker, QWidget* parent = nullptr);

    // What it began with, with the parts as they stand now.
    Template content() const;
    // Takes over the id of what was stored for the same channel and locale.
    void adopt(const Template& stored);
    void setVocabulary(const LiquidVocabulary& vocabulary);
    void goTo(const QString& part, int line, int column);
    // Puts an error at a part; false when there is no such part.
    bool showError(const QString& part, const QString& message);

Q_SIGNALS:
    void changed();

private:
    void addPart(const QString& part, const PartChecker& checker);

    Template m_content;
    QHash<QString, EditorPane*> m_panes;
    QTabWidget* m_tabs;
};

} // namespace carillon::ui
