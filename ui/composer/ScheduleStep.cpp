// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/ScheduleStep.h"

#include "ui/composer/RepeatForm.h"
#include "ui/composer/WindowForm.h"
#include "ui/forms/DurationField.h"
#include "ui/forms/Layouts.h"
#include "ui/forms/TimeZones.h"
#include "ui/widgets/Theme.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QRadioButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QTimeZone>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

const QString wallFormat = QStringLiteral("yyyy-MM-ddTHH:mm");

// The next whole hour but one: a time that can still be changed at leisure.
QDateTime soon()
{
    const QDateTime later = QDateTime::currentDateTime().addSecs(2 * 3600);
    return QDateTime(later.date(), QTime(later.time().hour(), 0));
}

// By the clock of a zone; of this machine when it is empty.
QString dateText(qint64 at, const QString& zone)
{
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(at, Qt::UTC);
    const QTimeZone there(zone.toLatin1());
    return QLocale().toString(there.isValid() ? utc.toTimeZone(there) : utc.toLocalTime(),
                              QStringLiteral("ddd d MMM yyyy HH:mm"));
}

QLabel* wrapped(QLabel* label)
{
    label->setWordWrap(true);
    return label;
}

} // namespace

ScheduleStep::ScheduleStep(QWidget* parent)
    : QWidget(parent)
    , m_choices(new QButtonGroup(this))
    , m_at(new QDateTimeEdit(soon(), this))
    , m_zoneNote(wrapped(makeLabel({}, "muted", this)))
    , m_repeatBox(new QWidget(this))
    , m_repeat(new RepeatForm(m_repeatBox))
    , m_zone(makeTimeZoneBox(m_repeatBox))
    , m_dates(wrapped(makeLabel({}, "muted", this)))
    , m_problem(wrapped(makeLabel({}, "error", this)))
    , m_window(new WindowForm(this))
    , m_holdChoice(new QComboBox(this))
    , m_hold(new DurationField(QStringLiteral("scheduleHold"), tr("Can be undone for"), tr("not at all"), this))
    , m_missed(new QComboBox(this))
    , m_within(new DurationField(QStringLiteral("scheduleWithin"), tr("When no later than"), tr("a moment"), this))
    , m_expires(new DurationField(QStringLiteral("scheduleExpires"), tr("Expires after"), tr("as the topic says"), this))
{
    auto* page = new QWidget(this);
    setRole(page, "page");
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, Theme::SmallSpace, 0);
    column->setSpacing(Theme::Space);
    column->addWidget(makeWhen());
    column->addWidget(makeMore());
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(page);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    connectParts();
    setCampaign({});
}

QWidget* ScheduleStep::makeWhen()
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(makeLabel(tr("When does it go out?"), "heading", box));
    const std::pair<QString, QString> choices[]
        = {{QStringLiteral("scheduleNow"), tr("&Now, as soon as it is sent off")},
           {QStringLiteral("scheduleLater"), tr("A&t a time")},
           {QStringLiteral("scheduleContactZone"), tr("At a time by each contact's own &clock")},
           {QStringLiteral("scheduleRecurring"), tr("Aga&in and again")}};
    for (int choice = Now; choice <= Recurring; ++choice) {
        auto* button = new QRadioButton(choices[choice].second, box);
        button->setObjectName(choices[choice].first);
        m_choices->addButton(button, choice);
        column->addWidget(button);
    }
    m_at->setObjectName(QStringLiteral("scheduleAt"));
    m_at->setAccessibleName(tr("Date and time"));
    m_at->setCalendarPopup(true);
    m_at->setDisplayFormat(QLocale().dateFormat(QLocale::ShortFormat) + QStringLiteral("  HH:mm"));
    m_at->setMinimumWidth(200);
    m_zoneNote->setObjectName(QStringLiteral("scheduleZone"));
    m_zone->setObjectName(QStringLiteral("repeatZone"));
    m_zone->setAccessibleName(tr("Time zone"));
    m_zone->lineEdit()->setPlaceholderText(tr("the brand's"));
    m_dates->setObjectName(QStringLiteral("scheduleDates"));
    m_problem->setObjectName(QStringLiteral("scheduleProblem"));
    auto* repeat = new QVBoxLayout(m_repeatBox);
    repeat->setContentsMargins(0, 0, 0, 0);
    repeat->setSpacing(Theme::SmallSpace);
    auto* zone = new QHBoxLayout;
    zone->setSpacing(Theme::SmallSpace);
    zone->addWidget(new QLabel(tr("by the clock of"), m_repeatBox));
    zone->addWidget(m_zone, 1);
    repeat->addWidget(m_repeat);
    repeat->addLayout(zone);
    auto* inside = new QVBoxLayout;
    inside->setContentsMargins(2 * Theme::Space, Theme::SmallSpace, 0, 0);
    inside->setSpacing(Theme::SmallSpace);
    inside->addWidget(m_at, 0, Qt::AlignLeft);
    for (QWidget* part :
         {static_cast<QWidget*>(m_zoneNote), m_repeatBox, static_cast<QWidget*>(m_dates), static_cast<QWidget*>(m_problem)})
        inside->addWidget(part);
    column->addLayout(inside);
    return box;
}

