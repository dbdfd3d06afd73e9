// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/TopicService.h"
#include "ui/frame/ConsolePage.h"

class QSortFilterProxyModel;
class QStackedWidget;
class QStandardItemModel;

namespace carillon::ui {

class DataTable;
class TopicEditor;

// The topics as a table, with the chosen one's editor at the right, and the brands behind a button.
class TopicsPage : public ConsolePage {
    Q_OBJECT

public:
    TopicsPage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("topics"); }
    QString title() const override { return tr("&Topics"); }
    QString iconName() const override { return QStringLiteral("topics"); }
    void activate() override;
    void open(qint64 id) override;
    void showFiltered(const QString& filter) override;
    bool hasUnsavedChanges() const override;

private:
    QWidget* makeList();
    void loadBrands();
    void loadAccounts();
    void loadVocabulary();
    void takeList(const QList<TopicSummary>& topics);
    void showRow(int row);
    void load(qint64 id);
    void beginNew();
    void save();
    void takeSaved(qint64 id, const TopicDetail& sent);
    void remove();
    void openBrands();
    QList<TemplateProblem> check(const QString& channel, const QString& part, const QString& source) const;

    QStringList m_attributes;
    QStandardItemModel* m_model;
    QSortFilterProxyModel* m_filtered;
    DataTable* m_table;
    QStackedWidget* m_list = nullptr;
    QStackedWidget* m_detail;
    TopicEditor* m_editor;
    qint64 m_shown = 0;
};

} // namespace carillon::ui
