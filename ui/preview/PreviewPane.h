// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/service/CampaignService.h"
#include "engine/service/Rehearsal.h"
#include "ui/preview/ContactPicker.h"
#include "ui/preview/HtmlView.h"

#include <QWidget>

#include <optional>

class QLabel;
class QStackedWidget;

namespace carillon::ui {

class ChannelBar;
class FactsLine;
class MailPreview;
class MessageView;
class ProblemList;
class RemoteImages;
class WhyView;

// What a chosen contact would get, as each channel shows it: a mail in the window of a mail program, a message in the
// bubbles of its platform, a card on a lock screen. Above it who it is for and what is wrong with it; below it what is to be
// known of it and which template was taken. While a message cannot be rendered the last one that could stays, and says so.
//
// It only shows: somebody else asks for a preview when ContactPicker::chosen() or channelChosen() says that another one is
// wanted. Alt+Left and Alt+Right walk through the contacts wherever the focus is. Belongs to its parent.
//
//     connect(pane, &PreviewPane::channelChosen, this, &Page::updatePreview);
//     pane->setChannels(channelsOf(topic), editor->channel());
//     source->request({topic, data, pane->picker()->contactId(), pane->channel()});
class PreviewPane : public QWidget {
    Q_OBJECT

public:
    explicit PreviewPane(ContactPicker::Search search, QWidget* parent = nullptr, HtmlViewMaker maker = makeHtmlView);

    ContactPicker* picker() const { return m_picker; }

    // Which channels can be looked at, and which one is being edited: that one is shown until another is chosen here, and
    // again when another one is edited. Empty: as the previews that come are.
    void setChannels(const QStringList& channels, const QString& edited = {});
    QString channel() const; // the one to ask a preview for
    // The extremes of a rehearsal, for the menu beside the contact.
    void setWorstCases(const QList<WorstCase>& cases) { m_picker->setWorstCases(cases); }

    void showPreview(const Preview& preview, const QString& channel);
    void showError(const Error& error);
    // In place of a preview, when there is nothing to preview yet.
    void showNothing(const QString& sentence);

Q_SIGNALS:
    void problemActivated(const QString& part, int line, int column);
    void channelChosen(const QString& channel);
    void shown(); // a preview stands on screen; of a mail: in its HTML view, too

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeRemoteBar();
    void addShortcuts();
    void draw(const Preview& preview, const QString& channel);
    void showRemote();
    void setDark(bool dark);
    bool isDark(const QString& channel) const;
    void dress();

    RemoteImages* m_images;
    ContactPicker* m_picker;
    ChannelBar* m_channels;
    ProblemList* m_problems;
    QLabel* m_recipient;
    QLabel* m_remote = nullptr;
    QWidget* m_remoteBar;
    QStackedWidget* m_content;
    MailPreview* m_mail;
    MessageView* m_messages;
    QLabel* m_nothing;
    FactsLine* m_facts;
    WhyView* m_why;
    QString m_edited;
    bool m_darkMail = false;
    std::optional<bool> m_darkMessages; // nothing: as the window
    std::optional<Preview> m_drawn; // what is on screen, and of which message
    QString m_drawnChannel;
    qint64 m_drawnContact = 0;
};

} // namespace carillon::ui
