// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/OutcomeRules.h"

#include "engine/model/Names.h"
#include "engine/provider/JsonPointer.h"
#include "engine/provider/JsonPrefix.h"
#include "engine/provider/Redactor.h"
#include "engine/provider/RefusalLimitReader.h"
#include "engine/provider/RetryHint.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <optional>

namespace carillon {

namespace {

constexpr qsizetype MaxValues = 255; // that a "*" stands for
constexpr qint64 NoAnswerMs = 60'000; // somebody else answers: until somebody mends it

QString tr(const char* text)
{
    return QCoreApplication::translate("OutcomeRules", text);
}

// Our sentence and the platform's words, as long as a reason may be.
QString joined(const QString& sentence, const QString& words)
{
    return QString(sentence + u' ' + words).trimmed().left(Redactor::MaxReason);
}

const QString& headerWord()
{
    static const QString word = QStringLiteral("header");
    return word;
}

} // namespace

// The body is parsed at most once, and only when a rule asks for something in it.
struct OutcomeRules::Answer {
    const OutboundResponse& response;
    mutable std::optional<QJsonValue> body;

    bool isSuccess() const { return response.status >= 200 && response.status < 300; }

    // Neither begins like JSON nor is nothing at all: a page that somebody put in between.
    bool isNoAnswer() const
    {
        const QByteArray said = response.body.trimmed();
        return !said.isEmpty() && !said.startsWith('{') && !said.startsWith('[');
    }

    QJsonValue at(const Place& place) const
    {
        if (!place.header.isEmpty()) {
            const QByteArray value = response.header(place.header);
            return value.isNull() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(QString::fromUtf8(value));
        }
        return jsonAt(parsed(), place.pointer);
    }

    // Whether it takes one of the values at the place: of several where there is a "*", else of the one, or of nothing.
    template <typename Takes>
    bool any(const Place& place, const Takes& takes) const
    {
        if (!place.isList)
            return takes(at(place));
        const QJsonArray all = jsonAllAt(parsed(), place.pointer, MaxValues);
        return std::any_of(all.begin(), all.end(), takes);
    }

    // It says that something went well, and what did stands in what is missing of it.
    bool leavesOpenWhat() const { return body && !isNoAnswer() && response.truncated && isSuccess(); }

    // Of the first place where there are any.
    QStringList allOf(const QList<Place>& places) const
    {
        QStringList texts;
        const auto gather = [&texts](const QJsonValue& value) {
            if (const QString text = jsonText(value); !text.isEmpty())
                texts << text;
            return false;
        };
        for (const Place& place : places) {
            (void)any(place, gather);
            if (!texts.isEmpty())
                break;
        }
        return texts;
    }

    QString firstOf(const QList<Place>& places) const
    {
        QString text;
        const auto isText = [&text](const QJsonValue& value) { return !(text = jsonText(value)).isEmpty(); };
        for (const Place& place : places) {
            if (any(place, isText))
                break;
        }
        return text;
    }

private:
    const QJsonValue& parsed() const
    {
        if (!body) {
            const QJsonDocument document
                = QJsonDocument::fromJson(response.truncated ? closedJson(response.body) : response.body);
            body = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
        }
        return *body;
    }
};

qint64 parseWait(const QByteArray& text, double unitMs, qint64 now)
{
    bool isNumber = false;
    const double amount = text.trimmed().toDouble(&isNumber);
    double ms = std::isfinite(amount) ? amount * unitMs : 0;
    if (!isNumber) {
        QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(text.trimmed()),
                                                 QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
        date.setTimeSpec(Qt::UTC);
        ms = date.isValid() ? static_cast<double>(date.toMSecsSinceEpoch() - now) : 0;
    }
    return static_cast<qint64>(std::ceil(std::clamp(ms, 0.0, static_cast<double>(OutcomeRules::MaxWaitMs))));
}

OutcomeRules::Place OutcomeRules::readPlace(JsonReader& parent, const QJsonValue& value, const QString& pointer)
{
    JsonReader reader = parent.at(value, pointer);
    Place place{reader.text(headerWord()).toLatin1().toLower(), reader.text(QStringLiteral("pointer"))};
    place.isList = place.pointer.split(u'/').contains(u"*"_qs);
    if (place.header.isEmpty() == !reader.has(QStringLiteral("pointer")))
        reader.note(pointer, tr("either \"header\" or \"pointer\" is needed."));
    if (!place.pointer.isEmpty() && !place.pointer.startsWith(u'/'))
        reader.note(reader.pointerTo(QStringLiteral("pointer")), tr("a JSON pointer starts with a slash."));
    return place;
}

QList<OutcomeRules::Place> OutcomeRules::readPlaces(JsonReader& rule, const QString& name)
{
    QList<Place> places;
    const QJsonArray list = rule.array(name);
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QString pointer = rule.pointerTo(name, QString::number(i));
        places << readPlace(rule, list[i], pointer);
        JsonReader place(list[i].toObject(), pointer, rule.problems());
        place.value(headerWord());
        place.value(QStringLiteral("pointer"));
        place.refuseUnknown();
    }
    return places;
}

