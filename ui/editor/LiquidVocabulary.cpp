// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/LiquidVocabulary.h"

#include "engine/service/LiquidWords.h"
#include "ui/editor/LiquidTags.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr int deepestData = 5; // levels of the campaign's data that are looked into
constexpr qsizetype mostWords = 2'000; // of the campaign's data
constexpr int longestExample = 40; // characters

struct Vocabulary {
    Q_DECLARE_TR_FUNCTIONS(Vocabulary)
};

QString exampleOf(const QJsonValue& value)
{
    if (value.isArray())
        return Vocabulary::tr("a list of %1").arg(value.toArray().size());
    if (value.isObject())
        return Vocabulary::tr("has members");
    if (value.isNull() || value.isUndefined())
        return {};
    QString text = value.isString() ? value.toString().simplified() : value.toVariant().toString();
    if (text.size() > longestExample)
        text = text.left(longestExample - 1) + u'…';
    return text.isEmpty() ? QString() : Vocabulary::tr("for example %1").arg(text);
}

// contact.plan, but contact["date of birth"].
QString memberOf(const QString& path, const QString& key)
{
    static const QRegularExpression word(QStringLiteral("^[A-Za-z_][\\w-]*$"));
    if (word.match(key).hasMatch())
        return path + u'.' + key;
    return path + u"[\"" + key + u"\"]";
}

void addMembers(QList<Word>& words, const QString& path, const QJsonObject& object, int depth)
{
    for (auto member = object.begin(); member != object.end() && words.size() < mostWords; ++member) {
        const QString name = memberOf(path, member.key());
        words << Word{name, exampleOf(member.value())};
        if (depth >= deepestData)
            continue;
        if (member.value().isObject())
            addMembers(words, name, member.value().toObject(), depth + 1);
        const QJsonValue element = member.value().toArray().first();
        if (element.isObject())
            addMembers(words, name + u"[]", element.toObject(), depth + 1);
    }
}

QList<Word> rootWords()
{
    return {{QStringLiteral("contact.id"), Vocabulary::tr("number of the contact")},
            {QStringLiteral("contact.external_id"), Vocabulary::tr("your own key of the contact")},
            {QStringLiteral("contact.name"), Vocabulary::tr("name of the contact")},
            {QStringLiteral("contact.email"), Vocabulary::tr("address of the contact")},
            {QStringLiteral("contact.locale"), Vocabulary::tr("language of the contact")},
            {QStringLiteral("contact.time_zone"), Vocabulary::tr("time zone of the contact")},
            {QStringLiteral("topic.key"), Vocabulary::tr("key of the topic")},
            {QStringLiteral("topic.name"), Vocabulary::tr("name of the topic")},
            {QStringLiteral("brand.name"), Vocabulary::tr("name of the brand")},
            {QStringLiteral("brand.from_name"), Vocabulary::tr("what people see as the sender")},
            {QStringLiteral("brand.from_address"), Vocabulary::tr("the sender's address")},
            {QStringLiteral("brand.postal_address"), Vocabulary::tr("for the foot of marketing mail")},
            {QStringLiteral("brand.public_url"), Vocabulary::tr("the brand's own site")},
            {QStringLiteral("unsubscribe_url"), Vocabulary::tr("where this contact unsubscribes")},
            {QStringLiteral("message_id"), Vocabulary::tr("the same for every attempt of a message")}};
}

const QList<Word>& loopWords()
{
    static const QList<Word> words{
        {QStringLiteral("forloop.index"), Vocabulary::tr("number of the round, from 1")},
        {QStringLiteral("forloop.index0"), Vocabulary::tr("number of the round, from 0")},
        {QStringLiteral("forloop.first"), Vocabulary::tr("true in the first round")},
        {QStringLiteral("forloop.last"), Vocabulary::tr("true in the last round")},
        {QStringLiteral("forloop.length"), Vocabulary::tr("how many rounds there are")},
        {QStringLiteral("forloop.rindex"), Vocabulary::tr("rounds that are left, this one included")},
        {QStringLiteral("forloop.rindex0"), Vocabulary::tr("rounds that are left")},
        {QStringLiteral("forloop.parentloop"), Vocabulary::tr("the loop around this one")},
    };
    return words;
}

