// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QUrl>

class QNetworkAccessManager;
class QNetworkReply;

namespace carillon::ui {

// Which images of a message on the network may be loaded: none, until somebody asks for those of the message that is shown.
// To load one tells its sender that the message was looked at, and from where.
//
// A pane says begin() for each message it is about to show, the views say want() for each address in it, and the pane says
// end(). An approval is of the addresses that are in the message at that moment: one that is typed later waits for another,
// and another contact's message for its own. Window thread.
class RemoteImages : public QObject {
    Q_OBJECT

public:
    explicit RemoteImages(QObject* parent);

    void begin(const QString& message); // the same string for the same message while it is being edited
    void want(const QUrl& address); // http and https; anything else is never loaded and not counted
    void end(); // says changed()

    qsizetype count() const { return m_wanted.size(); }
    bool isApproved() const; // all that is wanted may be loaded
    void approve();

    // What has been loaded of an approved address for those who draw by themselves: null until changed() or for ever.
    QImage image(const QUrl& address);

Q_SIGNALS:
    void changed();
    void loaded(const QUrl& address);

private:
    void fetch(const QUrl& address);
    void take(QNetworkReply* reply, const QUrl& address);

    QString m_message;
    QSet<QUrl> m_wanted;
    QSet<QUrl> m_approved;
    QSet<QUrl> m_asked;
    QHash<QUrl, QImage> m_images;
    QNetworkAccessManager* m_network = nullptr;
};

} // namespace carillon::ui
