// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/Theme.h"

#include <QList>
#include <QWidget>

namespace carillon::ui {

// One horizontal bar of parts, with what each part is and counts below it. Parts of zero are left out.
class StackedBar : public QWidget {
    Q_OBJECT

public:
    struct Part {
        QString name;
        qint64 count = 0;
        Tone tone = Tone::Neutral;

        friend bool operator==(const Part&, const Part&) = default;
    };

    explicit StackedBar(QWidget* parent = nullptr);

    void setParts(const QList<Part>& parts);

    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<QRect> legendPlaces(int width) const;
    QColor partColour(qsizetype index) const;

    QList<Part> m_parts;
};

} // namespace carillon::ui
