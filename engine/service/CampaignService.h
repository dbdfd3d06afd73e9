// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Caller.h"
#include "engine/model/Campaign.h"
#include "engine/model/Contact.h"
#include "engine/model/Delivery.h"
#include "engine/model/Message.h"
#include "engine/model/MessageFacts.h"
#include "engine/model/Page.h"
#include "engine/model/TemplateProblem.h"
#include "engine/service/TopicService.h"

#include <QMap>

#include <memory>
#include <optional>

namespace carillon {

class Clock;
class Connection;
class ContentCache;
class Dispatch;
class RehearsalRun;
class Store;
struct PreviewTools;
struct RehearsalRequest;

struct CampaignSummary {
    Campaign campaign;
    QString topicName;
    QMap<DeliveryState, qint64> counts; // computed from its deliveries
    qint64 total = 0; // all its deliveries
    qint64 leftOut = 0;
    QList<Template> content; // without their parts: the versions that it is sent with; none of a draft
};

// What became of the deliveries that platforms took, as far as these tell: some tell nothing more. What was read has
// arrived.
struct CampaignReception {
    qint64 delivered = 0; // confirmed by the platform, or read
    qint64 read = 0; // read, opened, clicked or answered
};

struct CampaignQuery {
    QString search;
    QList<CampaignState> states; // empty: all
};

struct ReasonCount {
    QString reason; // LeftOutReason
    QString sentence;
    qint64 count = 0;
};

// Who would get a campaign, who would not, and why: counted by the same code that plans it.
struct DryRun {
    qint64 audience = 0; // contacts
    qint64 willSend = 0; // deliveries
    QMap<QString, qint64> byAccount; // account name -> deliveries
    QList<ReasonCount> leftOut; // most frequent first
};

struct LeftOutContact {
    Contact contact;
    QString reason;
};

// What is to be previewed: a topic as it stands in an editor (saved or not), for one contact on one channel.
struct PreviewRequest {
    TopicDetail topic;
    QJsonObject data; // the campaign's
    qint64 contactId = 0; // 0: a sample contact
    QString channel;
};

struct Preview {
    QMap<QString, QString> parts; // rendered; email also has "text" where it is derived from the HTML
    QByteArray source; // email: the whole message as it would go out
    QJsonObject fields; // other channels: what would be sent (Message::fields)
    QList<QJsonObject> continuations; // the rest of what was split
    MessageFacts facts;
    QString from;
    QString to;
    QStringList explanation; // which template was taken, and why each better one was not
    QList<TemplateProblem> problems;
};

// When a campaign will be through at the current rates.
struct CampaignForecast {
    qint64 remaining = 0; // deliveries that wait
    double perMinute = 0; // measured in the last minute
    double boundPerMinute = 0; // what limits allow; 0: no limit
    QString limitedBy; // a sentence: "The account Relay takes 14 a second."; empty: nothing but the wire
    qint64 opensAt = 0; // when it goes on, while it waits for its window, a breaker or a throttle
    qint64 endsAt = 0; // 0: not known
    bool endsOutsideWindow = false; // without its window it would end at endsAt; with it later
    qint64 canaryDone = 0; // of canarySize deliveries that have an outcome, while it runs
    qint64 canarySize = 0;
};

// Whom a campaign missed, in groups that can be sent to again.
struct MissedGroup {
    std::optional<DeliveryState> state; // failed, bounced, uncertain, expired, cancelled, suppressed; or
    QString reason; // LeftOutReason
    QString sentence;
    qint64 contacts = 0;
};

// Operations on campaigns. Thread-safe; answers come from a thread of the store. `cache` must outlive the store.
class CampaignService {
public:
    CampaignService(Store& store, const Clock& clock, Dispatch& dispatch, ContentCache& cache);

    Future<Page<CampaignSummary>> page(const CampaignQuery& query, const PageRequest& request) const;
    Future<CampaignSummary> get(qint64 id) const;
    // Operator. Gives the id. Only a draft can be changed.
    Future<qint64> save(const Caller& caller, const Campaign& campaign);
    Future<qint64> duplicate(const Caller& caller, qint64 id);
    // Operator. Only a draft.
    Future<void> remove(const Caller& caller, qint64 id);

    Future<DryRun> dryRun(const Campaign& campaign) const;
    // The contacts behind one reason (empty: any). Of a planned campaign as recorded, of any other as a dry run finds them.
    Future<Page<LeftOutContact>> leftOut(const Campaign& campaign, const QString& reason, const PageRequest& request) const;

    // Composes everybody's message and sends none. Starts at once; belongs to the caller and lives in his thread.
    std::unique_ptr<RehearsalRun> rehearse(const RehearsalRequest& request) const;

    Future<Preview> preview(const PreviewRequest& request) const;
    // Operator. Composes as preview() does and sends it to `address` through the topic's first route on the channel.
    Future<Outcome> testSend(const Caller& caller, const PreviewRequest& request, const QString& address);

    // Operator, each. `at`: UTC milliseconds; 0: now, after the hold time; a schedule that is not At says itself when.
    // InvalidInput names what is wrong with it ("scheduled_at", "rule", "local_time"): also an hour that has passed.
    // Schedule refuses a campaign that could reach nobody, and content that does not compile; it pins the content as it
    // stands, so that what is edited later changes nothing of the campaign. Unschedule lets go of it: within the hold time
    // it is the undo, and nothing has been sent. Resume lets a canary pass that has stopped its campaign, and sends one that
    // missed its hour, or was paused over it; a recurring one goes on with its next. Cancel skips what was missed.
    Future<void> schedule(const Caller& caller, qint64 id, qint64 at);
    Future<void> unschedule(const Caller& caller, qint64 id);
    Future<void> pause(const Caller& caller, qint64 id);
    Future<void> resume(const Caller& caller, qint64 id);
    Future<void> cancel(const Caller& caller, qint64 id);
    // Operator. Changes how fast it goes, also while it does; 0: as fast as the accounts go.
    Future<void> setThrottle(const Caller& caller, qint64 id, double perMinute);

    Future<CampaignForecast> forecast(qint64 id) const;
    Future<CampaignReception> reception(qint64 id) const; // a second for each million that went out
    Future<QList<MissedGroup>> missed(qint64 id) const;
    // Operator. A draft of the same topic and data for those whom campaign `missed.campaignId` missed; its id.
    Future<qint64> sendToMissed(const Caller& caller, const MissedAudience& missed);
    // The next hours of a schedule, UTC, at the most `count` (and 1,000), saved or not: of a recurring one its occurrences;
    // by the contacts' clocks the first and the last hour on earth; else its one, unless that is now. InvalidInput says what
    // is wrong with it.
    Future<QList<qint64>> occurrences(const Campaign& campaign, int count) const;

private:
    PreviewTools previewTools() const;
    Future<void> act(const Caller& caller, qint64 id, CampaignVerb verb);
    // Tells the dispatch room once it is written.
    Future<void> notify(qint64 id, Future<void> written);

    Store& m_store;
    const Clock& m_clock;
    Dispatch& m_dispatch;
    ContentCache& m_cache;
};

} // namespace carillon
