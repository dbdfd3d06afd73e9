// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/model/Caller.h"
#include "engine/service/DeliveryService.h"

#include <QObject>

class QAction;
class QWidget;

namespace carillon::ui {

class Prompts;

// What can be done with deliveries: retry the failed, settle the uncertain, export. Each works on the chosen rows when there
// are several, otherwise on all that the filter shows, and asks with the count.
class DeliveryActions : public QObject {
    Q_OBJECT

public:
    DeliveryActions(DeliveryService& deliveries, const Caller& caller, Prompts& prompts, QWidget* over);

    // What the page shows: its filter, and the chosen rows (none of them or one: all of the filter is meant).
    void setQuery(const DeliveryQuery& query);
    void setChosen(const QList<DeliveryRow>& rows);

    QAction* retry() const { return m_retry; }
    QAction* resend() const { return m_resend; }
    QAction* accept() const { return m_accept; }
    QAction* exportCsv() const { return m_export; }

Q_SIGNALS:
    void changed();
    void notice(const QString& sentence);
    void problem(const carillon::Error& error);

private:
    using Operation = std::function<Future<qint64>(const QList<qint64>& ids)>;
    struct Deed {
        DeliveryState state; // only deliveries in this state are meant
        QString title;
        QString question; // with %1 for the count
        QString detail;
        QString verb;
        QString done; // with %1 for the count
        Operation operation;
    };

    QAction* make(const char* name, const QString& text, const QString& iconName, const QString& toolTip,
                  void (DeliveryActions::*run)());
    void askToRetry();
    void askToResend();
    void askToAccept();
    void askToExport();
    void ask(const Deed& deed);
    void askOf(const Deed& deed, qint64 count, const QList<qint64>& ids);
    void run(const Deed& deed, const QList<qint64>& ids);
    void runOnAll(const Deed& deed);
    void runExport(const QString& path);

    DeliveryService& m_deliveries;
    const Caller m_caller;
    Prompts& m_prompts;
    QWidget* m_over;
    DeliveryQuery m_query;
    QList<DeliveryRow> m_chosen;
    QAction* m_retry;
    QAction* m_resend;
    QAction* m_accept;
    QAction* m_export;
};

} // namespace carillon::ui
