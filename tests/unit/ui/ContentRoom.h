// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/unit/ui/ScriptedPrompts.h"
#include "ui/topics/ContentEditor.h"
#include "ui/topics/SilencedRules.h"

namespace carillon::ui {

inline TemplateProblem problem(Severity severity, const QString& part, int column, const QString& rule)
{
    TemplateProblem found;
    found.severity = severity;
    found.part = part;
    found.column = column;
    found.length = 3;
    found.rule = rule;
    found.message = u"Something about " + rule;
    found.fix = QStringLiteral("Do it otherwise.");
    return found;
}

// Finds "bad" anywhere as an error, "meh" as a hint.
inline QList<TemplateProblem> findings(const QList<Template>& all, int index)
{
    QList<TemplateProblem> found;
    const Template& content = all.at(index);
    for (auto part = content.parts.cbegin(); part != content.parts.cend(); ++part) {
        if (const auto at = part->indexOf(u"bad"); at >= 0)
            found << problem(Severity::Error, part.key(), int(at) + 1, QStringLiteral("bad-word"));
        if (const auto at = part->indexOf(u"meh"); at >= 0)
            found << problem(Severity::Hint, part.key(), int(at) + 1, QStringLiteral("dull-word"));
    }
    return found;
}

inline Template mail(const QString& subject, const QString& html)
{
    Template content;
    content.id = 7;
    content.channel = QStringLiteral("email");
    content.version = 2;
    content.parts = {{QStringLiteral("subject"), subject}, {QStringLiteral("html"), html}};
    return content;
}

inline Template ofChannel(const QString& channel, const QJsonObject& settings = {})
{
    Template content;
    content.channel = channel;
    content.settings = settings;
    return content;
}

// What an editor of content works with: nothing is stored anywhere.
class ContentRoom : public QObject {
protected:
    ScriptedPrompts m_prompts;
    SilencedRules m_silenced;
    QList<TemplateVersion> m_versions;
    const ContentTools m_tools{
        m_prompts,
        m_silenced,
        findings,
        [](const QByteArray& data) { return readyFuture<QString>(QStringLiteral("hash-%1").arg(data.size())); },
        [](const QString&) { return readyFuture<QByteArray>(QByteArray(10, 'x')); },
        [this](qint64) { return readyFuture<QList<TemplateVersion>>(m_versions); },
        [this](qint64 id, int version) {
            Template stored = mail({}, {});
            stored.id = id;
            stored.version = 4;
            for (const TemplateVersion& one : m_versions) {
                if (one.number == version)
                    stored.parts = one.parts;
            }
            return readyFuture<Template>(stored);
        }};
};

} // namespace carillon::ui
