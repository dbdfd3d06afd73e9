// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSocketNotifier;

namespace carillon {

// SIGINT and SIGTERM as a Qt signal in the thread that made this (signalfd). One per process, made before any thread; where
// the application object itself starts threads, hold() goes before it.
class Signals : public QObject {
    Q_OBJECT

public:
    // Keeps the two from ending the process, in this thread and those that it starts from now on.
    static void hold();

    explicit Signals(QObject* parent = nullptr);
    ~Signals() override;

Q_SIGNALS:
    void stopRequested();

private:
    int m_descriptor = -1;
    QSocketNotifier* m_notifier = nullptr;
};

} // namespace carillon