void OutcomeRules::readStatus(JsonReader& reader, Rule& rule)
{
    static const QRegularExpression form(QStringLiteral("^([1-9][0-9]{2})(?:-([1-9][0-9]{2}))?$"));
    const QString name = QStringLiteral("status");
    if (!reader.has(name))
        return;
    const auto match = form.match(jsonText(reader.value(name)));
    if (!match.hasMatch())
        reader.note(reader.pointerTo(name), tr("this must be like 404 or \"500-599\"."));
    rule.from = match.captured(1).toInt();
    rule.to = match.hasCaptured(2) ? match.captured(2).toInt() : rule.from;
}

void OutcomeRules::readConditions(JsonReader& reader, Rule& rule)
{
    const QJsonArray list = reader.array(QStringLiteral("when"));
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QString pointer = reader.pointerTo(QStringLiteral("when")) + u'/' + QString::number(i);
        Condition condition{readPlace(reader, list[i], pointer), {}, {}};
        JsonReader one = reader.at(list[i], pointer);
        condition.equals = one.value(QStringLiteral("equals"));
        condition.matches.setPattern(one.text(QStringLiteral("matches")));
        if (!condition.matches.isValid())
            one.note(one.pointerTo(QStringLiteral("matches")), condition.matches.errorString());
        one.value(headerWord());
        one.value(QStringLiteral("pointer"));
        one.refuseUnknown();
        rule.conditions << condition;
    }
}

void OutcomeRules::readSuppression(JsonReader& reader, Rule& rule)
{
    const QString since = QStringLiteral("goneSince");
    rule.suppress = reader.boolean(QStringLiteral("suppress"), false);
    rule.since = readPlaces(reader, since);
    if (!rule.since.isEmpty() && !rule.suppress)
        reader.note(reader.pointerTo(since), tr("it belongs to \"suppress\"."));
    rule.suppressAfter = readRefusalLimit(reader);
    if (rule.suppressAfter.isSet() && rule.kind != OutcomeKind::Refused && rule.kind != OutcomeKind::Retry)
        reader.note(reader.pointerTo(QStringLiteral("suppressAfter")), tr("only \"refused\" and \"retry\" can be counted."));
}

OutcomeRules::Rule OutcomeRules::readRule(JsonReader& reader)
{
    static const QStringList kinds{QStringLiteral("sent"),    QStringLiteral("retry"),         QStringLiteral("throttled"),
                                   QStringLiteral("refused"), QStringLiteral("provider_down"), QStringLiteral("uncertain")};
    Rule rule;
    readStatus(reader, rule);
    readConditions(reader, rule);
    rule.kind = valueOf<OutcomeKind>(reader.choice(QStringLiteral("outcome"), kinds, JsonReader::Required))
                    .value_or(OutcomeKind::Retry);
    readSuppression(reader, rule);
    rule.renewToken = reader.boolean(QStringLiteral("renewToken"), false);
    rule.bucket = reader.choice(QStringLiteral("bucket"), {QStringLiteral("account"), QStringLiteral("destination")});
    rule.id = readPlaces(reader, QStringLiteral("id"));
    rule.wait = readPlaces(reader, QStringLiteral("wait"));
    rule.reason = readPlaces(reader, QStringLiteral("reason"));
    rule.movedTo = readPlaces(reader, QStringLiteral("movedTo"));
    rule.waitUnitMs = reader.choice(QStringLiteral("waitUnit"), {QStringLiteral("seconds"), QStringLiteral("milliseconds")})
            == u"seconds"
        ? 1'000
        : 1;
    rule.atLeastMs = static_cast<qint64>(
        1'000 * reader.number(QStringLiteral("waitAtLeastSeconds"), 0, 0, static_cast<double>(MaxWaitMs) / 1'000));
    reader.refuseUnknown();
    return rule;
}

