// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "ui/editor/LiquidVocabulary.h"
#include "ui/topics/ContentTools.h"

#include <QWidget>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace carillon::ui {

class TemplateEditor;

// One snippet, or what a category says on a channel when a topic has nothing better: where it stands, its parts, its
// history. It saves nothing itself; its tab does. Belongs to its parent.
class SharedContentEditor : public QWidget {
    Q_OBJECT

public:
    // The tools outlive it.
    SharedContentEditor(TemplateScope scope, const ContentTools& tools, QWidget* parent = nullptr);

    void setChannels(const QStringList& channels);
    void setBrands(const QList<Brand>& brands);
    void setVocabulary(const LiquidVocabulary& vocabulary);
    void setUse(const QString& sentence); // where it is used; empty: nothing is said

    // Content without an id is new.
    void setContent(const Template& content);
    Template content() const;
    bool hasUnsavedChanges() const { return m_dirty; }
    // `sent` has been saved and is now `stored`. What was typed since then stays unsaved; nothing of undo is lost.
    void setSaved(const Template& sent, const Template& stored);
    bool showError(const Error& error); // false when no field is to blame
    void focusFirst();

Q_SIGNALS:
    void saveAsked(bool withNote);
    void removeAsked();

private:
    QWidget* makePlace();
    QWidget* makeButtons();
    void addField(QGridLayout* grid, const QString& label, QWidget* field);
    void remakeEditor();
    void placeChanged();
    void setUnsaved(bool unsaved);
    void openHistory();

    const TemplateScope m_scope;
    const ContentTools& m_tools;
    Template m_content;
    LiquidVocabulary m_vocabulary = LiquidVocabulary::standard();
    QLineEdit* m_name;
    QComboBox* m_category;
    QComboBox* m_channel;
    QLineEdit* m_locale;
    QComboBox* m_brand;
    QLabel* m_error;
    QLabel* m_use;
    QVBoxLayout* m_place = nullptr; // of the editor
    TemplateEditor* m_editor = nullptr; // made with the first content
    QPushButton* m_save = nullptr;
    QPushButton* m_saveWithNote = nullptr;
    QPushButton* m_history = nullptr;
    QPushButton* m_remove = nullptr;
    bool m_filling = false;
    bool m_dirty = false;
};

} // namespace carillon::ui
