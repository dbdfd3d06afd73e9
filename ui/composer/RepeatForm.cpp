// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/RepeatForm.h"

#include "ui/widgets/Theme.h"

#include <QComboBox>
#include <QDate>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

// What the rule leaves open, the first day says: the day of the week, of the month, of the year.
const QString daily = QStringLiteral("FREQ=DAILY");
const QString workdays = QStringLiteral("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
const QString weekly = QStringLiteral("FREQ=WEEKLY");
const QString fortnightly = QStringLiteral("FREQ=WEEKLY;INTERVAL=2");
const QString monthly = QStringLiteral("FREQ=MONTHLY");
const QString monthEnd = QStringLiteral("FREQ=MONTHLY;BYMONTHDAY=-1");
const QString yearly = QStringLiteral("FREQ=YEARLY");

constexpr int mostTimes = 10'000;

} // namespace

RepeatForm::RepeatForm(QWidget* parent)
    : QWidget(parent)
    , m_choice(new QComboBox(this))
    , m_own(new QLineEdit(this))
    , m_end(new QWidget(this))
    , m_times(new QSpinBox(m_end))
{
    m_choice->setObjectName(QStringLiteral("repeatChoice"));
    m_choice->setAccessibleName(tr("How often"));
    for (const QString& rule : {daily, workdays, weekly, fortnightly, monthly, monthEnd, yearly, QString()})
        m_choice->addItem(QString(), rule);
    m_own->setObjectName(QStringLiteral("repeatRule"));
    m_own->setAccessibleName(tr("Rule"));
    m_own->setPlaceholderText(QStringLiteral("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231"));
    m_times->setObjectName(QStringLiteral("repeatTimes"));
    m_times->setAccessibleName(tr("How many times"));
    m_times->setRange(0, mostTimes);
    m_times->setSpecialValueText(tr("without end"));
    auto* end = new QHBoxLayout(m_end);
    end->setContentsMargins(0, 0, 0, 0);
    end->addWidget(new QLabel(tr("times"), m_end));
    end->insertWidget(0, m_times);
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(m_choice);
    row->addWidget(m_end);
    row->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addLayout(row);
    column->addWidget(m_own);
    setFirstDay(QDate(2026, 1, 1));
    connect(m_choice, &QComboBox::activated, this, [this] {
        if (isOwn() && m_own->text().isEmpty())
            m_own->setText(weekly);
        touch();
    });
    connect(m_own, &QLineEdit::textEdited, this, &RepeatForm::touch);
    connect(m_times, &QSpinBox::valueChanged, this, &RepeatForm::touch);
    setRule(weekly);
}

void RepeatForm::setFirstDay(const QDate& day)
{
    const QLocale locale;
    const QStringList names{tr("Every day"),
                            tr("Every working day"),
                            tr("Every week on %1").arg(locale.dayName(day.dayOfWeek())),
                            tr("Every other week on %1").arg(locale.dayName(day.dayOfWeek())),
                            tr("Every month on day %1").arg(day.day()),
                            tr("Every month on its last day"),
                            tr("Every year on %1").arg(locale.toString(day, QStringLiteral("d MMMM"))),
                            tr("By a rule of your own")};
    for (int i = 0; i < names.size(); ++i)
        m_choice->setItemText(i, names.at(i));
}

void RepeatForm::setRule(const QString& rule)
{
    static const QRegularExpression count(QStringLiteral(";COUNT=([0-9]{1,5})\\z"));
    const QSignalBlocker quiet(m_times);
    const QRegularExpressionMatch counted = count.match(rule);
    const QString base = counted.hasMatch() ? rule.left(counted.capturedStart()) : rule;
    const int usual = base.isEmpty() ? -1 : m_choice->findData(base);
    m_choice->setCurrentIndex(usual >= 0 ? usual : m_choice->count() - 1);
    m_times->setValue(usual >= 0 ? counted.captured(1).toInt() : 0);
    m_own->setText(usual >= 0 ? QString() : rule);
    m_own->setVisible(isOwn());
    m_end->setVisible(!isOwn());
}

QString RepeatForm::rule() const
{
    if (isOwn())
        return m_own->text().trimmed();
    const QString rule = m_choice->currentData().toString();
    return m_times->value() == 0 ? rule : rule + QStringLiteral(";COUNT=%1").arg(m_times->value());
}

bool RepeatForm::isOwn() const
{
    return m_choice->currentData().toString().isEmpty();
}

void RepeatForm::touch()
{
    m_own->setVisible(isOwn());
    m_end->setVisible(!isOwn());
    Q_EMIT changed();
}

} // namespace carillon::ui
