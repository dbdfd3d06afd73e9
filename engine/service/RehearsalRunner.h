// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/RehearsalPages.h"

#include <QThreadPool>

#include <atomic>
#include <map>
#include <memory>

namespace carillon {

class Clock;
class Store;

// Carries a rehearsal: one page after the other is read by a thread of the store, composed by any thread of a pool of its
// own, and counted here in the order of the contacts. Nothing is shared between the threads but the compiled templates,
// which never change, and the wish to stop.
//
// At most maxAhead() pages are read and not yet counted, whatever is slower.
class RehearsalRunner final : public RehearsalRun {
    Q_OBJECT

public:
    static constexpr int pageSize = 100; // contacts

    RehearsalRunner(Store& store, const Clock& clock, const RehearsalRequest& request);
    // Waits for the messages that are being composed at this moment, one a core.
    ~RehearsalRunner() override;

    void start();

    void cancel() override;
    qint64 done() const override { return m_report.contacts; }
    qint64 total() const override { return m_total; }
    const RehearsalReport& report() const override { return m_report; }

private:
    void compile(const Result<RehearsalStart>& begun);
    void readNext();
    void takePage(const RehearsalPage& page);
    void compose(const RehearsalPage& page);
    void takeTally(int number, const RehearsalTally& tally);
    void showReport();
    void finish();
    void giveUp(const Error& error);
    int maxAhead() const { return 2 * m_pool.maxThreadCount() + 1; }
    int nextLimit() const; // contacts of the next page; 0: there are enough

    Store& m_store;
    const Clock& m_clock;
    const RehearsalRequest m_request;
    const RehearsalTerms m_terms;
    const qint64 m_startedAt; // steady
    qint64 m_shownAt = 0; // steady
    std::unique_ptr<Planner> m_planner; // as it is after the last page that was read
    std::shared_ptr<const Composer> m_composer;
    qint64 m_total = 0;
    qint64 m_read = 0; // contacts
    qint64 m_lastContactId = 0;
    int m_pagesRead = 0;
    int m_pagesCounted = 0;
    bool m_reading = false;
    bool m_allRead = false;
    bool m_over = false;
    std::map<int, RehearsalTally> m_waiting; // for the pages before them
    RehearsalTally m_tally;
    RehearsalReport m_report;
    std::shared_ptr<std::atomic<bool>> m_stop;
    QThreadPool m_pool; // the last member: its threads end first
};

} // namespace carillon
