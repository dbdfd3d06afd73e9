// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/service/TopicService.h"
#include "ui/editor/LiquidVocabulary.h"
#include "ui/topics/ContentTools.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTabWidget;

namespace carillon::ui {

class ContentEditor;
class FieldForm;
class NextChannelField;
class Prompts;
class RoutesEditor;
class RulesForm;

// One topic: its settings and routes in one tab, its content in the other. It changes nothing itself; the page saves when
// asked. Belongs to its parent.
class TopicEditor : public QWidget {
    Q_OBJECT

public:
    explicit TopicEditor(const ContentTools& tools, QWidget* parent = nullptr);

    void setBrands(const QList<Brand>& brands);
    void setAccounts(const QList<Account>& accounts);
    void setVocabulary(const LiquidVocabulary& vocabulary);
    void recheck(); // what the checker knows has changed
    // What categories say: told of where the topic has no content of its own.
    void setCategoryContent(const QList<Template>& templates);
    void setChannels(const QStringList& channels);

    // A topic without an id is a new one.
    void setTopic(const TopicDetail& detail);
    TopicDetail topic() const;
    Status check() const; // what cannot be read as it is typed; topic() has what was there before
    bool hasUnsavedChanges() const { return m_dirty; }
    // `sent` has been saved and is now `stored`: takes over its ids. What was typed since then stays unsaved.
    void setSaved(const TopicDetail& sent, const TopicDetail& stored);

    void clearErrors();
    bool showError(const Error& error); // false when no field is to blame
    void focusFirst();

Q_SIGNALS:
    void saveAsked();
    void saveWithNoteAsked();
    void removeAsked();

private:
    QWidget* makeSettings();
    QWidget* makeLifetime();
    void setUnsaved(bool unsaved);
    void showBorrowed();
    void showLifetime(qint64 ms);
    qint64 lifetime() const;

    TopicDetail m_detail;
    FieldForm* m_form;
    QLineEdit* m_name;
    QLineEdit* m_key;
    QComboBox* m_category;
    QComboBox* m_brand;
    QSpinBox* m_lifetime = nullptr;
    QComboBox* m_lifetimeUnit = nullptr;
    QSpinBox* m_attempts;
    QComboBox* m_uncertain;
    RulesForm* m_rules = nullptr;
    QList<Account> m_accounts;
    QList<Template> m_categoryContent;
    QLabel* m_borrowed;
    RoutesEditor* m_routes;
    NextChannelField* m_nextChannel;
    ContentEditor* m_content;
    QTabWidget* m_tabs;
    QPushButton* m_save;
    QPushButton* m_saveWithNote;
    QPushButton* m_remove;
    bool m_keyFollowsName = false;
    bool m_dirty = false;
};

} // namespace carillon::ui
