// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/ScheduleStep.h"

#include "ui/forms/Layouts.h"
#include "ui/widgets/Theme.h"

#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QTimeZone>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

// The next whole hour but one: a time that can still be changed at leisure.
QDateTime soon()
{
    const QDateTime later = QDateTime::currentDateTime().addSecs(2 * 3600);
    return QDateTime(later.date(), QTime(later.time().hour(), 0));
}

} // namespace

ScheduleStep::ScheduleStep(QWidget* parent)
    : QWidget(parent)
    , m_now(new QRadioButton(tr("&Now, as soon as it is sent off"), this))
    , m_later(new QRadioButton(tr("A&t a time"), this))
    , m_at(new QDateTimeEdit(soon(), this))
    , m_zone(makeLabel({}, "muted", this))
    , m_problem(makeLabel({}, "error", this))
{
    m_now->setObjectName(QStringLiteral("scheduleNow"));
    m_now->setChecked(true);
    m_later->setObjectName(QStringLiteral("scheduleLater"));
    m_at->setObjectName(QStringLiteral("scheduleAt"));
    m_at->setAccessibleName(tr("Date and time"));
    m_at->setCalendarPopup(true);
    m_at->setDisplayFormat(QLocale().dateFormat(QLocale::ShortFormat) + QStringLiteral("  HH:mm"));
    m_at->setMinimumWidth(200);
    m_zone->setObjectName(QStringLiteral("scheduleZone"));
    m_problem->setObjectName(QStringLiteral("scheduleProblem"));
    auto* later = new QHBoxLayout;
    later->setSpacing(Theme::Space);
    later->addWidget(m_later);
    later->addWidget(m_at);
    later->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::Space);
    column->addWidget(makeLabel(tr("When does it go out?"), "heading", this));
    column->addWidget(m_now);
    column->addLayout(later);
    column->addWidget(m_zone);
    column->addWidget(m_problem);
    column->addStretch(1);
    const auto touched = [this] {
        update();
        Q_EMIT changed();
    };
    connect(m_now, &QRadioButton::toggled, this, touched);
    connect(m_at, &QDateTimeEdit::dateTimeChanged, this, [this, touched] {
        const QSignalBlocker quiet(m_now);
        m_later->setChecked(true);
        touched();
    });
    update();
}

void ScheduleStep::setTime(qint64 at)
{
    const QSignalBlocker quietNow(m_now);
    const QSignalBlocker quietAt(m_at);
    (at > 0 ? m_later : m_now)->setChecked(true);
    m_at->setDateTime(at > 0 ? QDateTime::fromMSecsSinceEpoch(at) : soon());
    update();
}

qint64 ScheduleStep::time() const
{
    return m_now->isChecked() ? 0 : m_at->dateTime().toMSecsSinceEpoch();
}

QString ScheduleStep::problem() const
{
    if (m_later->isChecked() && m_at->dateTime() <= QDateTime::currentDateTime())
        return tr("This time is past: choose a later one, or Now.");
    return {};
}

void ScheduleStep::update()
{
    const QDateTime at = m_at->dateTime();
    m_zone->setVisible(m_later->isChecked());
    m_zone->setText(tr("%1, in your time zone %2 (%3 UTC)")
                        .arg(QLocale().toString(at, QLocale::LongFormat), QString::fromLatin1(QTimeZone::systemTimeZoneId()),
                             QLocale().toString(at.toUTC(), QLocale::ShortFormat)));
    m_problem->setText(problem());
}

} // namespace carillon::ui