QWidget* ScheduleStep::makeMore()
{
    auto* box = new QWidget(this);
    m_holdChoice->setObjectName(QStringLiteral("scheduleHoldChoice"));
    m_holdChoice->addItem(tr("As long as the topic says"));
    m_holdChoice->addItem(tr("For a time of its own"));
    auto* hold = new QWidget(box);
    auto* holdRow = new QHBoxLayout(hold);
    holdRow->setContentsMargins(0, 0, 0, 0);
    holdRow->setSpacing(Theme::SmallSpace);
    holdRow->addWidget(m_holdChoice);
    holdRow->addWidget(m_hold);
    holdRow->addStretch(1);
    hold->setFocusProxy(m_holdChoice);
    auto* form = m_more = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->setHorizontalSpacing(Theme::Space);
    form->setVerticalSpacing(Theme::SmallSpace);
    form->addRow(tr("Can be &undone"), hold);
    m_missed->setObjectName(QStringLiteral("scheduleMissed"));
    m_missed->addItem(tr("Ask what to do"), int(MissedPolicy::Ask));
    m_missed->addItem(tr("Send it late, else ask"), int(MissedPolicy::Send));
    m_missed->addItem(tr("Send it late, else skip it"), int(MissedPolicy::Skip));
    form->addRow(tr("When its hour is &missed"), m_missed);
    form->addRow(tr("No late&r than"), m_within);
    form->addRow(tr("&Expires after"), m_expires);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, Theme::SmallSpace, 0, 0);
    column->setSpacing(Theme::Space);
    column->addWidget(m_window);
    column->addLayout(form);
    column->addWidget(wrapped(makeLabel(
        tr("An hour is missed when nothing could be sent: Carillon was closed, or the machine was asleep."), "muted", box)));
    return box;
}

void ScheduleStep::connectParts()
{
    connect(m_choices, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on)
            touch();
    });
    connect(m_at, &QDateTimeEdit::dateTimeChanged, this, [this](const QDateTime& at) {
        m_repeat->setFirstDay(at.date());
        touch();
    });
    connect(m_zone, &QComboBox::currentTextChanged, this, &ScheduleStep::touch);
    connect(m_repeat, &RepeatForm::changed, this, &ScheduleStep::touch);
    connect(m_window, &WindowForm::changed, this, &ScheduleStep::touch);
    for (QComboBox* box : {m_holdChoice, m_missed})
        connect(box, &QComboBox::activated, this, &ScheduleStep::touch);
    for (DurationField* field : {m_hold, m_within, m_expires})
        connect(field, &DurationField::changed, this, &ScheduleStep::touch);
}

ScheduleStep::Choice ScheduleStep::choice() const
{
    return Choice(m_choices->checkedId());
}

bool ScheduleStep::isNow() const
{
    return choice() == Now;
}

qint64 ScheduleStep::nextDate() const
{
    if (isNow())
        return 0;
    return m_next && !m_next->isEmpty() ? m_next->first() : m_at->dateTime().toMSecsSinceEpoch();
}

