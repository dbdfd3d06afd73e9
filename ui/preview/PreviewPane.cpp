// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/PreviewPane.h"

#include "ui/preview/MailPreview.h"
#include "ui/widgets/Theme.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace carillon::ui {

namespace {

QLabel* label(const QString& name, QWidget* parent)
{
    auto* made = new QLabel(parent);
    made->setObjectName(name);
    made->setWordWrap(true);
    made->setTextFormat(Qt::PlainText);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return made;
}

QLabel* caption(const QString& text, QWidget* parent)
{
    auto* made = new QLabel(text, parent);
    setRole(made, "muted");
    return made;
}

bool cannotBeRendered(const Preview& preview)
{
    return std::any_of(preview.problems.cbegin(), preview.problems.cend(),
                       [](const TemplateProblem& problem) { return problem.severity == Severity::Error; });
}

// JSON laid out to be read; anything else as it is.
QString readable(const QString& part)
{
    const QJsonDocument json = QJsonDocument::fromJson(part.toUtf8());
    return json.isNull() ? part : QString::fromUtf8(json.toJson(QJsonDocument::Indented)).trimmed();
}

} // namespace

PreviewPane::PreviewPane(ContactPicker::Search search, QWidget* parent, HtmlViewMaker maker)
    : QWidget(parent)
    , m_picker(new ContactPicker(std::move(search), this))
    , m_header(makeHeader())
    , m_content(new QStackedWidget(this))
    , m_mail(new MailPreview(std::move(maker), this))
    , m_parts(new QPlainTextEdit(this))
    , m_problems(new QLabel(this))
    , m_nothing(label(QStringLiteral("previewNothing"), this))
    , m_why(makeExplanation())
{
    setObjectName(QStringLiteral("previewPane"));
    m_parts->setObjectName(QStringLiteral("previewParts"));
    m_parts->setAccessibleName(tr("The message"));
    m_parts->setReadOnly(true);
    m_parts->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_problems->setObjectName(QStringLiteral("previewProblems"));
    m_problems->setWordWrap(true);
    m_problems->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_problems->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_problems->setMargin(Theme::Space);
    m_nothing->setAlignment(Qt::AlignCenter);
    setRole(m_nothing, "muted");
    for (QWidget* view : {static_cast<QWidget*>(m_nothing), static_cast<QWidget*>(m_mail), static_cast<QWidget*>(m_parts),
                          static_cast<QWidget*>(m_problems)})
        m_content->addWidget(view);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::Space, Theme::Space, Theme::Space, Theme::Space);
    column->setSpacing(Theme::Space);
    column->addWidget(m_picker);
    column->addWidget(m_header);
    column->addWidget(m_content, 1);
    column->addWidget(m_why);
    connect(m_problems, &QLabel::linkActivated, this, &PreviewPane::goToProblem);
    showNothing(tr("Nothing to preview yet."));
}

QWidget* PreviewPane::makeHeader()
{
    auto* header = new QWidget(this);
    auto* form = new QFormLayout(header);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(2);
    m_from = label(QStringLiteral("previewFrom"), header);
    m_to = label(QStringLiteral("previewTo"), header);
    m_subject = label(QStringLiteral("previewSubject"), header);
    m_subjectName = caption(tr("Subject"), header);
    form->addRow(caption(tr("From"), header), m_from);
    form->addRow(caption(tr("To"), header), m_to);
    form->addRow(m_subjectName, m_subject);
    return header;
}

QWidget* PreviewPane::makeExplanation()
{
    auto* why = new QWidget(this);
    m_explanationButton = new QToolButton(why);
    m_explanationButton->setObjectName(QStringLiteral("previewWhy"));
    m_explanationButton->setText(tr("Why this content"));
    m_explanationButton->setToolTip(tr("Which template was taken, and why"));
    m_explanationButton->setCheckable(true);
    m_explanationButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_explanationButton->setArrowType(Qt::RightArrow);
    setRole(m_explanationButton, "quiet");
    m_explanation = label(QStringLiteral("previewExplanation"), why);
    m_explanation->setContentsMargins(Theme::Space, 0, 0, 0);
    setRole(m_explanation, "muted");
    m_explanation->hide();
    auto* column = new QVBoxLayout(why);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_explanationButton);
    column->addWidget(m_explanation);
    connect(m_explanationButton, &QToolButton::toggled, this, [this](bool open) {
        m_explanationButton->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        m_explanation->setVisible(open);
    });
    return why;
}

void PreviewPane::showPreview(const Preview& preview, const QString& channel)
{
    showHeader(preview, channel);
    showExplanation(preview.explanation);
    if (cannotBeRendered(preview))
        return showProblems(preview.problems);
    if (channel == u"email") {
        m_content->setCurrentWidget(m_mail);
        m_mail->show(preview);
    } else {
        m_content->setCurrentWidget(m_parts);
        showParts(preview);
    }
}

void PreviewPane::showError(const Error& error)
{
    m_problems->setText(error.message.toHtmlEscaped());
    m_content->setCurrentWidget(m_problems);
}

void PreviewPane::showNothing(const QString& sentence)
{
    m_nothing->setText(sentence);
    m_content->setCurrentWidget(m_nothing);
    m_header->hide();
    m_why->hide();
}

void PreviewPane::showHeader(const Preview& preview, const QString& channel)
{
    const QString title = preview.parts.value(channel == u"email" ? QStringLiteral("subject") : QStringLiteral("title"));
    m_header->show();
    m_from->setText(preview.from);
    m_to->setText(preview.to);
    m_subject->setText(title);
    m_subject->setVisible(channel == u"email" || !title.isEmpty());
    m_subjectName->setVisible(m_subject->isVisibleTo(m_header));
    m_subjectName->setText(channel == u"email" ? tr("Subject") : tr("Title"));
}

void PreviewPane::showProblems(const QList<TemplateProblem>& problems)
{
    QString html = u"<p><b>" + tr("This cannot be rendered as it stands.").toHtmlEscaped() + u"</b></p>";
    for (const TemplateProblem& problem : problems) {
        const QString place = tr("%1, line %2, column %3").arg(problem.part).arg(problem.line).arg(problem.column);
        const QString link = QStringLiteral("%1:%2:%3").arg(problem.part).arg(problem.line).arg(problem.column);
        html += QStringLiteral("<p><a href=\"%1\">%2</a><br>%3</p>")
                    .arg(link.toHtmlEscaped(), place.toHtmlEscaped(), problem.message.toHtmlEscaped());
    }
    m_problems->setText(html);
    m_content->setCurrentWidget(m_problems);
}

void PreviewPane::goToProblem(const QString& link)
{
    const QStringList place = link.split(u':');
    if (place.size() == 3)
        Q_EMIT problemActivated(place.at(0), place.at(1).toInt(), place.at(2).toInt());
}

void PreviewPane::showParts(const Preview& preview)
{
    QStringList texts;
    for (auto part = preview.parts.cbegin(); part != preview.parts.cend(); ++part) {
        if (part.key() != u"title" && !part.value().isEmpty())
            texts << readable(part.value());
    }
    const QString text = texts.join(QStringLiteral("\n\n"));
    if (m_parts->toPlainText() != text)
        m_parts->setPlainText(text);
}

void PreviewPane::showExplanation(const QStringList& lines)
{
    m_why->setVisible(!lines.isEmpty());
    m_explanation->setText(lines.join(u'\n'));
}

} // namespace carillon::ui
