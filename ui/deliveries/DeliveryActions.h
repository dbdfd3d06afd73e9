// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/model/Caller.h"
#include "engine/service/DeliveryService.h"

#include <QObject>

#include <functional>

class QAction;
class QWidget;

namespace carillon::ui {

class Prompts;

// What can be done with deliveries: retry the failed, cancel the waiting, settle the uncertain, export. Each works on all
// that the filter shows; where rows are chosen it asks whether those are meant. Every question says the count.
class DeliveryActions : public QObject {
    Q_OBJECT

public:
    DeliveryActions(DeliveryService& deliveries, const Caller& caller, Prompts& prompts, QWidget* over);

    // What the page shows: its filter, and the rows that are chosen in it.
    void setQuery(const DeliveryQuery& query);
    void setChosen(const QList<DeliveryRow>& rows);

    QAction* retry() const { return m_retry; }
    QAction* cancel() const { return m_cancel; }
    QAction* resend() const { return m_resend; }
    QAction* accept() const { return m_accept; }
    QAction* exportCsv() const { return m_export; }

Q_SIGNALS:
    void changed();
    void notice(const QString& sentence);
    void problem(const carillon::Error& error);

private:
    struct Deed {
        QList<DeliveryState> states; // only deliveries in one of these are meant
        QString title;
        QString question; // with %1 for the count
        QString detail;
        QString verb;
        QString done; // with %1 for the count
        QString none; // what is said when there are none
        std::function<Future<qint64>(const DeliverySelection& selection)> operation;
        bool destructive = false;
    };

    QAction* make(const char* name, const QString& text, const QString& iconName, const QString& toolTip,
                  void (DeliveryActions::*run)());
    void askToRetry();
    void askToCancel();
    void askToResend();
    void askToAccept();
    void askToExport();
    void ask(const Deed& deed);
    void askOf(const Deed& deed, qint64 all, const QList<qint64>& chosen, const DeliveryQuery& query);
    void confirm(const Deed& deed, qint64 count, const DeliverySelection& selection);
    void run(const Deed& deed, const DeliverySelection& selection);
    void runExport(const QString& path);

    DeliveryService& m_deliveries;
    const Caller m_caller;
    Prompts& m_prompts;
    QWidget* m_over;
    DeliveryQuery m_query;
    QList<DeliveryRow> m_chosen;
    QAction* m_retry;
    QAction* m_cancel;
    QAction* m_resend;
    QAction* m_accept;
    QAction* m_export;
};

} // namespace carillon::ui
