// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace carillon::ui {

// A field with the words under it, as high as they are in the width that it gets: QFormLayout shares out heights for another
// width than a row's own, which leaves gaps or cuts words off. What is hidden takes no room.
class FieldCell : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    void addLine(QWidget* line); // takes it

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;

private:
    int heightFor(int width) const;
    void arrange();

    QList<QWidget*> m_lines; // from above
    bool m_arranged = false; // its height is that of its width
};

} // namespace carillon::ui
