// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TemplateCheck.h"

#include "engine/content/TemplateParts.h"
#include "engine/liquid/Program.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TemplateCheck", text);
}

// Why a variable will be empty in every message; nothing when it may well be there.
QString doubtAbout(const liquid::VariableUse& use, const QStringList& attributes)
{
    const QString root = QString::fromStdString(use.root);
    if (!rootVariables().contains(root))
        return tr("There is no variable “%1”. Templates see: %2.").arg(root, rootVariables().join(QStringLiteral(", ")));
    QStringList known = membersOf(root);
    if (known.isEmpty() || (root == QStringLiteral("contact") && attributes.isEmpty()))
        return {};
    if (root == QStringLiteral("contact"))
        known += attributes;
    const QString member = QString::fromStdString(use.path).section(u'.', 1, 1).section(u'[', 0, 0);
    if (member.isEmpty() || known.contains(member))
        return {};
    if (root == QStringLiteral("contact"))
        return tr("No contact has an attribute “%1”.").arg(member);
    return tr("“%1” has no “%2”. It has: %3.").arg(root, member, known.join(QStringLiteral(", ")));
}

} // namespace

TemplateProblem toTemplateProblem(const liquid::Problem& problem, const QByteArray& source)
{
    const qsizetype offset = qMin<qsizetype>(problem.place.offset, source.size());
    const QString before = QString::fromUtf8(source.left(offset));
    const QString text = QString::fromUtf8(source.mid(offset, problem.place.length));
    TemplateProblem result;
    result.line = problem.line;
    result.column = int(before.size() - (before.lastIndexOf(u'\n') + 1)) + 1;
    result.position = int(before.size());
    result.length = qMax(1, int(text.size()));
    if (offset == source.size() && result.position > 0)
        --result.position; // what is missing at the very end is shown under the last character
    result.text = QString::fromStdString(problem.text);
    result.message = QString::fromStdString(problem.sentence);
    return result;
}

QList<TemplateProblem> checkTemplate(const QString& source, const QString& channel, const QString& part,
                                     const QStringList& attributes)
{
    const QByteArray utf8 = source.toUtf8();
    const std::string_view view(utf8.constData(), std::size_t(utf8.size()));
    QList<TemplateProblem> problems;
    const auto program = liquid::Program::compile(view, {escapeFor(channel, part)});
    if (!program) {
        for (const liquid::Problem& problem : program.error()) {
            problems << toTemplateProblem(problem, utf8);
            problems.last().rule = QStringLiteral("liquid");
        }
        return problems;
    }
    for (const liquid::VariableUse& use : program->variables()) {
        const QString doubt = doubtAbout(use, attributes);
        if (doubt.isEmpty() || problems.size() >= qsizetype(liquid::Program::maxProblems))
            continue;
        problems << toTemplateProblem(liquid::makeProblem(view, use.place, doubt.toStdString()), utf8);
        problems.last().severity = Severity::Warning;
        problems.last().rule = QStringLiteral("unknown-variable");
    }
    return problems;
}

} // namespace carillon
