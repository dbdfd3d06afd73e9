// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"

#include <QRegularExpression>

// What other systems' templates leave behind when a text is carried over: people would see it as it stands.
namespace carillon::lint {

namespace {

struct Leftover {
    QStringView sign; // without which it is not there: far faster to look for
    QRegularExpression pattern; // the name is its first group, where it has one
    const char* system;
};

// Bounded repetitions: no text makes them slow.
const std::vector<Leftover>& leftovers()
{
    static const std::vector<Leftover> all = [] {
        const auto pattern = [](const char* text) { return QRegularExpression(QString::fromLatin1(text)); };
        return std::vector<Leftover>{
            {u"*|", pattern("\\*\\|([A-Z][A-Z0-9_:]{0,60})\\|\\*"), "Mailchimp"},
            {u"%recipient.", pattern("%recipient\\.([A-Za-z_][\\w.]{0,60})%"), "Mailgun"},
            {u"%%", pattern("%%([A-Za-z_][\\w ]{0,60})%%"), "Salesforce"},
            {u"[[", pattern("\\[\\[(?:data:)?([A-Za-z_][\\w.]{0,60})(?::\"[^\"\\]\\n]{0,60}\")?\\]\\]"), "Mailjet"},
            {u"{$", pattern("\\{\\$([A-Za-z_][\\w.]{0,60})\\}"), "Smarty"},
            {u"<%", pattern("<%[=-]?\\s{0,5}([A-Za-z_@][\\w.]{0,60})[^%\\n]{0,100}%>"), "ERB / EJS"},
            {u"${", pattern("\\$\\{([A-Za-z_][\\w.]{0,60})\\}"), "JavaScript"},
            {u"{",
             pattern("(?<![{%$])\\{(?:first_?name|last_?name|name|email|subscriber\\.\\w{1,40}|FNAME|LNAME)\\}(?!\\})"),
             nullptr},
        };
    }();
    return all;
}

QString wayToWrite(const QString& name)
{
    QString key = name.section(u'.', -1).toLower();
    key.remove(u'@');
    key.replace(u' ', u'_');
    if (key == u"fname" || key == u"firstname")
        key = QStringLiteral("first_name");
    if (key == u"lname" || key == u"lastname")
        key = QStringLiteral("last_name");
    if (key.startsWith(u"unsub"))
        return tr("Write it as {{ unsubscribe_url }}.");
    return tr("Write it as {{ contact.%1 }}.").arg(key.isEmpty() ? QStringLiteral("name") : key);
}

void mergeTag(const Part& part, Report& report)
{
    const QString& text = part.source.masked();
    for (const Leftover& leftover : leftovers()) {
        if (!text.contains(leftover.sign))
            continue;
        auto found = leftover.pattern.globalMatch(text);
        for (int i = 0; found.hasNext() && i < Report::maxPerRule; ++i) {
            const QRegularExpressionMatch match = found.next();
            const QString name = match.lastCapturedIndex() > 0 ? match.captured(1) : match.captured().mid(1).chopped(1);
            const QString message = leftover.system
                ? tr("“%1” is how %2 writes it: here people will see it as it stands.")
                      .arg(match.captured().left(40), QLatin1String(leftover.system))
                : tr("“%1” has one brace only: people will see it as it stands.").arg(match.captured());
            report.add(part, {match.capturedStart(), match.capturedLength()}, message, wayToWrite(name));
        }
    }
}

// {{#if name}}, {{/if}}, {{else}}, {{{name}}}: not Liquid, and reported as such, too; here with what to write instead.
void handlebars(const Part& part, Report& report)
{
    static const QRegularExpression pattern(QStringLiteral(
        "\\{\\{(?:([#/"
        "^])\\s{0,5}(if|unless|each|with|\\w{1,40})([^}\\n]{0,60})|\\s{0,5}(else)\\s{0,5}|\\{\\s{0,5}([\\w.]{1,60})"
        "\\s{0,5}\\})\\}\\}"));
    if (part.problems.isEmpty())
        return; // what compiles has none of it
    auto found = pattern.globalMatch(part.source.text());
    for (int i = 0; found.hasNext() && i < Report::maxPerRule; ++i) {
        const QRegularExpressionMatch match = found.next();
        const QString block = match.captured(2) == u"each" ? QStringLiteral("for") : match.captured(2);
        QString fix = tr("Write it as {% else %}.");
        if (!match.captured(5).isEmpty())
            fix = tr("Write it as {{ contact.%1 }}.").arg(match.captured(5).section(u'.', -1));
        else if (match.captured(1) == u"/")
            fix = tr("Write it as {% end%1 %}.").arg(block);
        else if (block == u"for")
            fix = tr("Write it as {% for item in data%1 %}.").arg(u'.' + match.captured(3).trimmed());
        else if (!block.isEmpty())
            fix = tr("Write it as {% if contact%1 %}.").arg(u'.' + match.captured(3).trimmed());
        report.add(part, {match.capturedStart(), match.capturedLength()},
                   tr("“%1” is how Handlebars writes it.").arg(match.captured().left(40)), fix);
    }
}

constexpr Rule rules[] = {
    {"merge-tag", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Placeholders of other systems, such as *|FNAME|*: people would see them as they stand."),
     QT_TRANSLATE_NOOP("Lint", "Write it as {{ contact.name }}."), Looks::AtLiquid, mergeTag},
    {"handlebars", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint",
                       "Handlebars' way to write conditions and loops, such as {{#if}}: here they are written {% if %}."),
     QT_TRANSLATE_NOOP("Lint", "Write it as {% if %}."), Looks::AtLiquid, handlebars},
};

} // namespace

std::span<const Rule> leftoverRules()
{
    return rules;
}

} // namespace carillon::lint
