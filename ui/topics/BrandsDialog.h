// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Caller.h"
#include "engine/model/Topic.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace carillon {
class TopicService;
}

namespace carillon::ui {

class FieldForm;
class Prompts;

// The brands: who mail is from, where replies and unsubscriptions go, and the defaults of language and time zone. Belongs to
// its parent.
class BrandsDialog : public QDialog {
    Q_OBJECT

public:
    BrandsDialog(TopicService& topics, const Caller& caller, Prompts& prompts, QWidget* parent);

    void reject() override; // asks before it throws away what was typed

Q_SIGNALS:
    void saved();

private:
    void makeForm();
    QLineEdit* addLine(const QString& key, const QString& label, const QString& help);
    void load();
    void showRow(int row);
    void showBrand(const Brand& brand);
    Brand brand() const;
    void save();
    void setDirty(bool dirty);

    TopicService& m_topics;
    const Caller m_caller;
    Prompts& m_prompts;
    QList<Brand> m_brands;
    Brand m_brand;
    QListWidget* m_list;
    FieldForm* m_form;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_fromName = nullptr;
    QLineEdit* m_fromAddress = nullptr;
    QLineEdit* m_replyTo = nullptr;
    QPlainTextEdit* m_postal = nullptr;
    QLineEdit* m_url = nullptr;
    QLineEdit* m_unsubscribe = nullptr;
    QLineEdit* m_locale = nullptr;
    QComboBox* m_timeZone = nullptr;
    QLabel* m_notice;
    QPushButton* m_save;
    bool m_dirty = false;
};

} // namespace carillon::ui
