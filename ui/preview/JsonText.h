// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QSyntaxHighlighter>

namespace carillon::ui {

// JSON laid out to be read, its members in the order in which they are sent and its numbers and strings as they are written.
// What is no JSON comes back as it is. Bounded in depth: beyond 100 levels nothing is indented any further.
QString layOutJson(const QByteArray& json);

// Colours names, strings, numbers and words of JSON by the palette of the widget it is shown in. Belongs to its document.
class JsonHighlighter : public QSyntaxHighlighter {
    Q_OBJECT

public:
    explicit JsonHighlighter(QTextDocument* document);

    void setDark(bool dark);

protected:
    void highlightBlock(const QString& text) override;

private:
    bool m_dark = false;
};

} // namespace carillon::ui
