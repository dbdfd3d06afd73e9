// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/Theme.h"

#include <QFrame>

class QLabel;

namespace carillon::ui {

// A tile with one number: what it counts, the number, and a small line below it.
class KeyFigure : public QFrame {
    Q_OBJECT

public:
    explicit KeyFigure(const QString& title, QWidget* parent = nullptr);

    // A tone other than neutral colours the number.
    void setValue(const QString& value, const QString& note = {}, Tone tone = Tone::Neutral);
    QString value() const;

private:
    QString m_titleText;
    QLabel* m_value;
    QLabel* m_note;
    Tone m_tone = Tone::Neutral;
};

} // namespace carillon::ui
