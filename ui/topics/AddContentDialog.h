// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Topic.h"

#include <QDialog>

#include <functional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace carillon::ui {

// Asks for which channel, language, brand and variant content is to be added. Belongs to its parent.
class AddContentDialog : public QDialog {
    Q_OBJECT

public:
    // `taken` says whether there is content at a place already.
    AddContentDialog(const QStringList& channels, const QList<Brand>& brands, std::function<bool(const Template&)> taken,
                     QWidget* parent);

Q_SIGNALS:
    void chosen(const carillon::Template& place);

private:
    Template place() const;
    void check();

    std::function<bool(const Template&)> m_taken;
    QComboBox* m_channel;
    QLineEdit* m_locale;
    QComboBox* m_brand;
    QLineEdit* m_variant;
    QLabel* m_problem;
    QPushButton* m_add;
};

} // namespace carillon::ui
