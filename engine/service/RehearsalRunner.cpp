// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/RehearsalRunner.h"

#include "engine/base/Clock.h"
#include "engine/base/Future.h"
#include "engine/store/Store.h"

#include <QtConcurrent>

namespace carillon {

namespace {

constexpr qint64 showEveryMs = 200;

}

RehearsalRunner::RehearsalRunner(Store& store, const Clock& clock, const RehearsalRequest& request)
    : m_store(store)
    , m_clock(clock)
    , m_request(request)
    , m_terms{store.workspaceId(), clock.now(), request.contactsPerFinding}
    , m_startedAt(clock.steady())
    , m_shownAt(m_startedAt)
    , m_tally(request.contactsPerFinding)
    , m_stop(std::make_shared<std::atomic<bool>>(false))
{
    m_pool.setMaxThreadCount(QThread::idealThreadCount());
}

RehearsalRunner::~RehearsalRunner()
{
    m_stop->store(true);
    m_pool.clear();
}

void RehearsalRunner::start()
{
    whenReady(
        m_store.read([request = m_request](Connection& connection) { return readRehearsalStart(connection, request); }),
        this, [this](const Result<RehearsalStart>& begun) { compile(begun); });
}

void RehearsalRunner::compile(const Result<RehearsalStart>& begun)
{
    if (m_over)
        return;
    if (!begun)
        return giveUp(begun.error());
    m_total = m_request.maxContacts == 0 ? begun->total : qMin(begun->total, m_request.maxContacts);
    m_planner = std::make_unique<Planner>(begun->source);
    const auto work = [content = begun->content, data = m_request.campaign.data] {
        return Result<std::shared_ptr<const Composer>>(std::make_shared<const Composer>(content, data));
    };
    whenReady(QtConcurrent::run(&m_pool, work), this, [this](const Result<std::shared_ptr<const Composer>>& composer) {
        if (m_over)
            return;
        m_composer = *composer;
        readNext();
    });
}

int RehearsalRunner::nextLimit() const
{
    if (m_request.maxContacts == 0)
        return pageSize;
    return int(qMin<qint64>(pageSize, m_request.maxContacts - m_read));
}

void RehearsalRunner::readNext()
{
    if (m_reading || m_allRead || m_pagesRead - m_pagesCounted >= maxAhead())
        return;
    m_reading = true;
    const auto work = [planner = *m_planner, after = m_lastContactId, limit = nextLimit(),
                       now = m_terms.now](Connection& connection) -> Result<RehearsalPage> {
        return readRehearsalPage(connection, planner, after, limit, now);
    };
    whenReady(m_store.read(work), this, [this](const Result<RehearsalPage>& page) {
        if (m_over)
            return;
        page ? takePage(*page) : giveUp(page.error());
    });
}

void RehearsalRunner::takePage(const RehearsalPage& page)
{
    m_reading = false;
    *m_planner = page.planner;
    m_lastContactId = page.planned.lastContactId;
    m_read += page.planned.contacts;
    m_allRead = page.planned.end || nextLimit() == 0;
    compose(page);
    readNext();
}

void RehearsalRunner::compose(const RehearsalPage& page)
{
    const auto work = [page, composer = m_composer, terms = m_terms, stop = m_stop] {
        return Result<RehearsalTally>(rehearsePage(*composer, page, terms, *stop));
    };
    whenReady(QtConcurrent::run(&m_pool, work), this, [this, number = m_pagesRead++](const Result<RehearsalTally>& tally) {
        if (!m_over)
            takeTally(number, *tally);
    });
}

void RehearsalRunner::takeTally(int number, const RehearsalTally& tally)
{
    m_waiting.emplace(number, tally);
    const int before = m_pagesCounted;
    while (!m_waiting.empty() && m_waiting.begin()->first == m_pagesCounted) {
        m_tally.merge(m_waiting.begin()->second);
        m_waiting.erase(m_waiting.begin());
        ++m_pagesCounted;
    }
    if (m_allRead && m_pagesCounted == m_pagesRead)
        return finish();
    readNext();
    if (m_pagesCounted > before && m_clock.steady() - m_shownAt >= showEveryMs) {
        showReport();
        Q_EMIT progressed();
    }
}

void RehearsalRunner::showReport()
{
    m_shownAt = m_clock.steady();
    m_report = m_tally.report();
    m_report.durationMs = m_shownAt - m_startedAt;
}

void RehearsalRunner::finish()
{
    m_over = true;
    showReport();
    Q_EMIT finished();
}

void RehearsalRunner::giveUp(const Error& error)
{
    m_over = true;
    m_stop->store(true);
    Q_EMIT failed(error);
}

void RehearsalRunner::cancel()
{
    if (m_over)
        return;
    m_over = true;
    m_stop->store(true);
    m_pool.clear();
    showReport();
    QMetaObject::invokeMethod(this, &RehearsalRun::finished, Qt::QueuedConnection);
}

} // namespace carillon
