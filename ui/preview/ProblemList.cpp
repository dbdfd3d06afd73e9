// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/ProblemList.h"

#include "ui/widgets/Theme.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr qsizetype mostShown = 4;

QString wordOf(Severity severity)
{
    switch (severity) {
    case Severity::Hint: return ProblemList::tr("Hint");
    case Severity::Warning: return ProblemList::tr("Warning");
    case Severity::Error: break;
    }
    return ProblemList::tr("Error");
}

QColor colourOf(Severity severity, const QPalette& palette)
{
    return toneColour(palette,
                      severity == Severity::Error         ? Tone::Bad
                          : severity == Severity::Warning ? Tone::Warning
                                                          : Tone::Info);
}

QString htmlOf(const TemplateProblem& problem, const QPalette& palette)
{
    const QString word = QStringLiteral("<b style=\"color:%1\">%2</b>")
                             .arg(colourOf(problem.severity, palette).name(), wordOf(problem.severity).toHtmlEscaped());
    if (problem.part.isEmpty())
        return u"<p>"_qs + word + u": "_qs + problem.message.toHtmlEscaped() + u"</p>"_qs;
    const QString place = ProblemList::tr("%1, line %2, column %3").arg(problem.part).arg(problem.line).arg(problem.column);
    const QString link = QStringLiteral("%1:%2:%3").arg(problem.part).arg(problem.line).arg(problem.column);
    return QStringLiteral("<p>%1 · <a href=\"%2\">%3</a><br>%4</p>")
        .arg(word, link.toHtmlEscaped(), place.toHtmlEscaped(), problem.message.toHtmlEscaped());
}

} // namespace

ProblemList::ProblemList(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel(this))
{
    setRole(this, "card");
    m_text->setObjectName(QStringLiteral("previewProblems"));
    m_text->setAccessibleName(tr("Problems of this message"));
    m_text->setTextFormat(Qt::RichText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextBrowserInteraction);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::Space, 4, Theme::Space, 4);
    column->addWidget(m_text);
    connect(m_text, &QLabel::linkActivated, this, &ProblemList::goTo);
    hide();
}

void ProblemList::setProblems(const QString& headline, const QList<TemplateProblem>& problems)
{
    QList<TemplateProblem> sorted = problems;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const TemplateProblem& a, const TemplateProblem& b) { return a.severity > b.severity; });
    QString html;
    if (!headline.isEmpty())
        html = u"<p><b>"_qs + headline.toHtmlEscaped() + u"</b></p>"_qs;
    for (const TemplateProblem& problem : sorted.mid(0, mostShown))
        html += htmlOf(problem, palette());
    if (sorted.size() > mostShown)
        html += u"<p>"_qs + tr("and %1 more").arg(sorted.size() - mostShown) + u"</p>"_qs;
    m_text->setText(html);
    setVisible(!html.isEmpty());
}

void ProblemList::goTo(const QString& link)
{
    const QStringList place = link.split(u':');
    if (place.size() == 3)
        Q_EMIT activated(place.at(0), place.at(1).toInt(), place.at(2).toInt());
}

} // namespace carillon::ui