// The Liquid that is open at the end of `before`: from its {{ or {% on; empty when none is.
QString openLiquid(const QString& before)
{
    constexpr qsizetype longest = 4'000; // characters looked at before the cursor
    const qsizetype output = before.lastIndexOf(u"{{");
    const qsizetype tag = before.lastIndexOf(u"{%");
    const qsizetype start = qMax(output, tag);
    if (start < 0 || before.size() - start > longest)
        return {};
    const QString open = before.mid(start);
    return open.contains(output > tag ? QStringView(u"}}") : QStringView(u"%}")) ? QString() : open;
}

// Where the string begins that is open at the end of `liquid`; -1 when none is.
qsizetype openString(const QString& liquid)
{
    QChar quote;
    qsizetype start = -1;
    for (qsizetype at = 0; at < liquid.size(); ++at) {
        const QChar c = liquid.at(at);
        if (quote.isNull() && (c == u'"' || c == u'\'')) {
            quote = c;
            start = at;
        } else if (c == quote) {
            quote = QChar();
        }
    }
    return quote.isNull() ? -1 : start;
}

// In {% liquid %} every line is a tag of its own: the one the cursor is in, as if it stood alone.
QString lineOfLiquidTag(const QString& open)
{
    static const QRegularExpression liquid(QStringLiteral("^\\{%-?\\s*liquid\\s"));
    if (!liquid.match(open).hasMatch())
        return open;
    static const QRegularExpression indentation(QStringLiteral("^\\s+"));
    const qsizetype line = open.lastIndexOf(u'\n');
    QString own = line < 0 ? QString(open).remove(liquid) : open.mid(line + 1);
    return u"{% " + own.remove(indentation);
}

// A loop's variable stands for an element of its list: of "item in data.items" also item.name, when data.items[].name is
// known.
void addElement(QList<Word>& words, const QString& name, const QString& list, const QList<Word>& known)
{
    words << Word{name, Vocabulary::tr("an element of %1").arg(list)};
    const QString members = list + u"[]";
    for (const Word& word : known) {
        if (word.text.startsWith(members) && word.text.size() > members.size())
            words << Word{name + word.text.mid(members.size()), word.detail};
    }
}

QList<Word> localWords(const QString& before, const LiquidVocabulary& vocabulary)
{
    static const QRegularExpression introduces(QStringLiteral("^\\s*([A-Za-z_][\\w-]*)(?:\\s+in\\s+([\\w.\\[\\]-]+))?"));
    const QList<TagPlace> tags = tagsOf(before);
    QList<Word> words;
    const auto nameOf = [&](const TagPlace& tag) {
        return introduces.match(before.mid(tag.word.end(), tag.whole.end() - tag.word.end()));
    };
    for (const TagPlace& tag : tags) {
        if (tag.name == u"assign" || tag.name == u"capture" || tag.name == u"increment" || tag.name == u"decrement") {
            if (const auto found = nameOf(tag); found.hasMatch())
                words << Word{found.captured(1), Vocabulary::tr("set above")};
        }
    }
    for (const TagPlace& tag : openBlocks(tags)) {
        if (tag.name != u"for" && tag.name != u"tablerow")
            continue;
        if (const auto found = nameOf(tag); found.hasMatch() && !found.captured(2).isEmpty())
            addElement(words, found.captured(1), found.captured(2), words + vocabulary.variables);
        if (tag.name == u"for")
            words << loopWords();
    }
    return words;
}