void ScheduleStep::setCampaign(const Campaign& campaign)
{
    const QSignalBlocker quiet(this);
    const Schedule& schedule = campaign.schedule;
    const std::optional<qint64> wall = wallTimeOf(schedule.localTime);
    if (schedule.kind == ScheduleKind::At)
        m_at->setDateTime(campaign.scheduledAt > 0 ? QDateTime::fromMSecsSinceEpoch(campaign.scheduledAt) : soon());
    else
        m_at->setDateTime(wall ? QDateTime::fromString(schedule.localTime, wallFormat) : soon());
    const Choice chosen = schedule.kind == ScheduleKind::Recurring ? Recurring
        : schedule.kind == ScheduleKind::ContactZone               ? ContactZone
        : campaign.scheduledAt > 0                                 ? At
                                                                   : Now;
    m_choices->button(chosen)->setChecked(true);
    m_repeat->setRule(schedule.rule.isEmpty() ? QStringLiteral("FREQ=WEEKLY") : schedule.rule);
    m_zone->setCurrentText(schedule.zone);
    m_window->setWindow(schedule.window);
    m_holdChoice->setCurrentIndex(campaign.control.holdMs ? 1 : 0);
    m_hold->setMs(campaign.control.holdMs.value_or(30'000));
    m_missed->setCurrentIndex(m_missed->findData(int(schedule.missed)));
    m_within->setMs(schedule.missedWithinMs);
    m_expires->setMs(schedule.expiresAfterMs);
    m_next = QList<qint64>();
    arrange();
}

void ScheduleStep::fill(Campaign& campaign) const
{
    Schedule& schedule = campaign.schedule;
    const bool wall = choice() == ContactZone || choice() == Recurring;
    schedule.kind = choice() == Recurring ? ScheduleKind::Recurring
        : choice() == ContactZone         ? ScheduleKind::ContactZone
                                          : ScheduleKind::At;
    campaign.scheduledAt = choice() == At ? m_at->dateTime().toMSecsSinceEpoch() : 0;
    schedule.localTime = wall ? m_at->dateTime().toString(wallFormat) : QString();
    schedule.rule = choice() == Recurring ? m_repeat->rule() : QString();
    schedule.zone = choice() == Recurring && zoneProblem().isEmpty() ? m_zone->currentText().trimmed() : QString();
    if (m_window->problem().isEmpty())
        schedule.window = m_window->window();
    schedule.missed = MissedPolicy(m_missed->currentData().toInt());
    schedule.missedWithinMs = m_within->ms();
    schedule.expiresAfterMs = m_expires->ms();
    campaign.control.holdMs = m_holdChoice->currentIndex() == 1 ? std::optional(m_hold->ms()) : std::nullopt;
}

QString ScheduleStep::zoneProblem() const
{
    const QString zone = m_zone->currentText().trimmed();
    if (choice() != Recurring || zone.isEmpty() || QTimeZone::isTimeZoneIdAvailable(zone.toLatin1()))
        return {};
    return tr("There is no time zone \"%1\".").arg(zone);
}

QString ScheduleStep::problem() const
{
    if (choice() == At && m_at->dateTime() <= QDateTime::currentDateTime())
        return tr("This time is past: choose a later one, or Now.");
    if (const QString zone = zoneProblem(); !zone.isEmpty())
        return zone;
    if (const QString window = m_window->problem(); !window.isEmpty())
        return window;
    if (!m_next)
        return m_next.error().message;
    return {};
}

void ScheduleStep::showNextDates(const Result<QList<qint64>>& dates)
{
    m_next = dates;
    arrange();
}

void ScheduleStep::touch()
{
    m_next = QList<qint64>();
    arrange();
    Q_EMIT changed();
}

void ScheduleStep::arrange()
{
    const QDateTime at = m_at->dateTime();
    m_at->setVisible(choice() != Now);
    m_zoneNote->setVisible(choice() == At || choice() == ContactZone);
    m_zoneNote->setText(choice() == At ? tr("%1, in your time zone %2 (%3 UTC)")
                                             .arg(QLocale().toString(at, QLocale::LongFormat),
                                                  QString::fromLatin1(QTimeZone::systemTimeZoneId()),
                                                  QLocale().toString(at.toUTC(), QLocale::ShortFormat))
                                       : tr("Contacts without a time zone get it by the brand's clock."));
    m_repeatBox->setVisible(choice() == Recurring);
    const bool late = MissedPolicy(m_missed->currentData().toInt()) != MissedPolicy::Ask;
    m_more->setRowVisible(m_within, late);
    m_hold->setVisible(m_holdChoice->currentIndex() == 1);
    m_problem->setText(problem());
    m_problem->setVisible(!m_problem->text().isEmpty());
    QStringList lines;
    const QString zone = choice() == Recurring ? m_zone->currentText().trimmed() : QString();
    for (const qint64 date : m_next.value_or(QList<qint64>()))
        lines << dateText(date, zone);
    if (choice() == Recurring && !lines.isEmpty())
        m_dates->setText((zone.isEmpty() ? tr("Next, by your clock:") : tr("Next, by the clock of %1:").arg(zone)) + u'\n'
                         + lines.join(u'\n'));
    else if (choice() == ContactZone && lines.size() == 2)
        m_dates->setText(
            tr("The first contacts on earth get it %1, the last %2 (your time).").arg(lines.first(), lines.last()));
    else
        m_dates->clear();
    m_dates->setVisible(!m_dates->text().isEmpty());
}

} // namespace carillon::ui