OutcomeRules OutcomeRules::read(JsonReader& file)
{
    OutcomeRules rules;
    const QJsonArray list = file.array(QStringLiteral("outcomes"));
    for (qsizetype i = 0; i < list.size(); ++i) {
        JsonReader reader = file.at(list[i], file.pointerTo(QStringLiteral("outcomes")) + u'/' + QString::number(i));
        rules.m_rules << readRule(reader);
        rules.m_knowsSuccess = rules.m_knowsSuccess
            || (rules.m_rules.last().kind == OutcomeKind::Sent && !rules.m_rules.last().conditions.isEmpty());
    }
    rules.m_reason = readPlaces(file, QStringLiteral("reason"));
    rules.m_code = readPlaces(file, QStringLiteral("code"));
    const auto kind = [&](const QString& name, const QStringList& choices) {
        return valueOf<OutcomeKind>(file.choice(name, choices)).value_or(OutcomeKind::Retry);
    };
    rules.m_lost = kind(QStringLiteral("lost"), {QStringLiteral("uncertain"), QStringLiteral("retry")});
    rules.m_unreachable = kind(QStringLiteral("unreachable"), {QStringLiteral("provider_down"), QStringLiteral("retry")});
    return rules;
}

bool OutcomeRules::holds(const Condition& condition, const Answer& answer)
{
    return answer.any(condition.place, [&](const QJsonValue& found) {
        if (!condition.equals.isUndefined())
            return found == condition.equals;
        return !found.isUndefined() && condition.matches.match(jsonText(found)).hasMatch();
    });
}

OutcomeRules::Rule OutcomeRules::ruleByClass(int status)
{
    Rule rule;
    rule.bucket = QStringLiteral("account");
    rule.wait = {{"retry-after", {}}};
    if (status >= 200 && status < 300)
        rule.kind = OutcomeKind::Sent;
    else if (status == 401)
        rule.kind = OutcomeKind::ProviderDown;
    else if (status == 429)
        rule.kind = OutcomeKind::Throttled;
    else if (status >= 300 && status < 500 && status != 408 && status != 425)
        rule.kind = OutcomeKind::Refused;
    return rule;
}

OutcomeRules::Rule OutcomeRules::ruleWithoutFit(const Answer& answer) const
{
    Rule rule = ruleByClass(answer.response.status);
    if (!answer.isSuccess() || !m_knowsSuccess)
        return rule;
    rule.kind = answer.isNoAnswer() ? OutcomeKind::ProviderDown : m_lost;
    if (answer.isNoAnswer())
        rule.atLeastMs = NoAnswerMs;
    return rule;
}

// nullptr: none fits.
const OutcomeRules::Rule* OutcomeRules::ruleFor(const Answer& answer) const
{
    const auto fits = std::find_if(m_rules.begin(), m_rules.end(), [&](const Rule& rule) {
        const bool inRange = answer.response.status >= rule.from && answer.response.status <= rule.to;
        return inRange
            && std::all_of(rule.conditions.begin(), rule.conditions.end(), [&](const auto& c) { return holds(c, answer); });
    });
    return fits == m_rules.end() ? nullptr : &*fits;
}

