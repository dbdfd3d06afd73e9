// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/SlackBlocks.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QSet>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SlackBlocks", text);
}

// What a text object may be.
enum class TextKind { Plain, Any };

enum class Need { Optional, Required };

// A value and the JSON pointer to it.
struct Place {
    QJsonValue value;
    QString pointer;

    Place at(const QString& key) const { return {value.toObject()[key], pointer + u'/' + key}; }
    Place at(const char* key) const { return at(QString::fromLatin1(key)); }
    Place at(qsizetype index) const { return {value.toArray()[index], pointer + u'/' + QString::number(index)}; }
    bool isThere() const { return !value.isUndefined() && !value.isNull(); }
    QString type() const { return value[u"type"].toString(); }
};

class Checker {
public:
    QStringList run(const QJsonArray& blocks)
    {
        const Place all{blocks, QStringLiteral("/blocks")};
        list(all, 1, 50);
        for (qsizetype i = 0; i < blocks.size() && m_problems.size() < maxSlackProblems; ++i)
            block(all.at(i));
        return m_problems.mid(0, maxSlackProblems);
    }

private:
    void problem(const Place& place, const QString& sentence) { m_problems << place.pointer + u' ' + sentence; }

    bool missing(const Place& place, Need need)
    {
        if (place.isThere())
            return false;
        if (need == Need::Required)
            problem(place, tr("is missing."));
        return true;
    }

    void string(const Place& place, int longest, Need need = Need::Optional)
    {
        if (missing(place, need))
            return;
        if (!place.value.isString())
            return problem(place, tr("must be a text."));
        const qsizetype size = place.value.toString().size();
        if (size > longest)
            problem(place, tr("has %1 characters; at most %2 are allowed.").arg(size).arg(longest));
        else if (size == 0 && need == Need::Required)
            problem(place, tr("is empty; 1 to %1 characters are allowed.").arg(longest));
    }

    void text(const Place& place, int longest, TextKind kind, Need need = Need::Required)
    {
        if (missing(place, need))
            return;
        if (!place.value.isObject())
            return problem(place,
                           tr("must be a text object: {\"type\": \"%1\", \"text\": \"…\"}.")
                               .arg(kind == TextKind::Plain ? QStringLiteral("plain_text") : QStringLiteral("mrkdwn")));
        if (place.type() != QStringLiteral("plain_text")
            && (kind == TextKind::Plain || place.type() != QStringLiteral("mrkdwn")))
            problem(place.at("type"),
                    tr("is “%1”; allowed is %2.")
                        .arg(place.type(),
                             kind == TextKind::Plain ? QStringLiteral("plain_text") : QStringLiteral("plain_text, mrkdwn")));
        string(place.at("text"), longest, Need::Required);
    }

    // Whether it is a list; its length is checked.
    bool list(const Place& place, int fewest, int most, Need need = Need::Required)
    {
        if (missing(place, need))
            return false;
        if (!place.value.isArray()) {
            problem(place, tr("must be a list."));
            return false;
        }
        const qsizetype size = place.value.toArray().size();
        if (size < fewest || size > most)
            problem(place, tr("has %1 elements; %2 to %3 are allowed.").arg(size).arg(fewest).arg(most));
        return true;
    }

    template <typename Check>
    void each(const Place& place, Check check)
    {
        const qsizetype size = place.value.toArray().size();
        for (qsizetype i = 0; i < size && m_problems.size() < maxSlackProblems; ++i)
            check(place.at(i));
    }

    void oneOf(const Place& place, const QStringList& allowed)
    {
        if (place.isThere() && !allowed.contains(place.value.toString()))
            problem(place, tr("is “%1”; allowed is %2.").arg(place.value.toString(), allowed.join(QStringLiteral(", "))));
    }

    void address(const Place& place, Need need)
    {
        string(place, 3000, need);
        const QString url = place.value.toString();
        if (!url.isEmpty() && !url.contains(u':'))
            problem(place, tr("is “%1”, which is no whole address.").arg(url.left(100)));
    }

