// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/ThrottleControl.h"

#include "ui/campaigns/ThrottleScale.h"
#include "ui/forms/Layouts.h"
#include "ui/forms/ToneLabel.h"
#include "ui/widgets/Words.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QTimer>

namespace carillon::ui {

namespace {

constexpr double FirstThrottle = 600; // where a limit begins that was none

} // namespace

ThrottleControl::ThrottleControl(QWidget* parent)
    : QWidget(parent)
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_number(new QDoubleSpinBox(this))
    , m_unlimited(new QCheckBox(tr("No l&imit"), this))
    , m_state(new ToneLabel(this))
    , m_rest(new QTimer(this))
{
    auto* name = new QLabel(tr("&Throttle"), this);
    name->setBuddy(m_slider);
    setRole(name, "muted");
    m_slider->setObjectName(QStringLiteral("throttleSlider"));
    m_slider->setAccessibleName(tr("Throttle"));
    m_slider->setToolTip(tr("How many of its messages may go out in a minute; works while it is being sent"));
    m_slider->setRange(0, ThrottleScale::MostSteps);
    m_slider->setPageStep(ThrottleScale::StepsPerDecade);
    m_slider->setMinimumWidth(110);
    m_number->setObjectName(QStringLiteral("throttleNumber"));
    m_number->setAccessibleName(tr("Messages a minute"));
    m_number->setRange(0.1, ThrottleScale::MostPerMinute);
    m_number->setDecimals(1);
    m_number->setGroupSeparatorShown(true);
    m_number->setKeyboardTracking(false);
    m_number->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_number->setSuffix(tr(" a minute"));
    m_unlimited->setObjectName(QStringLiteral("throttleOff"));
    m_unlimited->setToolTip(tr("As fast as the accounts go"));
    m_state->setObjectName(QStringLiteral("throttleState"));
    m_state->setWordWrap(false);
    m_rest->setSingleShot(true);
    m_rest->setInterval(RestMs);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::Space);
    layout->addWidget(name);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_number);
    layout->addWidget(m_unlimited);
    layout->addWidget(m_state);
    connect(m_slider, &QSlider::valueChanged, this, &ThrottleControl::takeSlider);
    connect(m_number, &QDoubleSpinBox::valueChanged, this, &ThrottleControl::takeNumber);
    connect(m_unlimited, &QCheckBox::toggled, this, &ThrottleControl::takeUnlimited);
    connect(m_rest, &QTimer::timeout, this, &ThrottleControl::ask);
    show(0);
}

double ThrottleControl::throttle() const
{
    return m_unlimited->isChecked() ? 0 : m_number->value();
}

void ThrottleControl::setThrottle(double perMinute)
{
    m_inForce = perMinute;
    if (!m_asked && !m_rest->isActive())
        show(perMinute);
}

void ThrottleControl::setWritable(bool writable)
{
    m_writable = writable;
    m_unlimited->setEnabled(writable);
    m_slider->setEnabled(writable);
    m_number->setEnabled(writable && !m_unlimited->isChecked());
}

void ThrottleControl::acknowledge()
{
    m_asked = false;
    if (m_rest->isActive()) // it has been moved again
        return;
    m_inForce = throttle();
    m_state->say(tr("In force"), Tone::Good);
}

void ThrottleControl::refuse(const QString& why)
{
    m_asked = false;
    m_rest->stop();
    show(m_inForce);
    m_state->say(tr("Not changed"), Tone::Bad);
    m_state->setToolTip(why);
}

void ThrottleControl::reset()
{
    m_asked = false;
    m_rest->stop();
    m_state->clear();
}

// Moving the slider sets a limit: who takes hold of it does not want "none".
void ThrottleControl::takeSlider(int step)
{
    const QSignalBlocker quietNumber(m_number);
    const QSignalBlocker quietBox(m_unlimited);
    m_unlimited->setChecked(false);
    m_number->setValue(ThrottleScale::perMinuteAt(step));
    change();
}

void ThrottleControl::takeNumber(double perMinute)
{
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(ThrottleScale::stepOf(perMinute));
    change();
}

void ThrottleControl::takeUnlimited(bool unlimited)
{
    if (!unlimited && m_inForce <= 0)
        m_number->setValue(FirstThrottle);
    change();
}

void ThrottleControl::change()
{
    m_number->setEnabled(m_writable && !m_unlimited->isChecked());
    describe();
    m_state->say(tr("Changing\u2026"), Tone::Warning);
    m_state->setToolTip({});
    m_rest->start();
}

void ThrottleControl::ask()
{
    m_asked = true;
    Q_EMIT throttleAsked(throttle());
}

void ThrottleControl::show(double perMinute)
{
    const QSignalBlocker quietSlider(m_slider);
    const QSignalBlocker quietNumber(m_number);
    const QSignalBlocker quietBox(m_unlimited);
    m_unlimited->setChecked(perMinute <= 0);
    m_slider->setValue(perMinute > 0 ? ThrottleScale::stepOf(perMinute) : ThrottleScale::MostSteps);
    m_number->setValue(perMinute > 0 ? perMinute : FirstThrottle);
    m_number->setEnabled(m_writable && perMinute > 0);
    describe();
}

// A slider's value is a step, which says nothing to who cannot see it.
void ThrottleControl::describe()
{
    m_slider->setAccessibleDescription(throttle() > 0 ? paceText(throttle()) : tr("no limit"));
}

} // namespace carillon::ui
