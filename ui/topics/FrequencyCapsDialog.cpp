// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/FrequencyCapsDialog.h"

#include "engine/base/Future.h"
#include "engine/model/Names.h"
#include "engine/service/TopicService.h"
#include "ui/forms/DurationField.h"
#include "ui/forms/FieldForm.h"
#include "ui/forms/Layouts.h"
#include "ui/widgets/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr int mostOfAll = 10'000;
constexpr qint64 weekMs = 7LL * 24 * 3'600'000;

} // namespace

FrequencyCapsDialog::FrequencyCapsDialog(TopicService& topics, const Caller& caller, QWidget* parent)
    : QDialog(parent)
    , m_topics(topics)
    , m_caller(caller)
    , m_form(new FieldForm(this))
    , m_notice(makeLabel({}, "error", this))
    , m_save(makeButton(tr("&Save"), QStringLiteral("saveCaps"), this, "primary"))
{
    setObjectName(QStringLiteral("capsDialog"));
    setWindowTitle(tr("Frequency caps"));
    resize(600, 340);
    auto* about
        = makeLabel(tr("A contact who has had so many notifications of a category is left out until the time is over. "
                       "A campaign or a trigger counts once, on however many channels."),
                    "muted", this);
    about->setWordWrap(true);
    addRow(Category::Marketing, tr("&Marketing"), tr("Newsletters, offers."));
    addRow(Category::Transactional, tr("&Transactional"), tr("Orders, invoices, what somebody waits for."));
    addRow(Category::System, tr("S&ystem"), tr("Incidents, sign-in codes. Mostly without a cap."));
    m_notice->setObjectName(QStringLiteral("capsNotice"));
    m_notice->setWordWrap(true);
    m_save->setEnabled(false);
    auto* closeButton = makeButton(tr("Close"), QStringLiteral("closeCaps"), this);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_notice, 1);
    bottom->addWidget(closeButton);
    bottom->addWidget(m_save);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(Theme::PageMargin, Theme::PageMargin, Theme::PageMargin, Theme::PageMargin);
    whole->setSpacing(Theme::Space);
    whole->addWidget(about);
    whole->addWidget(m_form);
    whole->addStretch(1);
    whole->addLayout(bottom);
    connect(closeButton, &QPushButton::clicked, this, &QDialog::close);
    connect(m_save, &QPushButton::clicked, this, &FrequencyCapsDialog::save);
    whenReady(m_topics.frequencyCaps(), this, [this](const Result<QList<FrequencyCap>>& caps) {
        caps ? take(*caps) : m_notice->setText(caps.error().message);
    });
}

void FrequencyCapsDialog::addRow(Category category, const QString& title, const QString& help)
{
    const QString name = QStringLiteral("cap_") + nameOf(category);
    auto* box = new QWidget(m_form);
    Row row;
    row.most = new QSpinBox(box);
    row.most->setObjectName(name);
    row.most->setAccessibleName(tr("At the most"));
    row.most->setRange(0, mostOfAll);
    row.most->setSpecialValueText(tr("any number"));
    row.most->setMinimumWidth(120);
    row.within = new QLabel(tr("within"), box);
    row.window = new DurationField(name + QStringLiteral("_window"), tr("Within"), tr("no time"), box);
    row.window->setMs(weekMs);
    row.saved = {category, 0, 0};
    auto* line = new QHBoxLayout(box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Theme::SmallSpace);
    line->addWidget(row.most);
    line->addWidget(row.within);
    line->addWidget(row.window);
    line->addStretch(1);
    box->setFocusProxy(row.most);
    connect(row.most, &QSpinBox::valueChanged, this, &FrequencyCapsDialog::arrange);
    connect(row.window, &DurationField::changed, this, &FrequencyCapsDialog::arrange);
    m_form->addField(nameOf(category), title, box, help);
    m_rows.emplace(category, row);
    arrange();
}

void FrequencyCapsDialog::take(const QList<FrequencyCap>& caps)
{
    for (const FrequencyCap& cap : caps) {
        Row& row = m_rows.at(cap.category);
        row.saved = cap;
        const QSignalBlocker quiet(row.most);
        row.most->setValue(cap.most);
        row.window->setMs(cap.windowMs);
    }
    arrange();
}

FrequencyCap FrequencyCapsDialog::capOf(Category category) const
{
    const Row& row = m_rows.at(category);
    const int most = row.most->value();
    return {category, most, most == 0 ? 0 : row.window->ms()};
}

void FrequencyCapsDialog::arrange()
{
    bool changed = false;
    for (const auto& [category, row] : m_rows) {
        row.within->setVisible(row.most->value() > 0);
        row.window->setVisible(row.most->value() > 0);
        changed = changed || !(capOf(category) == row.saved);
    }
    m_save->setEnabled(changed);
}

// One after the other: the first that is refused is shown at its place, and the dialog stays.
void FrequencyCapsDialog::save()
{
    m_form->clearErrors();
    m_notice->clear();
    for (const auto& [category, row] : m_rows) {
        const FrequencyCap cap = capOf(category);
        if (cap == row.saved)
            continue;
        m_save->setEnabled(false);
        whenReady(m_topics.saveFrequencyCap(m_caller, cap), this, [this, cap](const Status& saved) {
            if (!saved) {
                if (!m_form->showError({saved.error().code, saved.error().message, nameOf(cap.category)}))
                    m_notice->setText(saved.error().message);
                return arrange();
            }
            m_rows.at(cap.category).saved = cap;
            save();
        });
        return;
    }
    close();
}

} // namespace carillon::ui
