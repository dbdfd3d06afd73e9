// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/Caller.h"
#include "engine/model/Topic.h"

#include <QDialog>

#include <map>

class QLabel;
class QPushButton;
class QSpinBox;

namespace carillon {
class TopicService;
}

namespace carillon::ui {

class DurationField;
class FieldForm;

// How many notifications of each category a contact gets at the most, and within what time. Belongs to its parent.
class FrequencyCapsDialog : public QDialog {
    Q_OBJECT

public:
    FrequencyCapsDialog(TopicService& topics, const Caller& caller, QWidget* parent);

private:
    struct Row {
        QSpinBox* most = nullptr;
        QLabel* within = nullptr;
        DurationField* window = nullptr;
        FrequencyCap saved;
    };

    void addRow(Category category, const QString& title, const QString& help);
    void take(const QList<FrequencyCap>& caps);
    FrequencyCap capOf(Category category) const;
    void arrange();
    void save();

    TopicService& m_topics;
    const Caller m_caller;
    FieldForm* m_form;
    std::map<Category, Row> m_rows;
    QLabel* m_notice;
    QPushButton* m_save;
};

} // namespace carillon::ui
