// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/FunnelView.h"

#include "ui/forms/Layouts.h"
#include "ui/widgets/Words.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace carillon::ui {

FunnelView::FunnelView(QWidget* parent)
    : QWidget(parent)
{
    clear();
}

void FunnelView::setDryRun(const DryRun& run)
{
    clear();
    const qint64 whole = qMax(run.audience, run.willSend);
    addLine(makeLabel(tr("Audience"), "heading", this), run.audience, whole,
            run.audience == 1 ? tr("1 contact") : tr("%1 contacts").arg(countText(run.audience)), false);
    for (const ReasonCount& reason : run.leftOut) {
        auto* name = new QToolButton(this);
        name->setText(reason.sentence);
        name->setObjectName(u"leftOut_" + reason.reason);
        name->setToolTip(tr("Show who they are"));
        setRole(name, "quiet");
        connect(name, &QToolButton::clicked, this, [this, reason] { Q_EMIT reasonChosen(reason.reason, reason.sentence); });
        addLine(name, reason.count, whole, QStringLiteral("\u2212 ") + countText(reason.count), true);
    }
    addLine(makeLabel(tr("Will be sent"), "heading", this), run.willSend, whole,
            run.willSend == 1 ? tr("1 message") : tr("%1 messages").arg(countText(run.willSend)), false);
    m_lines->itemAtPosition(m_lines->rowCount() - 1, 2)->widget()->setObjectName(QStringLiteral("willSend"));
    if (run.byAccount.size() < 2)
        return;
    for (auto account = run.byAccount.cbegin(); account != run.byAccount.cend(); ++account)
        addLine(makeLabel(tr("through %1").arg(account.key()), "muted", this), account.value(), whole,
                countText(account.value()), false);
}

void FunnelView::addLine(QWidget* name, qint64 count, qint64 whole, const QString& text, bool leftOut)
{
    const int row = m_lines->rowCount();
    auto* bar = new QProgressBar(this);
    bar->setRange(0, 1000);
    bar->setValue(whole > 0 ? int(count * 1000 / whole) : 0);
    bar->setTextVisible(false);
    bar->setAccessibleName(text);
    if (leftOut)
        bar->setStyleSheet(
            QStringLiteral("QProgressBar::chunk { background: %1; }").arg(toneColour(palette(), Tone::Warning).name()));
    auto* figure = new QLabel(text, this);
    figure->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    if (auto* label = qobject_cast<QLabel*>(name)) {
        label->setWordWrap(false);
        label->setContentsMargins(15, 6, 0, 6); // in line with the words of the buttons
    }
    m_lines->addWidget(name, row, 0, Qt::AlignLeft);
    m_lines->addWidget(bar, row, 1, Qt::AlignVCenter);
    m_lines->addWidget(figure, row, 2);
}

// The old lines go at once; the layout is made anew because a grid never forgets its rows.
void FunnelView::clear()
{
    const QList<QWidget*> old = findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
    delete m_lines;
    for (QWidget* widget : old) {
        widget->hide();
        widget->setObjectName({}); // who looks for a line by name finds the new one
        widget->deleteLater();
    }
    m_lines = new QGridLayout(this);
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setHorizontalSpacing(Theme::Space);
    m_lines->setVerticalSpacing(2);
    m_lines->setColumnStretch(1, 1);
}

} // namespace carillon::ui
