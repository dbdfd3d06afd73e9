// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/RehearsalView.h"

#include "ui/forms/Layouts.h"
#include "ui/forms/ToneLabel.h"
#include "ui/widgets/Icon.h"
#include "ui/widgets/Words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace carillon::ui {

namespace {

QString madeText(qint64 count)
{
    if (count == 1)
        return RehearsalView::tr("1 message can be made");
    return RehearsalView::tr("%1 messages can be made").arg(countText(count));
}

QString failText(qint64 count)
{
    return count == 1 ? RehearsalView::tr("1 fails") : RehearsalView::tr("%1 fail").arg(countText(count));
}

QString summaryOf(const RehearsalReport& report)
{
    const QString made = madeText(report.messages - report.failed);
    if (report.failed == 0)
        return made + u'.';
    return made + QStringLiteral(", ") + failText(report.failed) + u'.';
}

// "3,000 SMS parts are billed: 2,000 messages of 1 part, 500 of 2."
QString smsText(const RehearsalReport& report)
{
    if (report.smsParts.isEmpty())
        return {};
    QStringList shares;
    for (auto parts = report.smsParts.cbegin(); parts != report.smsParts.cend(); ++parts) {
        const QString share = parts.key() == 1 ? RehearsalView::tr("%1 of 1 part") : RehearsalView::tr("%1 of %2 parts");
        shares << (parts.key() == 1 ? share.arg(countText(parts.value()))
                                    : share.arg(countText(parts.value())).arg(parts.key()));
    }
    return RehearsalView::tr("%1 SMS parts will be billed: %2.")
        .arg(countText(report.smsTotalParts), shares.join(QStringLiteral(", ")));
}

QString templatesText(const RehearsalReport& report)
{
    if (report.byTemplate.size() < 2)
        return {};
    QStringList lines;
    for (auto label = report.byTemplate.cbegin(); label != report.byTemplate.cend(); ++label)
        lines << RehearsalView::tr("%1 from %2").arg(countText(label.value()), label.key());
    return lines.join(QStringLiteral("\n"));
}

QIcon iconOf(RehearsalFinding::Kind kind)
{
    switch (kind) {
    case RehearsalFinding::Failed: return dangerIcon(QStringLiteral("warning"));
    case RehearsalFinding::MissingVariable: return icon(QStringLiteral("edit"));
    case RehearsalFinding::Cut:
    case RehearsalFinding::Split:
    case RehearsalFinding::ExtraParts: return icon(QStringLiteral("more"));
    }
    return {};
}

} // namespace

RehearsalView::RehearsalView(RehearsalKeeper& keeper, QWidget* parent)
    : QWidget(parent)
    , m_keeper(keeper)
    , m_again(makeButton(tr("&Rehearse again"), QStringLiteral("rehearseAgain"), this, "quiet"))
    , m_running(makeProgress())
    , m_summary(new ToneLabel(this))
    , m_findings(new QWidget(this))
    , m_column(new QVBoxLayout(m_findings))
    , m_more(makeLabel({}, "muted", m_findings))
    , m_figures(makeLabel({}, "muted", this))
{
    m_summary->setObjectName(QStringLiteral("rehearsalSummary"));
    m_figures->setObjectName(QStringLiteral("rehearsalFigures"));
    m_again->setToolTip(tr("Make everybody's message once more: contacts may have changed"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(2);
    m_column->addWidget(m_more);
    auto* head = new QHBoxLayout;
    head->addWidget(makeLabel(tr("Rehearsal: everybody's message, made and not sent"), "heading", this), 1);
    head->addWidget(m_again);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, Theme::SmallSpace, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addLayout(head);
    column->addWidget(m_running);
    column->addWidget(m_summary);
    column->addWidget(m_findings);
    column->addWidget(m_figures);
    connect(m_again, &QPushButton::clicked, &m_keeper, &RehearsalKeeper::again);
    connect(&m_keeper, &RehearsalKeeper::changed, this, &RehearsalView::refresh);
    refresh();
}

QWidget* RehearsalView::makeProgress()
{
    auto* box = new QWidget(this);
    m_bar = new QProgressBar(box);
    m_bar->setObjectName(QStringLiteral("rehearsalProgress"));
    m_bar->setAccessibleName(tr("Progress of the rehearsal"));
    m_bar->setTextVisible(false);
    m_progress = makeLabel({}, "muted", box);
    m_progress->setWordWrap(false);
    auto* cancel = makeButton(tr("Cancel"), QStringLiteral("cancelRehearsal"), box, "quiet");
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::Space);
    row->addWidget(m_bar, 1);
    row->addWidget(m_progress);
    row->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, &m_keeper, &RehearsalKeeper::cancel);
    return box;
}

