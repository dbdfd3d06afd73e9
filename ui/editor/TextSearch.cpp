// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/TextSearch.h"

#include <QCoreApplication>

namespace carillon::ui {

namespace {

struct Search {
    Q_DECLARE_TR_FUNCTIONS(TextSearch)
};

} // namespace

TextSearch::TextSearch(const QString& pattern, const SearchOptions& options)
    : m_pattern(pattern)
    , m_regular(options.regular)
{
    QString expression = options.regular ? pattern : QRegularExpression::escape(pattern);
    if (options.regular) {
        // Looked at alone first, so that the place in the error is the one in what was typed.
        const QRegularExpression typed(pattern);
        if (!typed.isValid())
            m_error = Search::tr("%1 at character %2").arg(typed.errorString()).arg(typed.patternErrorOffset() + 1);
    }
    if (options.wholeWord)
        expression = u"(?<!\\w)(?:" + expression + u")(?!\\w)";
    QRegularExpression::PatternOptions flags
        = QRegularExpression::MultilineOption | QRegularExpression::UseUnicodePropertiesOption;
    if (!options.matchCase)
        flags |= QRegularExpression::CaseInsensitiveOption;
    m_expression = QRegularExpression(u"(*LIMIT_MATCH=1000000)" + expression, flags);
    if (m_error.isEmpty() && !m_expression.isValid())
        m_error = m_expression.errorString();
}

QList<TextRange> TextSearch::matches(const QString& text, QString* failure) const
{
    QList<TextRange> found;
    if (isEmpty() || !m_error.isEmpty())
        return found;
    auto all = m_expression.globalMatch(text);
    while (all.hasNext() && found.size() < MostMatches) {
        const QRegularExpressionMatch match = all.next();
        if (match.capturedLength() > 0)
            found << TextRange{match.capturedStart(), match.capturedLength()};
    }
    if (failure && !all.isValid())
        *failure = Search::tr("The expression takes too long.");
    return found;
}

QString TextSearch::replaceAll(const QString& text, const QString& with, int* count) const
{
    *count = 0;
    if (isEmpty() || !m_error.isEmpty())
        return text;
    QString replaced;
    qsizetype done = 0;
    auto all = m_expression.globalMatch(text);
    while (all.hasNext()) {
        const QRegularExpressionMatch match = all.next();
        if (match.capturedLength() == 0)
            continue;
        replaced += QStringView(text).mid(done, match.capturedStart() - done);
        replaced += expand(match, with);
        done = match.capturedEnd();
        ++*count;
    }
    return replaced + QStringView(text).mid(done);
}

std::optional<QString> TextSearch::replacement(const QString& text, const TextRange& range, const QString& with) const
{
    const QRegularExpressionMatch match = m_expression.match(text, range.start, QRegularExpression::NormalMatch,
                                                             QRegularExpression::AnchorAtOffsetMatchOption);
    if (!match.hasMatch() || match.capturedLength() != range.length)
        return {};
    return expand(match, with);
}

QString TextSearch::expand(const QRegularExpressionMatch& match, const QString& with) const
{
    if (!m_regular)
        return with;
    QString text;
    for (qsizetype at = 0; at < with.size(); ++at) {
        const QChar next = with.at(at) == u'\\' && at + 1 < with.size() ? with.at(at + 1) : QChar();
        if (next.isNull()) {
            text += with.at(at);
            continue;
        }
        ++at;
        if (next.isDigit())
            text += match.captured(next.digitValue());
        else
            text += next == u'n' ? QChar(u'\n') : next == u't' ? QChar(u'\t') : next;
    }
    return text;
}

} // namespace carillon::ui
