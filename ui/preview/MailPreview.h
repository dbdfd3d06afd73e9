// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"
#include "ui/preview/HtmlView.h"

class QButtonGroup;
class QPlainTextEdit;
class QTabWidget;

namespace carillon::ui {

// A mail in three tabs: its HTML, as wide as on a desk (600 px) or a telephone (375 px), its text, and its source. The view
// of the HTML is made when it is first seen. Belongs to its parent.
class MailPreview : public QWidget {
    Q_OBJECT

public:
    MailPreview(HtmlViewMaker maker, QWidget* parent);

    void show(const Preview& preview);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHtmlTab();
    void updateHtml();
    void setMailWidth(int width);

    HtmlViewMaker m_maker;
    HtmlView* m_html = nullptr;
    QWidget* m_desk = nullptr; // behind the mail
    QTabWidget* m_tabs;
    QPlainTextEdit* m_text;
    QPlainTextEdit* m_source;
    QString m_wanted;
    QString m_shown;
    int m_width = 600;
};

} // namespace carillon::ui
