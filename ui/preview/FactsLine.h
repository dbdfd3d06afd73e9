// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/MessageFacts.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace carillon::ui {

// What is to be known of a message below its picture: how long it is of what its channel takes, in how many parts, what was
// cut, and what its builder has to say. Hidden while there is nothing. Belongs to its parent.
class FactsLine : public QWidget {
    Q_OBJECT

public:
    explicit FactsLine(QWidget* parent = nullptr);

    void setFacts(const MessageFacts& facts);

private:
    QLabel* m_summary;
    QProgressBar* m_fill;
    QLabel* m_notes;
};

// "1,204 of 4,096 characters · 2 messages · GSM-7 · cut"; empty when nothing is known.
QString factsText(const MessageFacts& facts);

} // namespace carillon::ui
