// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Caller.h"
#include "engine/model/Topic.h"
#include "engine/service/Services.h"
#include "ui/topics/LibraryTab.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace carillon::ui {

class Prompts;
class TextsFilter;
class TextsModel;

// The translations: a table of keys and languages, what is missing marked, edited in place, saved when asked. Belongs to its
// page.
class TranslationsTab : public LibraryTab {
    Q_OBJECT

public:
    // Services and prompts outlive it.
    TranslationsTab(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent = nullptr);

    void activate() override;
    bool hasUnsavedChanges() const override;
    void setBrands(const QList<Brand>& brands);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeTools();
    QWidget* makeTable();
    void load();
    void take(const QList<Template>& texts);
    void chooseBrand();
    void askKey();
    void askLocale();
    void askToRemove();
    void importFile();
    void exportFile();
    void save();
    void saveNext(QList<Template> waiting);
    void updateControls();

    const Services& m_services;
    const Caller m_caller;
    Prompts& m_prompts;
    QList<Template> m_all; // of every brand
    qint64 m_brandId = 0;
    TextsModel* m_model;
    TextsFilter* m_filtered;
    QComboBox* m_brand;
    QCheckBox* m_onlyMissing;
    QTableView* m_table;
    QStackedWidget* m_view = nullptr;
    QLabel* m_count;
    QPushButton* m_remove = nullptr;
    QPushButton* m_save = nullptr;
};

} // namespace carillon::ui
