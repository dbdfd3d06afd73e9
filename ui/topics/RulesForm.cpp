// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/RulesForm.h"

#include "ui/forms/DurationField.h"
#include "ui/forms/FieldForm.h"

#include <QCheckBox>
#include <QLineEdit>

namespace carillon::ui {

RulesForm::RulesForm(FieldForm* form)
    : QObject(form)
    , m_hold(new DurationField(QStringLiteral("topicHold"), tr("Can be undone for"), tr("not at all"), form))
    , m_quietHours(new QLineEdit(form))
    , m_nextAccount(new QCheckBox(tr("Go on with the next account"), form))
{
    m_quietHours->setObjectName(QStringLiteral("topicQuietHours"));
    m_quietHours->setPlaceholderText(tr("none"));
    m_nextAccount->setObjectName(QStringLiteral("topicNextAccount"));
    form->addField(QStringLiteral("hold_ms"), tr("Can be &undone for"), m_hold,
                   tr("What is sent off waits so long before anything goes out."));
    form->addField(QStringLiteral("quiet_hours"), tr("&Quiet hours"), m_quietHours,
                   tr("For example 22:00-07:00, by each contact's own clock, for contacts that say nothing themselves."));
    form->addField(QStringLiteral("next_account"), tr("Failo&ver"), m_nextAccount, tr("When one is down or has refused."));
    connect(m_hold, &DurationField::changed, this, &RulesForm::changed);
    connect(m_quietHours, &QLineEdit::textEdited, this, &RulesForm::changed);
    connect(m_nextAccount, &QCheckBox::clicked, this, &RulesForm::changed);
}

void RulesForm::setRules(const DispatchRules& rules)
{
    m_hold->setMs(rules.holdMs);
    m_quietHours->setText(rules.quietHours ? rules.quietHours->text() : QString());
    m_nextAccount->setChecked(rules.nextAccount);
}

Result<DispatchRules> RulesForm::rules() const
{
    DispatchRules rules;
    rules.holdMs = m_hold->ms();
    rules.nextAccount = m_nextAccount->isChecked();
    if (const QString text = m_quietHours->text().trimmed(); !text.isEmpty()) {
        const Result<DayPart> quiet = DayPart::parse(text);
        if (!quiet)
            return fail(ErrorCode::InvalidInput, quiet.error().message, QStringLiteral("quiet_hours"));
        rules.quietHours = *quiet;
    }
    return rules;
}

} // namespace carillon::ui
