// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/WindowForm.h"

#include "ui/forms/TimeZones.h"
#include "ui/widgets/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>
#include <QTimeEdit>
#include <QTimeZone>
#include <QToolButton>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr int minutesOfDay = 24 * 60;

int minuteOf(const QTimeEdit* edit)
{
    return edit->time().msecsSinceStartOfDay() / 60'000;
}

QTime timeOf(int minute)
{
    return QTime::fromMSecsSinceStartOfDay(minute % minutesOfDay * 60'000);
}

QTimeEdit* makeTime(const QString& name, const QString& accessibleName, QWidget* parent)
{
    auto* edit = new QTimeEdit(parent);
    edit->setObjectName(name);
    edit->setAccessibleName(accessibleName);
    edit->setDisplayFormat(QStringLiteral("HH:mm"));
    edit->setButtonSymbols(QAbstractSpinBox::NoButtons);
    return edit;
}

} // namespace

WindowForm::WindowForm(QWidget* parent)
    : QWidget(parent)
    , m_on(new QCheckBox(tr("Send &only within these hours"), this))
    , m_fields(new QWidget(this))
    , m_from(makeTime(QStringLiteral("windowFrom"), tr("From"), m_fields))
    , m_to(makeTime(QStringLiteral("windowTo"), tr("To"), m_fields))
    , m_zone(makeTimeZoneBox(m_fields))
{
    m_on->setObjectName(QStringLiteral("windowOn"));
    m_zone->setObjectName(QStringLiteral("windowZone"));
    m_zone->setAccessibleName(tr("By the clock of"));
    m_zone->lineEdit()->setPlaceholderText(tr("each contact's own"));
    auto* hours = new QHBoxLayout;
    hours->setSpacing(Theme::SmallSpace);
    hours->addWidget(m_from);
    hours->addWidget(new QLabel(tr("to"), m_fields));
    hours->addWidget(m_to);
    hours->addStretch(1);
    auto* zone = new QHBoxLayout;
    zone->setSpacing(Theme::SmallSpace);
    zone->addWidget(new QLabel(tr("by the clock of"), m_fields));
    zone->addWidget(m_zone, 1);
    auto* inside = new QVBoxLayout(m_fields);
    inside->setContentsMargins(2 * Theme::Space, 0, 0, 0);
    inside->setSpacing(Theme::SmallSpace);
    inside->addLayout(hours);
    inside->addWidget(makeDays());
    inside->addLayout(zone);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(m_on);
    column->addWidget(m_fields);
    connect(m_on, &QCheckBox::toggled, this, &WindowForm::touch);
    connect(m_from, &QTimeEdit::timeChanged, this, &WindowForm::touch);
    connect(m_to, &QTimeEdit::timeChanged, this, &WindowForm::touch);
    connect(m_zone, &QComboBox::currentTextChanged, this, &WindowForm::touch);
    setWindow(std::nullopt);
}

QWidget* WindowForm::makeDays()
{
    auto* box = new QWidget(m_fields);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    for (int day = 1; day <= 7; ++day) {
        auto* button = new QToolButton(box);
        button->setObjectName(QStringLiteral("windowDay%1").arg(day));
        button->setText(QLocale().dayName(day, QLocale::ShortFormat));
        button->setAccessibleName(QLocale().dayName(day));
        button->setCheckable(true);
        setRole(button, "quiet");
        connect(button, &QToolButton::toggled, this, &WindowForm::touch);
        m_days << button;
        row->addWidget(button);
    }
    row->addStretch(1);
    return box;
}

void WindowForm::setWindow(const std::optional<SendWindow>& window)
{
    const QSignalBlocker quiet(this);
    const SendWindow shown = window.value_or(SendWindow());
    m_on->setChecked(window.has_value());
    m_from->setTime(timeOf(shown.hours.from));
    m_to->setTime(timeOf(shown.hours.to));
    for (int day = 0; day < m_days.size(); ++day)
        m_days.at(day)->setChecked(shown.days & (1 << day));
    m_zone->setCurrentText(shown.zone);
    m_fields->setVisible(window.has_value());
}

std::optional<SendWindow> WindowForm::window() const
{
    if (!m_on->isChecked())
        return std::nullopt;
    SendWindow window{{minuteOf(m_from), minuteOf(m_to)}, 0, m_zone->currentText().trimmed()};
    if (window.hours.to == 0) // up to midnight
        window.hours.to = minutesOfDay;
    for (int day = 0; day < m_days.size(); ++day)
        window.days |= m_days.at(day)->isChecked() ? 1 << day : 0;
    return window;
}

QString WindowForm::problem() const
{
    const std::optional<SendWindow> shown = window();
    if (!shown)
        return {};
    if (shown->days == 0)
        return tr("The window has no day on which anything is sent.");
    if (shown->hours.from == shown->hours.to)
        return tr("The window has no hour in which anything is sent.");
    if (!shown->zone.isEmpty() && !QTimeZone::isTimeZoneIdAvailable(shown->zone.toLatin1()))
        return tr("There is no time zone \"%1\".").arg(shown->zone);
    return {};
}

void WindowForm::touch()
{
    m_fields->setVisible(m_on->isChecked());
    Q_EMIT changed();
}

} // namespace carillon::ui
