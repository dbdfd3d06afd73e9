// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/TopicService.h"
#include "ui/topics/ContentTools.h"
#include "ui/topics/LibraryTab.h"

class QSortFilterProxyModel;
class QStackedWidget;
class QStandardItemModel;

namespace carillon::ui {

class ContentFacts;
class DataTable;
class SharedContentEditor;

// The snippets, or the content of categories: a list with the chosen one's editor at the right. Belongs to its page.
class SharedContentTab : public LibraryTab {
    Q_OBJECT

public:
    // Snippet or Category. Services, tools and facts outlive it.
    SharedContentTab(TemplateScope scope, const Services& services, const Caller& caller, const ContentTools& tools,
                     ContentFacts& facts, QWidget* parent = nullptr);

    void activate() override;
    bool hasUnsavedChanges() const override;
    void setBrands(const QList<Brand>& brands);
    void setChannels(const QStringList& channels);

private:
    QWidget* makeList();
    void load();
    void take(const QList<Template>& templates);
    void showRow(int row);
    void show(const Template& content);
    void beginNew();
    void askToSave(bool withNote);
    void save(const QString& note);
    void askToRemove();
    void findUses();
    void showUse();
    QString nameOfRow(const Template& content) const;

    const TemplateScope m_scope;
    const Services& m_services;
    const Caller m_caller;
    const ContentTools& m_tools;
    ContentFacts& m_facts;
    QList<Brand> m_brands;
    QList<Template> m_templates;
    QHash<QString, QStringList> m_uses; // of snippets by name: what puts them in
    bool m_usesKnown = false;
    qint64 m_shown = -1; // id; 0: a new one; -1: none
    QStandardItemModel* m_model;
    QSortFilterProxyModel* m_filtered;
    DataTable* m_table;
    QStackedWidget* m_list = nullptr;
    QStackedWidget* m_detail;
    SharedContentEditor* m_editor;
};

// The names of the snippets that a template puts in.
QStringList snippetsIn(const Template& content);

} // namespace carillon::ui
