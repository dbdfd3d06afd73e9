// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/LimitsForm.h"

#include "ui/forms/NumberBox.h"
#include "ui/widgets/Words.h"

#include <QCheckBox>
#include <QLocale>
#include <QSpinBox>

namespace carillon::ui {

namespace {

constexpr double MostPerSecond = 100'000;
constexpr int MostCount = 1'000'000;

QString withHint(const QString& help, double documented)
{
    if (documented <= 0)
        return help;
    const QString number = QLocale().toString(documented, 'g', 6);
    return LimitsForm::tr("%1 The platform documents %2.").arg(help, number);
}

} // namespace

LimitsForm::LimitsForm(const AccountLimits& limits, const AccountLimits& documented, QWidget* parent)
    : FieldForm(parent)
    , m_perSecond(addRate(QStringLiteral("per_second"), tr("Messages a second"), limits.perSecond, documented.perSecond,
                          tr("Through this account, to anybody. Fractions are fine: 0.2 is one in five seconds.")))
    , m_burst(addCount(QStringLiteral("burst"), tr("At once after a rest"), limits.burst, documented.burst,
                       tr("So many may go without a pause when nothing went before."), tr("one second\u2019s worth")))
    , m_inFlight(addCount(QStringLiteral("in_flight"), tr("On the wire at a time"), limits.inFlight, documented.inFlight,
                          tr("Messages that wait for the platform\u2019s answer."), tr("no limit")))
    , m_destinationPerSecond(addRate(QStringLiteral("destination_per_second"), tr("A second to one destination"),
                                     limits.destinationPerSecond, documented.destinationPerSecond,
                                     tr("A destination is a mail domain, a channel, a chat or a phone number.")))
    , m_destinationBurst(addCount(QStringLiteral("destination_burst"), tr("At once to one destination"),
                                  limits.destinationBurst, documented.destinationBurst,
                                  tr("So many may go to it without a pause."), tr("one second\u2019s worth")))
    , m_destinationInFlight(addCount(QStringLiteral("destination_in_flight"), tr("On the wire to one destination"),
                                     limits.destinationInFlight, documented.destinationInFlight,
                                     tr("To one mail domain, chat or number at a time."), tr("no limit")))
    , m_adapt(new QCheckBox(tr("Find the rate that the platform bears"), this))
{
    m_adapt->setObjectName(QStringLiteral("limit_adapt"));
    m_adapt->setChecked(limits.adapt);
    addField(QStringLiteral("adapt"), tr("Adapt"), m_adapt,
             tr("Slower when it complains, faster while it does not; never above what is set here."));
    connect(m_adapt, &QCheckBox::clicked, this, &LimitsForm::edited);
}

QDoubleSpinBox* LimitsForm::addRate(const QString& key, const QString& label, double value, double documented,
                                    const QString& help)
{
    auto* box = new NumberBox(this);
    box->setObjectName(u"limit_"_qs + key);
    box->setRange(0, MostPerSecond);
    box->setDecimals(3);
    box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    box->setSpecialValueText(tr("no limit"));
    box->setMaximumWidth(180);
    box->setValue(value);
    addField(key, label, box, withHint(help, documented));
    connect(box, &QDoubleSpinBox::valueChanged, this, &LimitsForm::edited);
    return box;
}

QSpinBox* LimitsForm::addCount(const QString& key, const QString& label, int value, int documented, const QString& help,
                               const QString& none)
{
    auto* box = new QSpinBox(this);
    box->setObjectName(u"limit_"_qs + key);
    box->setRange(0, MostCount);
    box->setGroupSeparatorShown(true);
    box->setSpecialValueText(none);
    box->setMaximumWidth(180);
    box->setValue(value);
    addField(key, label, box, withHint(help, documented));
    connect(box, &QSpinBox::valueChanged, this, &LimitsForm::edited);
    return box;
}

AccountLimits LimitsForm::limits() const
{
    AccountLimits limits;
    limits.perSecond = m_perSecond->value();
    limits.burst = m_burst->value();
    limits.inFlight = m_inFlight->value();
    limits.destinationPerSecond = m_destinationPerSecond->value();
    limits.destinationBurst = m_destinationBurst->value();
    limits.destinationInFlight = m_destinationInFlight->value();
    limits.adapt = m_adapt->isChecked();
    return limits;
}

} // namespace carillon::ui
