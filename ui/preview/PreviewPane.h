// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/service/CampaignService.h"
#include "ui/preview/ContactPicker.h"
#include "ui/preview/HtmlView.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QToolButton;

namespace carillon::ui {

class MailPreview;

// What a chosen contact would get: who it is from and to, the content as its channel shows it, and which template was taken
// and why. What cannot be rendered shows its problems in place of the content, each a link to its place.
//
// It only shows: somebody else asks for a preview when chosen() says that the contact has changed. Belongs to its parent.
class PreviewPane : public QWidget {
    Q_OBJECT

public:
    explicit PreviewPane(ContactPicker::Search search, QWidget* parent = nullptr, HtmlViewMaker maker = makeHtmlView);

    ContactPicker* picker() const { return m_picker; }

    void showPreview(const Preview& preview, const QString& channel);
    void showError(const Error& error);
    // In place of a preview, when there is nothing to preview yet.
    void showNothing(const QString& sentence);

Q_SIGNALS:
    void problemActivated(const QString& part, int line, int column);

private:
    QWidget* makeHeader();
    QWidget* makeExplanation();
    void showHeader(const Preview& preview, const QString& channel);
    void showProblems(const QList<TemplateProblem>& problems);
    void showParts(const Preview& preview);
    void showExplanation(const QStringList& lines);
    void goToProblem(const QString& link);

    ContactPicker* m_picker;
    QLabel* m_from = nullptr;
    QLabel* m_to = nullptr;
    QLabel* m_subjectName = nullptr;
    QLabel* m_subject = nullptr;
    QWidget* m_header;
    QStackedWidget* m_content;
    MailPreview* m_mail;
    QPlainTextEdit* m_parts;
    QLabel* m_problems;
    QLabel* m_nothing;
    QToolButton* m_explanationButton = nullptr;
    QLabel* m_explanation = nullptr;
    QWidget* m_why;
};

} // namespace carillon::ui
