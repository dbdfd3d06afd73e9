// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/service/Services.h"
#include "ui/widgets/CommandPalette.h"

#include <QObject>

namespace carillon::ui {

// Looks up for the palette what is in the database: topics, campaigns and contacts, a few of each.
class CommandSearch : public QObject {
    Q_OBJECT

public:
    static constexpr int MostOfAKind = 6;

    CommandSearch(const Services& services, QObject* parent);

    void search(const QString& text);

Q_SIGNALS:
    void found(const QString& text, const QList<carillon::ui::Command>& commands);
    void openTopic(qint64 id);
    void openCampaign(qint64 id);
    void openContact(qint64 id);
    void problem(const carillon::Error& error);

private:
    void searchTopics(const QString& text);
    void searchCampaigns(const QString& text);
    void searchContacts(const QString& text);

    const Services& m_services;
};

} // namespace carillon::ui
