// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/LiquidScanner.h"

#include <QMap>
#include <QSyntaxHighlighter>
#include <QTextCharFormat>

class QPalette;

namespace carillon::ui {

// Colours a document of Liquid over a host language. Belongs to the document; window thread.
class LiquidHighlighter : public QSyntaxHighlighter {
    Q_OBJECT

public:
    LiquidHighlighter(QTextDocument* document, const QPalette& palette);

    void setLanguage(HostLanguage language);
    // Takes the light or the dark colours, as the palette's base is.
    void setPalette(const QPalette& palette);

protected:
    void highlightBlock(const QString& text) override;

private:
    HostLanguage m_language = HostLanguage::Text;
    QMap<SpanKind, QTextCharFormat> m_formats;
};

} // namespace carillon::ui
