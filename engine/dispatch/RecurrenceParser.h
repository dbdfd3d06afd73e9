// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dispatch/RecurrenceRule.h"

#include <QMap>

namespace carillon {

// Reads the text of one rule. Any text gives a rule or an error that names the part.
class RecurrenceParser {
public:
    explicit RecurrenceParser(const QString& text)
        : m_text(text)
    {
    }

    Result<RecurrenceRule> parse();

private:
    void split();
    void readFrequency();
    void readWeekdays();
    void readEnd();
    void checkTogether();
    int number(const QString& part, int value, int most);
    // Numbers from -most to most without 0; `negative` false: from 1.
    QList<int> numbers(const QString& part, int most, bool negative);
    int weekday(const QString& part, const QString& name);
    void refuse(const QString& sentence);

    const QString m_text;
    QMap<QString, QString> m_parts; // by name
    RecurrenceRule m_rule;
    Status m_status; // the first thing that is wrong
};

} // namespace carillon
