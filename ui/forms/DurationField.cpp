// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/DurationField.h"

#include "ui/widgets/Theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>

namespace carillon::ui {

namespace {

constexpr qint64 second = 1'000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

qint64 unitOf(qint64 ms)
{
    if (ms == 0)
        return minute;
    return ms % day == 0 ? day : ms % hour == 0 ? hour : ms % minute == 0 ? minute : second;
}

} // namespace

DurationField::DurationField(const QString& name, const QString& accessibleName, const QString& none, QWidget* parent)
    : QWidget(parent)
    , m_number(new QSpinBox(this))
    , m_unit(new QComboBox(this))
{
    m_number->setObjectName(name);
    m_number->setAccessibleName(accessibleName);
    m_number->setRange(0, 100'000);
    m_number->setSpecialValueText(none);
    m_number->setMinimumWidth(90);
    m_unit->setObjectName(name + QStringLiteral("Unit"));
    m_unit->setAccessibleName(tr("Unit"));
    m_unit->addItem(tr("seconds"), second);
    m_unit->addItem(tr("minutes"), minute);
    m_unit->addItem(tr("hours"), hour);
    m_unit->addItem(tr("days"), day);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(m_number);
    row->addWidget(m_unit);
    row->addStretch(1);
    setFocusProxy(m_number);
    connect(m_number, &QSpinBox::valueChanged, this, [this](int value) {
        m_unit->setVisible(value > 0);
        Q_EMIT changed();
    });
    connect(m_unit, &QComboBox::activated, this, &DurationField::changed);
    setMs(0);
}

void DurationField::setMs(qint64 ms)
{
    const QSignalBlocker quiet(m_number);
    const qint64 unit = unitOf(ms);
    m_unit->setCurrentIndex(m_unit->findData(unit));
    m_number->setValue(int(ms / unit));
    m_unit->setVisible(m_number->value() > 0);
    m_given = ms;
    m_givenShown = shown();
}

qint64 DurationField::ms() const
{
    return shown() == m_givenShown ? m_given : shown();
}

qint64 DurationField::shown() const
{
    return m_number->value() * m_unit->currentData().toLongLong();
}

} // namespace carillon::ui