std::optional<Completion> matching(Completion::Kind kind, const QString& prefix, const QList<Word>& words)
{
    Completion completion;
    completion.kind = kind;
    completion.prefix = prefix;
    QSet<QString> seen;
    for (const Word& word : words) {
        if (word.text.contains(u"[]") || seen.contains(word.text))
            continue;
        if (word.text.startsWith(prefix, Qt::CaseInsensitive) && word.text != prefix) {
            seen.insert(word.text);
            completion.words << word;
        }
    }
    return completion;
}

// The name of a snippet after render and include, a key of a translation where a value begins.
std::optional<Completion> inString(const QString& open, qsizetype start, const LiquidVocabulary& vocabulary)
{
    static const QRegularExpression partial(QStringLiteral("^\\{%-?\\s*(?:render|include)\\s*$"));
    static const QRegularExpression value(QStringLiteral("(?:^\\{\\{-?|=|^\\{%-?\\s*echo)\\s*$"));
    const QString around = open.left(start);
    const QString prefix = open.mid(start + 1);
    if (partial.match(around).hasMatch())
        return matching(Completion::Snippet, prefix, vocabulary.snippets);
    if (value.match(around).hasMatch())
        return matching(Completion::Text, prefix, vocabulary.texts);
    return {};
}

} // namespace

LiquidVocabulary LiquidVocabulary::standard(const QJsonObject& attributes, const QJsonObject& data)
{
    LiquidVocabulary words;
    words.variables = rootWords();
    addMembers(words.variables, QStringLiteral("contact"), attributes, deepestData - 1);
    addMembers(words.variables, QStringLiteral("data"), data, 1);
    if (data.isEmpty())
        words.variables << Word{QStringLiteral("data."), Vocabulary::tr("values of the campaign")};
    std::stable_sort(words.variables.begin(), words.variables.end(),
                     [](const Word& one, const Word& other) { return one.text < other.text; });
    for (const LiquidWord& filter : liquidFilters())
        words.filters << Word{filter.name, filter.help};
    for (const TagForm& tag : tagForms())
        words.tags << Word{QString::fromLatin1(tag.name), tagHelp(tag)};
    return words;
}

std::optional<Completion> completionAt(const QString& before, const LiquidVocabulary& vocabulary)
{
    static const QRegularExpression tagWord(QStringLiteral("^\\{%-?\\s*(\\w*)$"));
    static const QRegularExpression partialWord(QStringLiteral("^\\{%-?\\s*(?:render|include)\\s+([\\w-]*)$"));
    static const QRegularExpression filterWord(QStringLiteral("\\|\\s*(\\w*)$"));
    static const QRegularExpression variableWord(
        QStringLiteral("(?:^|[\\s({\\[:,=<>-])([A-Za-z_](?:[\\w.-]|\\[\\d+\\])*(?:\\[\"?[^\"\\]]*)?|)$"));
    const QString whole = openLiquid(before);
    if (whole.isEmpty())
        return {};
    const QString open = lineOfLiquidTag(whole);
    if (const qsizetype start = openString(open); start >= 0)
        return inString(open, start, vocabulary);
    if (const auto tag = tagWord.match(open); tag.hasMatch()) {
        auto tags = matching(Completion::Tag, tag.captured(1), vocabulary.tags);
        tags->inLines = open != whole;
        return tags;
    }
    if (const auto partial = partialWord.match(open); partial.hasMatch()) {
        auto names = matching(Completion::Snippet, partial.captured(1), vocabulary.snippets);
        names->quote = QStringLiteral("'");
        return names;
    }
    if (const auto filter = filterWord.match(open); filter.hasMatch())
        return matching(Completion::Filter, filter.captured(1), vocabulary.filters);
    if (const auto variable = variableWord.match(open); variable.hasMatch())
        return matching(Completion::Variable, variable.captured(1), localWords(before, vocabulary) + vocabulary.variables);
    return {};
}

} // namespace carillon::ui
