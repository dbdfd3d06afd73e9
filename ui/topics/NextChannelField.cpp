// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/NextChannelField.h"

#include "ui/widgets/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>

namespace carillon::ui {

namespace {

constexpr qint64 unitMinute = 60'000;
constexpr qint64 unitHour = 60 * unitMinute;
constexpr qint64 unitDay = 24 * unitHour;
constexpr qint64 usualWait = 10 * unitMinute;
constexpr qint64 longestWait = 30 * unitDay; // that DispatchRules take

} // namespace

NextChannelField::NextChannelField(QWidget* parent)
    : QWidget(parent)
    , m_on(new QCheckBox(tr("if unread after"), this))
    , m_count(new QSpinBox(this))
    , m_unit(new QComboBox(this))
{
    m_on->setObjectName(QStringLiteral("nextChannelOn"));
    m_count->setObjectName(QStringLiteral("nextChannelAfter"));
    m_count->setAccessibleName(tr("Next channel after"));
    m_count->setMinimum(1);
    m_unit->setObjectName(QStringLiteral("nextChannelUnit"));
    m_unit->setAccessibleName(tr("Unit"));
    m_unit->addItem(tr("minutes"), unitMinute);
    m_unit->addItem(tr("hours"), unitHour);
    m_unit->addItem(tr("days"), unitDay);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(m_on);
    row->addWidget(m_count);
    row->addWidget(m_unit);
    row->addStretch(1);
    setFocusProxy(m_on);
    connect(m_on, &QCheckBox::toggled, this, [this](bool on) {
        m_count->setEnabled(on);
        m_unit->setEnabled(on);
        Q_EMIT changed();
    });
    connect(m_count, &QSpinBox::valueChanged, this, &NextChannelField::changed);
    connect(m_unit, &QComboBox::currentIndexChanged, this, [this] {
        m_count->setMaximum(int(longestWait / m_unit->currentData().toLongLong()));
        Q_EMIT changed();
    });
    m_count->setMaximum(int(longestWait / unitMinute));
    setAfter(0);
}

void NextChannelField::setAfter(qint64 ms)
{
    const qint64 shown = ms == 0 ? usualWait : ms;
    const qint64 unit = shown % unitDay == 0 ? unitDay : shown % unitHour == 0 ? unitHour : unitMinute;
    const QSignalBlocker quiet(this);
    m_on->setChecked(ms > 0);
    m_count->setEnabled(ms > 0);
    m_unit->setEnabled(ms > 0);
    m_unit->setCurrentIndex(m_unit->findData(unit));
    m_count->setValue(int(qMax<qint64>(1, shown / unit)));
    m_given = ms;
    m_shown = typed();
}

qint64 NextChannelField::after() const
{
    return typed() == m_shown ? m_given : typed();
}

qint64 NextChannelField::typed() const
{
    return m_on->isChecked() ? m_count->value() * m_unit->currentData().toLongLong() : 0;
}

} // namespace carillon::ui
