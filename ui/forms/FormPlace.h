// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace carillon::ui {

// Where a person is in a form: the field that has the focus, by its objectName, the cursor in it and what is selected, and
// how far the card around is scrolled. Taken before the form is made anew, and given back to the new one.
//
//     const FormPlace place(*this);
//     ... fields of the same names come in place of the old ones ...
//     place.restore(*this);
class FormPlace {
public:
    explicit FormPlace(const QWidget& around);

    void restore(QWidget& around) const;

private:
    QString m_focused; // empty: the focus is elsewhere, and stays there
    int m_anchor = 0;
    int m_cursor = 0;
    int m_scrolled = 0; // pixels
};

} // namespace carillon::ui
