// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/TopicService.h"
#include "ui/frame/ConsolePage.h"
#include "ui/topics/ContentTools.h"

class QAction;
class QButtonGroup;
class QSortFilterProxyModel;
class QStackedWidget;
class QStandardItemModel;

namespace carillon::ui {

class ContentFacts;
class DataTable;
class LibraryTab;
class SharedContentTab;
class SilencedRules;
class TopicEditor;
class TranslationsTab;

// The topics as a table, with the chosen one's editor at the right, and the brands behind a button. Beside them, in views of
// their own (Alt+1 to Alt+4): the snippets, what categories say, and the translations.
class TopicsPage : public ConsolePage {
    Q_OBJECT

public:
    TopicsPage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("topics"); }
    QString title() const override { return tr("Topics"); }
    QString iconName() const override { return QStringLiteral("topics"); }
    void activate() override;
    void open(qint64 id) override;
    void showFiltered(const QString& filter) override;
    bool hasUnsavedChanges() const override;
    void useSettings(QSettings& settings) override;

private:
    enum View { Topics, Snippets, Categories, Translations, ViewCount };

    QWidget* makeHeader();
    QWidget* makeViews();
    QWidget* makeList();
    void addLibrary(LibraryTab* tab);
    void showView(int view);
    void takeBrands();
    TopicDetail topicOf(const QList<Template>& all) const;
    void loadAccounts();
    void takeList(const QList<TopicSummary>& topics);
    void showRow(int row);
    void load(qint64 id);
    void beginNew();
    bool isTopicUnsaved() const;
    void askToSave();
    void save(const QString& note);
    void takeSaved(qint64 id, const TopicDetail& sent);
    void remove();
    void openBrands();
    void sendNow();
    void openCaps();

    SilencedRules* m_silenced;
    ContentFacts* m_facts;
    const ContentTools m_tools;
    QList<Brand> m_brands;
    QButtonGroup* m_viewButtons = nullptr;
    QStackedWidget* m_views = nullptr;
    QList<QWidget*> m_topicButtons; // in the header, for the topics alone, with the gap before them
    SharedContentTab* m_snippets;
    SharedContentTab* m_categories;
    TranslationsTab* m_translations;
    QStandardItemModel* m_model;
    QSortFilterProxyModel* m_filtered;
    DataTable* m_table;
    QStackedWidget* m_list = nullptr;
    QStackedWidget* m_detail;
    TopicEditor* m_editor;
    QAction* m_sendNow;
    qint64 m_shown = 0;
};

} // namespace carillon::ui
