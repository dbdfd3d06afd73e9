// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "ui/topics/TemplateEditor.h"

class QComboBox;
class QMenu;
class QPushButton;
class QStackedWidget;

namespace carillon::ui {

// The content of a topic: one TemplateEditor for each channel, locale, brand and variant, chosen in a box; more are added
// and removed here, and what a content was before is in its history. Moving between them keeps what was typed and its undo;
// so do saving and showing the same topic again. Belongs to its parent.
class ContentEditor : public QWidget {
    Q_OBJECT

public:
    explicit ContentEditor(ContentTools tools, QWidget* parent = nullptr);

    // The channels that content can be added for.
    void setChannels(const QStringList& channels);
    void setBrands(const QList<Brand>& brands);
    void setVocabulary(const LiquidVocabulary& vocabulary);
    void recheck(); // what the checker knows has changed

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
    void addAt(const Template& place);
    void askLocale(const QString& channel);
    void askPlace();
    void append(const Template& content);
    void removeCurrent();
    void openHistory();
    void updateControls();
    bool has(const Template& place) const;
    int count() const;
    TemplateEditor* editorAt(int index) const;

    const ContentTools m_tools;
    QStringList m_channels;
    QList<Brand> m_brands;
    LiquidVocabulary m_vocabulary = LiquidVocabulary::standard();
    QComboBox* m_choice;
    QPushButton* m_history;
    QPushButton* m_add;
    QPushButton* m_remove;
    QMenu* m_menu;
    QStackedWidget* m_editors;
    bool m_filling = false;
};

} // namespace carillon::ui
