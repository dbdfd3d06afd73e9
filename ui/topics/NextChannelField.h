// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace carillon::ui {

// When a topic goes on to the next channel of its accounts: never, or when it was not read so long after it was sent
// (DispatchRules::nextChannelAfterMs). Belongs to its parent.
class NextChannelField : public QWidget {
    Q_OBJECT

public:
    explicit NextChannelField(QWidget* parent = nullptr);

    void setAfter(qint64 ms); // 0: never
    // What this form cannot show exactly (it came by the API) stays as it is until somebody changes it here.
    qint64 after() const;

Q_SIGNALS:
    void changed(); // by a person

private:
    qint64 typed() const;

    qint64 m_given = 0;
    qint64 m_shown = 0; // what the form says of what was given
    QCheckBox* m_on;
    QSpinBox* m_count;
    QComboBox* m_unit;
};

} // namespace carillon::ui
