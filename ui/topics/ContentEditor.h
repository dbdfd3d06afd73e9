// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topics/TemplateEditor.h"

#include "engine/base/Error.h"

class QComboBox;
class QMenu;
class QPushButton;
class QStackedWidget;

namespace carillon::ui {

class Prompts;

// The content of a topic: one TemplateEditor for each channel and locale, chosen in a box; more are added and removed here.
// Moving between them keeps what was typed and its undo. Belongs to its parent.
class ContentEditor : public QWidget {
    Q_OBJECT

public:
    ContentEditor(PartChecker checker, Prompts& prompts, QWidget* parent = nullptr);

    // The channels that content can be added for.
    void setChannels(const QStringList& channels);
    void setVocabulary(const LiquidVocabulary& vocabulary);

    void setTemplates(const QList<Template>& templates);
    QList<Template> templates() const;
    // Takes over the ids that the service gave when it saved, and leaves what is typed alone.
    void adopt(const QList<Template>& stored);

    QString currentChannel() const; // empty when there is no content
    void goTo(const QString& part, int line, int column);
    // Error fields are "<channel>.<part>"; false when it is about something else.
    bool showError(const Error& error);

Q_SIGNALS:
    void changed(); // also when another content is chosen

private:
    void fillMenu();
    void add(const QString& channel, const QString& locale);
    void askLocale(const QString& channel);
    void append(const Template& content);
    void removeCurrent();
    void updateControls();
    bool has(const QString& channel, const QString& locale) const;
    TemplateEditor* editorAt(int index) const;

    PartChecker m_checker;
    Prompts& m_prompts;
    QStringList m_channels;
    LiquidVocabulary m_vocabulary = LiquidVocabulary::standard();
    QComboBox* m_choice;
    QPushButton* m_add;
    QPushButton* m_remove;
    QMenu* m_menu;
    QStackedWidget* m_editors;
    bool m_filling = false;
};

} // namespace carillon::ui
