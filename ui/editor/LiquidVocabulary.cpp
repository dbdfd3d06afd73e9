// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/LiquidVocabulary.h"

#include <QRegularExpression>

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr qsizetype longestExpression = 2'000; // characters looked at before the cursor
constexpr qsizetype longestText = 200'000; // characters searched for local variables

QStringList split(const char16_t* words)
{
    return QString::fromUtf16(words).split(u' ');
}

// The Liquid that is open at the end of `before`: from its {{ or {% on; empty when none is.
QString openLiquid(const QString& before)
{
    const qsizetype output = before.lastIndexOf(u"{{");
    const qsizetype tag = before.lastIndexOf(u"{%");
    const qsizetype start = qMax(output, tag);
    if (start < 0 || before.size() - start > longestExpression)
        return {};
    const QString open = before.mid(start);
    return open.contains(output > tag ? QStringView(u"}}") : QStringView(u"%}")) ? QString() : open;
}

bool insideString(const QString& liquid)
{
    QChar quote;
    for (const QChar c : liquid) {
        if (quote.isNull() && (c == u'"' || c == u'\''))
            quote = c;
        else if (c == quote)
            quote = QChar();
    }
    return !quote.isNull();
}

QStringList localVariables(const QString& before)
{
    static const QRegularExpression introduces(
        QStringLiteral("\\{%-?\\s*(?:for|assign|capture|tablerow)\\s+([A-Za-z_][\\w-]*)"));
    QStringList names;
    auto found = introduces.globalMatch(before.right(longestText));
    while (found.hasNext())
        names << found.next().captured(1);
    return names;
}

Completion matching(const QString& prefix, const QStringList& words)
{
    Completion completion{prefix, {}};
    for (const QString& word : words) {
        if (word.startsWith(prefix, Qt::CaseInsensitive) && word != prefix)
            completion.words << word;
    }
    completion.words.removeDuplicates();
    return completion;
}

} // namespace

LiquidVocabulary LiquidVocabulary::standard(const QStringList& attributes, const QStringList& dataKeys)
{
    LiquidVocabulary words;
    words.variables = split(u"contact.id contact.name contact.email contact.external_id contact.locale contact.time_zone "
                            u"topic.key topic.name brand.name brand.from_name brand.from_address "
                            u"brand.postal_address brand.public_url unsubscribe_url message_id");
    for (const QString& key : attributes)
        words.variables << u"contact." + key;
    for (const QString& key : dataKeys)
        words.variables << u"data." + key;
    if (dataKeys.isEmpty())
        words.variables << QStringLiteral("data.");
    words.variables.removeDuplicates();
    std::sort(words.variables.begin(), words.variables.end());
    words.filters
        = split(u"abs append capitalize ceil date default divided_by downcase escape escape_once first floor join json last "
                u"lstrip minus modulo newline_to_br plus prepend raw remove replace round rstrip size split strip times "
                u"truncate upcase url_encode");
    words.tags
        = split(u"assign break comment continue else elsif endcomment endfor endif endraw endunless for if raw unless");
    return words;
}

std::optional<Completion> completionAt(const QString& before, const LiquidVocabulary& vocabulary)
{
    static const QRegularExpression tagWord(QStringLiteral("^\\{%-?\\s*(\\w*)$"));
    static const QRegularExpression filterWord(QStringLiteral("\\|\\s*(\\w*)$"));
    static const QRegularExpression variableWord(QStringLiteral("(?:^|[\\s({\\[:,=<>-])([A-Za-z_][\\w.-]*|)$"));
    const QString open = openLiquid(before);
    if (open.isEmpty() || insideString(open))
        return {};
    if (const auto tag = tagWord.match(open); tag.hasMatch())
        return matching(tag.captured(1), vocabulary.tags);
    if (const auto filter = filterWord.match(open); filter.hasMatch())
        return matching(filter.captured(1), vocabulary.filters);
    if (const auto variable = variableWord.match(open); variable.hasMatch())
        return matching(variable.captured(1), localVariables(before) + vocabulary.variables);
    return {};
}

} // namespace carillon::ui
