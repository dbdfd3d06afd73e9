// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Limits.h"
#include "ui/forms/FieldForm.h"

class QCheckBox;
class QDoubleSpinBox;
class QSpinBox;

namespace carillon::ui {

// How much an account may send, as a form. Where the platform documents a limit of its own, the field says so.
//
// The fields' keys, and objectNames after "limit_", are the members of AccountLimits in JSON. Belongs to its parent.
class LimitsForm : public FieldForm {
    Q_OBJECT

public:
    // `documented`: what the platform says of itself; 0 where it says nothing.
    LimitsForm(const AccountLimits& limits, const AccountLimits& documented, QWidget* parent = nullptr);

    AccountLimits limits() const;

Q_SIGNALS:
    void edited();

private:
    QDoubleSpinBox* addRate(const QString& key, const QString& label, double value, double documented, const QString& help);
    QSpinBox* addCount(const QString& key, const QString& label, int value, int documented, const QString& help,
                       const QString& none);

    QDoubleSpinBox* m_perSecond;
    QSpinBox* m_burst;
    QSpinBox* m_inFlight;
    QDoubleSpinBox* m_destinationPerSecond;
    QSpinBox* m_destinationBurst;
    QSpinBox* m_destinationInFlight;
    QCheckBox* m_adapt;
};

} // namespace carillon::ui
