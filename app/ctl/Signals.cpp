// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Signals.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace carillon {

namespace {

sigset_t requestsToStop()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

} // namespace

void Signals::hold()
{
    const sigset_t set = requestsToStop();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Signals::Signals(QObject* parent)
    : QObject(parent)
{
    hold();
    const sigset_t set = requestsToStop();
    m_descriptor = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    m_notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        signalfd_siginfo info;
        if (read(m_descriptor, &info, sizeof info) == ssize_t(sizeof info))
            Q_EMIT stopRequested();
    });
}

Signals::~Signals()
{
    m_notifier->setEnabled(false);
    close(m_descriptor);
}

} // namespace carillon