std::optional<qsizetype> OutcomeRules::ruleThatDecides(const OutboundResponse& response) const
{
    const Rule* rule = response.result == HttpResult::Answered ? ruleFor({response, std::nullopt}) : nullptr;
    return rule ? std::optional(rule - m_rules.constData()) : std::nullopt;
}

bool OutcomeRules::wantsNewToken(const OutboundResponse& response) const
{
    const Rule* rule = response.result == HttpResult::Answered ? ruleFor({response, std::nullopt}) : nullptr;
    return rule && rule->renewToken;
}

QString OutcomeRules::codeOf(const Answer& answer, const Redactor& redactor) const
{
    const QString status = QString::number(answer.response.status);
    const QString own = redactor.reason(answer.firstOf(m_code).toUtf8());
    return own.isEmpty() || own == status ? status : status + u' ' + own;
}

QString OutcomeRules::reasonOf(const Answer& answer, const Rule& rule, const Redactor& redactor) const
{
    const QString said = answer.firstOf(rule.reason + m_reason);
    return said.isEmpty() ? redactor.reason(answer.response.body, answer.response.truncated)
                          : redactor.reason(said.toUtf8());
}

Outcome OutcomeRules::outcomeOf(const OutboundResponse& response, const Redactor& redactor, qint64 now) const
{
    if (response.result != HttpResult::Answered)
        return unanswered(response, redactor);
    const Answer answer{response, std::nullopt};
    const Rule* fitting = ruleFor(answer);
    const Rule byClass = fitting ? Rule() : ruleWithoutFit(answer);
    const Rule& rule = fitting ? *fitting : byClass;
    Outcome outcome;
    if (!fitting && !(m_rules.isEmpty() && rule.kind == OutcomeKind::Sent))
        outcome.answer = redactor.whole(response.body, response.truncated);
    outcome.kind = rule.kind;
    outcome.code = QString::number(response.status);
    if (rule.kind != OutcomeKind::Sent && answer.leavesOpenWhat()) {
        outcome.kind = m_lost;
        outcome.reason = tr("The platform's answer broke off before it said what became of the message.");
        return outcome;
    }
    if (rule.kind == OutcomeKind::Sent) {
        for (const QString& id : answer.allOf(rule.id))
            outcome.partIds << redactor.reason(id.toUtf8());
        outcome.providerId = outcome.partIds.isEmpty() ? QString() : outcome.partIds.takeFirst();
        return outcome;
    }
    outcome.movedTo = redactor.reason(answer.firstOf(rule.movedTo).toUtf8());
    outcome.code = codeOf(answer, redactor);
    outcome.reason = reasonOf(answer, rule, redactor);
    if (!fitting && answer.isSuccess())
        outcome.reason = joined(answer.isNoAnswer() ? tr("Something else than the platform has answered.")
                                                    : tr("The answer does not say what became of the message."),
                                outcome.reason);
    outcome.suppressAddress = rule.kind == OutcomeKind::Refused && rule.suppress;
    outcome.suppressAfter = rule.suppressAfter;
    if (outcome.suppressAddress)
        outcome.goneSince = qBound<qint64>(0, answer.firstOf(rule.since).toLongLong(), now);
    if (rule.kind == OutcomeKind::Throttled)
        outcome.bucket = rule.bucket;
    if (rule.kind == OutcomeKind::Refused || rule.kind == OutcomeKind::Uncertain)
        return outcome;
    const QByteArray wait = answer.firstOf(rule.wait).toUtf8();
    const qint64 asked = wait.isEmpty() ? retryHint(outcome.reason).value_or(0) : parseWait(wait, rule.waitUnitMs, now);
    outcome.notBeforeMs = qMax(rule.atLeastMs, asked);
    return outcome;
}

Outcome OutcomeRules::unanswered(const OutboundResponse& response, const Redactor& redactor) const
{
    Outcome outcome;
    outcome.reason = redactor.reason(response.problem.toUtf8());
    if (response.result == HttpResult::Lost)
        outcome.kind = m_lost;
    else if (response.result == HttpResult::NotSent)
        outcome.kind = m_unreachable;
    else
        outcome.kind = OutcomeKind::Refused;
    return outcome;
}

} // namespace carillon
