// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/DispatchRules.h"

#include <QObject>

class QCheckBox;
class QLineEdit;

namespace carillon::ui {

class DurationField;
class FieldForm;

// How the deliveries of a topic are carried out, but for the next channel, which goes with the routes. Adds its fields to a
// form, under the names of DispatchRules in JSON, and belongs to it.
class RulesForm : public QObject {
    Q_OBJECT

public:
    explicit RulesForm(FieldForm* form);

    void setRules(const DispatchRules& rules);
    // Quiet hours that cannot be read are an error of the field "quiet_hours".
    Result<DispatchRules> rules() const;

Q_SIGNALS:
    void changed();

private:
    DurationField* m_hold;
    QLineEdit* m_quietHours;
    QCheckBox* m_nextAccount;
};

} // namespace carillon::ui