    void block(const Place& place)
    {
        if (!place.value.isObject())
            return problem(place, tr("must be an object."));
        const Place id = place.at("block_id");
        string(id, 255);
        if (const QString name = id.value.toString(); !name.isEmpty()) {
            if (m_ids.contains(name))
                problem(id, tr("is “%1”, which another block has already.").arg(name));
            m_ids.insert(name);
        }
        const QString type = place.type();
        if (type == QStringLiteral("section"))
            section(place);
        else if (type == QStringLiteral("header"))
            text(place.at("text"), 150, TextKind::Plain);
        else if (type == QStringLiteral("context"))
            context(place);
        else if (type == QStringLiteral("actions"))
            actions(place);
        else if (type == QStringLiteral("image"))
            image(place, true);
        else if (type == QStringLiteral("markdown"))
            string(place.at("text"), 12'000, Need::Required);
        else if (type == QStringLiteral("input"))
            input(place);
        else if (type == QStringLiteral("video"))
            video(place);
        else if (type == QStringLiteral("table"))
            table(place);
        else if (type == QStringLiteral("rich_text"))
            list(place.at("elements"), 0, 1000);
        else if (!otherBlocks().contains(type))
            problem(place.at("type"), tr("is “%1”, which is no block of Slack's.").arg(type));
    }

    static const QStringList& otherBlocks()
    {
        static const QStringList names
            = {QStringLiteral("divider"),   QStringLiteral("file"),      QStringLiteral("context_actions"),
               QStringLiteral("carousel"),  QStringLiteral("card"),      QStringLiteral("plan"),
               QStringLiteral("task_card"), QStringLiteral("container"), QStringLiteral("alert")};
        return names;
    }

    void section(const Place& place)
    {
        const Place fields = place.at("fields");
        text(place.at("text"), 3000, TextKind::Any, fields.isThere() ? Need::Optional : Need::Required);
        if (list(fields, 1, 10, Need::Optional))
            each(fields, [&](const Place& field) { text(field, 2000, TextKind::Any); });
        if (place.at("accessory").isThere())
            element(place.at("accessory"));
    }

    void context(const Place& place)
    {
        if (!list(place.at("elements"), 1, 10))
            return;
        each(place.at("elements"), [&](const Place& item) {
            if (item.type() == QStringLiteral("image"))
                image(item, false);
            else
                text(item, 3000, TextKind::Any);
        });
    }

    void actions(const Place& place)
    {
        if (list(place.at("elements"), 1, 25))
            each(place.at("elements"), [&](const Place& item) { element(item); });
    }

    void image(const Place& place, bool isBlock)
    {
        if (!place.at("slack_file").isThere())
            address(place.at("image_url"), Need::Required);
        string(place.at("alt_text"), 2000, Need::Required);
        if (isBlock)
            text(place.at("title"), 2000, TextKind::Plain, Need::Optional);
    }

    void input(const Place& place)
    {
        text(place.at("label"), 2000, TextKind::Plain);
        text(place.at("hint"), 2000, TextKind::Plain, Need::Optional);
        if (!missing(place.at("element"), Need::Required))
            element(place.at("element"));
    }

    void video(const Place& place)
    {
        text(place.at("title"), 199, TextKind::Plain);
        text(place.at("description"), 199, TextKind::Plain, Need::Optional);
        string(place.at("author_name"), 49);
        string(place.at("alt_text"), 2000, Need::Required);
        address(place.at("video_url"), Need::Required);
        address(place.at("thumbnail_url"), Need::Required);
    }

    void table(const Place& place)
    {
        if (list(place.at("rows"), 1, 100))
            each(place.at("rows"), [&](const Place& row) { list(row, 1, 20); });
    }

    void element(const Place& place)
    {
        const QString type = place.type();
        string(place.at("action_id"), 255);
        text(place.at("placeholder"), 150, TextKind::Plain, Need::Optional);
        if (place.at("confirm").isThere())
            confirmation(place.at("confirm"));
        if (type == QStringLiteral("button"))
            button(place);
        else if (type == QStringLiteral("image"))
            image(place, false);
        else if (type == QStringLiteral("overflow"))
            options(place, 5, Need::Required);
        else if (type == QStringLiteral("radio_buttons") || type == QStringLiteral("checkboxes"))
            options(place, 10, Need::Required);
        else if (type == QStringLiteral("static_select") || type == QStringLiteral("multi_static_select"))
            select(place);
        else if (type.isEmpty())
            problem(place.at("type"), tr("is missing."));
    }

    void button(const Place& place)
    {
        text(place.at("text"), 75, TextKind::Plain);
        string(place.at("value"), 2000);
        string(place.at("accessibility_label"), 75);
        oneOf(place.at("style"), {QStringLiteral("primary"), QStringLiteral("danger")});
        address(place.at("url"), Need::Optional);
    }

    void select(const Place& place)
    {
        const Place groups = place.at("option_groups");
        options(place, 100, groups.isThere() ? Need::Optional : Need::Required);
        if (!list(groups, 1, 100, Need::Optional))
            return;
        each(groups, [&](const Place& group) {
            text(group.at("label"), 75, TextKind::Plain);
            options(group, 100, Need::Required);
        });
    }

    void options(const Place& place, int most, Need need)
    {
        if (!list(place.at("options"), 1, most, need))
            return;
        each(place.at("options"), [&](const Place& option) {
            text(option.at("text"), 75, TextKind::Any);
            string(option.at("value"), 75, Need::Required);
            text(option.at("description"), 75, TextKind::Any, Need::Optional);
            address(option.at("url"), Need::Optional);
        });
    }

    void confirmation(const Place& place)
    {
        text(place.at("title"), 100, TextKind::Plain, Need::Optional);
        text(place.at("text"), 300, TextKind::Any);
        text(place.at("confirm"), 30, TextKind::Plain, Need::Optional);
        text(place.at("deny"), 30, TextKind::Plain, Need::Optional);
    }

    QStringList m_problems;
    QSet<QString> m_ids;
};

// The readable texts of a block, in its order.
void collectTexts(const QJsonValue& block, QStringList& out)
{
    const auto add = [&](const QJsonValue& value) {
        const QString text = (value.isObject() ? value[u"text"] : value).toString().trimmed();
        if (!text.isEmpty())
            out << text;
    };
    add(block[u"text"]);
    for (const QJsonValue& field : block[u"fields"].toArray())
        add(field);
    add(block[u"title"]);
    add(block[u"alt_text"]);
    if (block[u"type"] == QStringLiteral("context")) {
        for (const QJsonValue& element : block[u"elements"].toArray())
            add(element[u"type"] == QStringLiteral("image") ? element[u"alt_text"] : element);
    }
}

} // namespace

QStringList slackBlockProblems(const QJsonArray& blocks)
{
    return Checker().run(blocks);
}

QString slackFallbackText(const QJsonArray& blocks)
{
    QStringList texts;
    for (const QJsonValue& block : blocks)
        collectTexts(block, texts);
    return texts.join(u'\n');
}

} // namespace carillon
