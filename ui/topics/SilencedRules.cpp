// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/SilencedRules.h"

#include <QSettings>

namespace carillon::ui {

namespace {

const QString key = QStringLiteral("editor/silencedRules");

} // namespace

void SilencedRules::useSettings(QSettings& settings)
{
    m_settings = &settings;
    Q_EMIT changed();
}

// Read anew each time: another page may have changed them.
QStringList SilencedRules::rules() const
{
    return m_settings ? m_settings->value(key).toStringList() : m_rules;
}

void SilencedRules::set(const QString& rule, bool silenced)
{
    QStringList all = rules();
    all.removeAll(rule);
    if (silenced)
        all << rule;
    all.sort();
    m_rules = all;
    if (m_settings)
        m_settings->setValue(key, all);
    Q_EMIT changed();
}

QList<TemplateProblem> SilencedRules::filter(const QList<TemplateProblem>& problems) const
{
    const QStringList silenced = rules();
    QList<TemplateProblem> shown;
    for (const TemplateProblem& problem : problems) {
        if (problem.severity == Severity::Error || !silenced.contains(problem.rule))
            shown << problem;
    }
    return shown;
}

} // namespace carillon::ui
