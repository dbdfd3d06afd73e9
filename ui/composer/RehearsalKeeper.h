// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/Rehearsal.h"

#include <functional>
#include <memory>
#include <optional>

class QTimer;

namespace carillon::ui {

// Keeps a rehearsal up with what is reviewed: begins a third of a second after it changed, and not again while nothing that
// messages are made of does. One at a time; a newer one ends the one before. Window thread; belongs to its parent.
class RehearsalKeeper : public QObject {
    Q_OBJECT

public:
    enum State {
        Idle, // nobody has asked
        Running, // or about to begin
        Done,
        Cancelled, // by the person: what the report says is not all
        Failed, // see error()
    };
    using Begin = std::function<std::unique_ptr<RehearsalRun>(const RehearsalRequest& request)>;

    RehearsalKeeper(Begin begin, QObject* parent);
    ~RehearsalKeeper() override;

    void want(const RehearsalRequest& request);
    void again(); // the same anew: contacts may have changed
    void cancel();
    void leave(); // nobody looks any more: what runs is given up
    void forget(); // there is nothing to rehearse

    State state() const { return m_state; }
    const RehearsalReport& report() const { return m_report; } // while it runs: what is known so far
    const Error& error() const { return m_error; }
    qint64 total() const; // contacts there are; 0: not counted yet

Q_SIGNALS:
    void changed(); // of any of the above

private:
    void begin();
    void end(State state);
    void takeReport();

    Begin m_begin;
    QTimer* m_pause;
    std::optional<RehearsalRequest> m_request; // the one that the state is about
    std::unique_ptr<RehearsalRun> m_run;
    State m_state = Idle;
    RehearsalReport m_report;
    Error m_error;
};

} // namespace carillon::ui
