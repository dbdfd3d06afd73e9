// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"
#include "ui/preview/HtmlView.h"

class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QTabBar;

namespace carillon::ui {

class InboxRow;
class MailWindow;
class RemoteImages;

// A mail as its reader gets it: its line in the inbox, and the mail opened, in three tabs: its HTML, laid out for a desk
// (600 px) or a telephone (375 px), its text, and its source. The view of the HTML is made when it is first seen. Belongs to
// its parent.
class MailPreview : public QWidget {
    Q_OBJECT

public:
    MailPreview(HtmlViewMaker maker, RemoteImages& images, QWidget* parent);

    void setPreview(const Preview& preview);
    void setDark(bool dark);

    // What is simulated for this mail in the dark; empty in the light.
    QString darkNote() const;

Q_SIGNALS:
    void shown(); // what was set last is in the HTML view

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeWidths();
    QWidget* makeHtmlTab();
    void setMailWidth(int width);
    void offerHtml(bool isThere);
    void updateHtml();
    void updateSource();
    void showZoom(double zoom);

    HtmlViewMaker m_maker;
    RemoteImages& m_images;
    HtmlView* m_html = nullptr;
    InboxRow* m_inbox;
    MailWindow* m_window = nullptr;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    QPlainTextEdit* m_text;
    QPlainTextEdit* m_source;
    QLabel* m_zoom = nullptr;
    QByteArray m_bytes; // the source
    HtmlMail m_mail;
    int m_width = 600;
    bool m_fellBack = false; // to the text, for want of HTML
};

} // namespace carillon::ui
