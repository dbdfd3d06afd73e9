// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/Theme.h"

#include <QHash>
#include <QList>
#include <QWidget>

class QGridLayout;
class QLabel;
class QProgressBar;

namespace carillon::ui {

// One line of a funnel: a name, a bar in proportion to the whole, a count. What has a `hint` can be chosen to see what is
// behind it.
struct FunnelLine {
    enum class Kind { Stage, LeftOut, Part, Within };

    QString key; // unlike any other line's; the count's objectName
    QString name;
    qint64 count = 0;
    QString text; // how the count is said: "300 contacts"
    Kind kind = Kind::Part; // Stage: a number of its own; LeftOut: taken from the stage above; Part: one of the
                            // stage above; Within: some of the part above
    Tone tone = Tone::Info;
    QString hint; // the tooltip of a line that can be chosen: "Show who they are"

    friend bool operator==(const FunnelLine&, const FunnelLine&) = default;
};

// A funnel as lines: from everybody at the top, past those left out, to what has become of the rest. The same lines with
// other counts change in place, so that the focus stays where it is. Belongs to its parent.
class FunnelView : public QWidget {
    Q_OBJECT

public:
    explicit FunnelView(QWidget* parent = nullptr);

    // Bars are in proportion to the greatest count.
    void setLines(const QList<FunnelLine>& lines);

Q_SIGNALS:
    void chosen(const QString& key);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row {
        QWidget* name = nullptr;
        QProgressBar* bar = nullptr;
        QLabel* count = nullptr;
    };

    bool isSameShape(const QList<FunnelLine>& lines) const;
    void makeRows();
    QWidget* makeName(const FunnelLine& line);
    void colourBars();
    void showLine(const Row& row, const FunnelLine& line, qint64 whole) const;

    QList<FunnelLine> m_lines;
    QList<Row> m_rows;
    QGridLayout* m_layout = nullptr;
};

} // namespace carillon::ui
