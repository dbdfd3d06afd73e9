// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/LiquidEditor.h"

namespace carillon::ui {

// The strip to the left of an editor; the editor paints it. Belongs to the editor.
class LineNumberArea : public QWidget {
public:
    explicit LineNumberArea(LiquidEditor* editor)
        : QWidget(editor)
        , m_editor(editor)
    {
    }

    QSize sizeHint() const override { return {m_editor->lineNumberWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent* event) override { m_editor->paintLineNumbers(event); }

private:
    LiquidEditor* m_editor;
};

} // namespace carillon::ui
