// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/RehearsalKeeper.h"

#include <QTimer>

namespace carillon::ui {

namespace {

constexpr int settleMs = 300;

// Saving a draft numbers and dates what is in it; the messages stay the same.
Template contentOf(Template source)
{
    source.id = 0;
    source.topicId = 0;
    source.createdAt = 0;
    source.updatedAt = 0;
    source.version = 0;
    return source;
}

Route wayOf(Route route)
{
    route.id = 0;
    route.topicId = 0;
    return route;
}

Topic topicOf(Topic topic)
{
    topic.createdAt = 0;
    topic.updatedAt = 0;
    return topic;
}

template <typename Value, typename Reduce>
bool areAlike(const QList<Value>& one, const QList<Value>& other, Reduce reduce)
{
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [&](const Value& a, const Value& b) { return reduce(a) == reduce(b); });
}

bool areAlike(const std::optional<TopicDetail>& one, const std::optional<TopicDetail>& other)
{
    if (!one || !other)
        return one.has_value() == other.has_value();
    return topicOf(one->topic) == topicOf(other->topic) && areAlike(one->templates, other->templates, contentOf)
        && areAlike(one->routes, other->routes, wayOf);
}

bool areAlike(const RehearsalRequest& one, const RehearsalRequest& other)
{
    return one.campaign.topicId == other.campaign.topicId && one.campaign.audience == other.campaign.audience
        && one.campaign.data == other.campaign.data && areAlike(one.topic, other.topic);
}

} // namespace

RehearsalKeeper::RehearsalKeeper(Begin begin, QObject* parent)
    : QObject(parent)
    , m_begin(std::move(begin))
    , m_pause(new QTimer(this))
{
    m_pause->setSingleShot(true);
    m_pause->setInterval(settleMs);
    connect(m_pause, &QTimer::timeout, this, &RehearsalKeeper::begin);
}

RehearsalKeeper::~RehearsalKeeper() = default;

qint64 RehearsalKeeper::total() const
{
    return m_run ? m_run->total() : 0;
}

void RehearsalKeeper::want(const RehearsalRequest& request)
{
    if (m_request && areAlike(*m_request, request))
        return;
    m_request = request;
    again();
}

void RehearsalKeeper::again()
{
    if (!m_request)
        return;
    m_run.reset();
    m_report = {};
    m_state = Running;
    m_pause->start();
    Q_EMIT changed();
}

void RehearsalKeeper::begin()
{
    m_run = m_begin(*m_request);
    connect(m_run.get(), &RehearsalRun::progressed, this, &RehearsalKeeper::takeReport);
    connect(m_run.get(), &RehearsalRun::finished, this, [this] { end(Done); });
    connect(m_run.get(), &RehearsalRun::failed, this, [this](const Error& error) {
        m_error = error;
        end(Failed);
    });
    Q_EMIT changed();
}

void RehearsalKeeper::takeReport()
{
    m_report = m_run->report();
    Q_EMIT changed();
}

void RehearsalKeeper::end(State state)
{
    m_state = state;
    m_report = m_run->report();
    m_run.release()->deleteLater(); // it is telling us this
    Q_EMIT changed();
}

void RehearsalKeeper::cancel()
{
    if (m_state != Running)
        return;
    m_pause->stop();
    m_run.reset(); // the report stays as it was shown last
    m_state = Cancelled;
    Q_EMIT changed();
}

void RehearsalKeeper::leave()
{
    if (m_state == Running)
        forget();
}

void RehearsalKeeper::forget()
{
    m_pause->stop();
    m_run.reset();
    m_request.reset();
    m_report = {};
    m_state = Idle;
    Q_EMIT changed();
}

} // namespace carillon::ui