void RehearsalView::refresh()
{
    const RehearsalKeeper::State state = m_keeper.state();
    const RehearsalReport& report = m_keeper.report();
    m_running->setVisible(state == RehearsalKeeper::Running);
    m_again->setVisible(state != RehearsalKeeper::Running && state != RehearsalKeeper::Idle);
    if (state == RehearsalKeeper::Running)
        updateProgress();
    if (state == RehearsalKeeper::Failed)
        m_summary->say(m_keeper.error().message, Tone::Bad);
    else if (state == RehearsalKeeper::Cancelled)
        m_summary->say(tr("Cancelled after %1 contacts. %2").arg(countText(report.contacts), summaryOf(report)),
                       Tone::Warning);
    else
        m_summary->say(summaryOf(report), report.failed > 0 ? Tone::Bad : Tone::Good);
    m_summary->setVisible(state >= RehearsalKeeper::Done || report.failed > 0);
    showFindings(report.findings);
    showFigures(report);
}

void RehearsalView::updateProgress()
{
    const qint64 done = m_keeper.report().contacts;
    const qint64 total = m_keeper.total();
    m_bar->setRange(0, total > 0 ? 1000 : 0);
    m_bar->setValue(total > 0 ? int(done * 1000 / total) : 0);
    m_progress->setText(total > 0 ? tr("%1 of %2 contacts").arg(countText(done), countText(total)) : QString());
}

bool RehearsalView::areShown(const QList<RehearsalFinding>& findings) const
{
    return std::equal(m_lines.begin(), m_lines.end(), findings.begin(), findings.end(),
                      [](const Line& line, const RehearsalFinding& finding) {
                          return line.finding.kind == finding.kind && line.finding.channel == finding.channel
                              && line.finding.sentence == finding.sentence;
                      });
}

// Lines stay where they are while only their counts change: somebody may be about to click.
void RehearsalView::showFindings(const QList<RehearsalFinding>& findings)
{
    const QList<RehearsalFinding> shown = findings.mid(0, maxLines);
    if (!areShown(shown)) {
        clearLines();
        for (int n = 0; n < shown.size(); ++n)
            m_lines << makeLine(shown.at(n), n);
    }
    for (int n = 0; n < shown.size(); ++n) {
        Line& line = m_lines[n];
        line.finding = shown.at(n);
        line.count->setText(countText(line.finding.count));
        line.count->setAccessibleName(tr("%1 messages: %2").arg(line.count->text(), line.finding.sentence));
    }
    m_more->setText(tr("%1 more kinds of findings").arg(countText(findings.size() - shown.size())));
    m_more->setVisible(findings.size() > shown.size());
    m_findings->setVisible(!shown.isEmpty());
}

// The old lines go at once: who looks for one by its name finds the new one.
void RehearsalView::clearLines()
{
    for (const Line& line : std::as_const(m_lines)) {
        line.widget->hide();
        line.count->setObjectName({});
        line.widget->deleteLater();
    }
    m_lines.clear();
}

RehearsalView::Line RehearsalView::makeLine(const RehearsalFinding& finding, int number)
{
    auto* line = new QWidget(m_findings);
    auto* count = new QToolButton(line);
    count->setObjectName(QStringLiteral("finding_%1").arg(number));
    count->setIcon(iconOf(finding.kind));
    count->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    count->setToolTip(tr("Show who they are"));
    count->setMinimumWidth(90);
    setRole(count, "quiet");
    const QString where = finding.channel.isEmpty() ? QString() : channelTitle(finding.channel) + QStringLiteral(": ");
    auto* sentence = new QLabel(where + finding.sentence, line);
    sentence->setTextFormat(Qt::PlainText);
    sentence->setWordWrap(true);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(count, 0, Qt::AlignTop);
    row->addWidget(sentence, 1, Qt::AlignVCenter);
    m_column->insertWidget(number, line);
    connect(count, &QToolButton::clicked, this, [this, number] { Q_EMIT findingChosen(m_lines.at(number).finding); });
    return {finding, line, count};
}

void RehearsalView::showFigures(const RehearsalReport& report)
{
    QStringList lines{smsText(report), templatesText(report)};
    lines.removeAll(QString());
    m_figures->setText(lines.join(u'\n'));
    m_figures->setVisible(!lines.isEmpty());
}

} // namespace carillon::ui
