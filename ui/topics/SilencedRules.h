// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/TemplateProblem.h"

#include <QObject>
#include <QStringList>

class QSettings;

namespace carillon::ui {

// The rules whose hints this person does not want to see, by their ids ("line-too-long"), kept in the window's settings.
// What is an error is always shown. Belongs to its page; window thread.
class SilencedRules : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    // From now on reads and writes there; outlives this. Without settings nothing is remembered beyond this object.
    void useSettings(QSettings& settings);

    QStringList rules() const; // in alphabetical order
    bool contains(const QString& rule) const { return rules().contains(rule); }
    void set(const QString& rule, bool silenced);
    // Without those of silenced rules.
    QList<TemplateProblem> filter(const QList<TemplateProblem>& problems) const;

Q_SIGNALS:
    void changed();

private:
    QSettings* m_settings = nullptr;
    QStringList m_rules;
};

} // namespace carillon::ui
