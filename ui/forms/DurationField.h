// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QSpinBox;

namespace carillon::ui {

// A duration as a number and its unit: seconds to days. One that it cannot show exactly (it came by the API) stays as it is
// until somebody changes it here. Belongs to its parent.
class DurationField : public QWidget {
    Q_OBJECT

public:
    // `none`: what zero is called ("never"). Its parts have the objectNames `name` and `name` + "Unit".
    DurationField(const QString& name, const QString& accessibleName, const QString& none, QWidget* parent = nullptr);

    void setMs(qint64 ms);
    qint64 ms() const;

Q_SIGNALS:
    void changed();

private:
    qint64 shown() const;

    QSpinBox* m_number;
    QComboBox* m_unit;
    qint64 m_given = 0;
    qint64 m_givenShown = 0;
};

} // namespace carillon::ui
