// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

// Rules about what every mail needs and what mail systems judge it by.
namespace carillon::lint {

namespace {

constexpr qsizetype outputLength = 10; // that an output of unknown length is counted as in a line

void emptySubject(const Part& part, Report& report)
{
    if (!part.view.part(u"subject"))
        report.addWhole(part, tr("The mail has no subject: it looks like spam, and many will not open it."));
}

void emptyMessage(const Part& part, Report& report)
{
    const auto& parts = part.view.parts();
    const auto isBody
        = [](const Part& candidate) { return candidate.format != PartFormat::Line && candidate.format != PartFormat::Url; };
    const bool isNamed = !part.view.settings().value(u"template_name").toString().isEmpty(); // the platform has its words
    const bool hasTitle = part.view.part(u"title") != nullptr;
    if (!isNamed && !hasTitle && std::none_of(parts.begin(), parts.end(), isBody))
        report.addWhole(part, tr("There is nothing in the message."));
}

void longSubject(const Part& part, Report& report)
{
    constexpr qsizetype shown = 70; // about what programs on a large screen show; a phone shows half of it
    if (part.name != u"subject")
        return;
    const qsizetype length = part.source.longest([](QChar) { return 1; }, [](const Output&) { return outputLength; });
    if (length > shown)
        report.addWhole(part,
                        tr("The subject can have %1 characters: most programs show about %2 of them, phones about 40.")
                            .arg(length)
                            .arg(shown));
}

void shoutingSubject(const Part& part, Report& report)
{
    static const QRegularExpression marks(QStringLiteral("[!?]{2,}|[$€£]{3,}"));
    static const QRegularExpression words(QStringLiteral("\\b\\p{Lu}{4,}\\b"));
    if (part.format != PartFormat::Line || part.name == u"preheader")
        return;
    const QString& text = part.source.masked();
    if (const auto match = marks.match(text); match.hasMatch())
        report.add(part, {match.capturedStart(), match.capturedLength()},
                   tr("“%1” reads like advertising.").arg(match.captured()));
    qsizetype letters = 0;
    qsizetype shouted = 0;
    for (const QChar c : text)
        letters += c.isLetter();
    QRegularExpressionMatch first;
    for (auto found = words.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        first = first.hasMatch() ? first : match;
        shouted += match.capturedLength();
    }
    if (shouted * 2 > letters && first.hasMatch() && letters >= 8)
        report.add(part, {first.capturedStart(), first.capturedLength()}, tr("Written in capitals it shouts."));
}

void deceptiveSubject(const Part& part, Report& report)
{
    static const QRegularExpression pattern(QStringLiteral("^\\s*((?:re|fwd?|aw|wg|antw|sv|tr)\\s?:)"),
                                            QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(part.source.masked());
    if (part.name == u"subject" && match.hasMatch())
        report.add(
            part, {match.capturedStart(1), match.capturedLength(1)},
            tr("“%1” pretends that this answers or forwards a mail: filters count it as deceit, and in some countries "
               "it is forbidden.")
                .arg(match.captured(1)));
}

void markupInLine(const Part& part, Report& report)
{
    static const QRegularExpression pattern(QStringLiteral("</?[a-zA-Z][^>\\n]{0,200}>|&(?:[a-zA-Z]{2,8}|#\\d{2,6});"));
    auto found = pattern.globalMatch(part.source.masked());
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        report.add(part, {match.capturedStart(), match.capturedLength()},
                   tr("This line is plain text: people will see “%1” as it stands.").arg(match.captured().left(30)));
    }
}

void samePreheader(const Part& part, Report& report)
{
    const Part* subject = part.view.part(u"subject");
    const Part* preheader = part.view.part(u"preheader");
    if (subject && preheader && subject->source.text().trimmed() == preheader->source.text().trimmed())
        report.addWhole(*preheader, tr("The preheader repeats the subject, beside which it is shown."));
}

void noPreheader(const Part& part, Report& report)
{
    const Part* html = part.view.part(u"html");
    if (html && part.view.isMarketing() && !part.view.part(u"preheader"))
        report.addWhole(*html, tr("There is no preheader: beside the subject people see the first words of the mail."));
}

void spamWords(const Part& part, Report& report)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\b(?:100 ?% (?:free|gratis|kostenlos)|act now|risk[- ]free|no obligation|you(?:'ve| have) won|"
                       "double your|earn money|make money|cash bonus|free money|once in a lifetime|viagra|casino|"
                       "this is not spam|dear friend|jetzt zuschlagen|geld verdienen)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    auto found = pattern.globalMatch(part.source.masked());
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        report.add(part, {match.capturedStart(), match.capturedLength()},
                   tr("Spam filters know “%1” well.").arg(match.captured()));
    }
}

bool isAnyBody(const Part& part)
{
    return part.name == u"html" || part.name == u"markdown" || part.name == u"text";
}

// Where something at the end of a mail is missing: its last line that is not blank.
void addAtEnd(const Part& part, Report& report, const QString& message, const QString& fix = {})
{
    const QString& text = part.source.text();
    qsizetype end = text.size();
    while (end > 0 && text.at(end - 1).isSpace())
        --end;
    qsizetype start = text.lastIndexOf(u'\n', end - 1) + 1;
    while (start < end && text.at(start).isSpace())
        ++start;
    report.add(part, {start, end - start}, message, fix);
}

void noUnsubscribe(const Part& part, Report& report)
{
    if (!part.view.isMarketing())
        return;
    for (const Part& body : part.view.parts()) {
        if (isAnyBody(body) && !part.view.mentions(body, u"unsubscribe_url"))
            addAtEnd(body, report,
                     tr("People cannot unsubscribe in the mail: they will press “Spam” instead, and in most "
                        "countries the law asks for a link."));
    }
}

void noPostalAddress(const Part& part, Report& report)
{
    if (!part.view.isMarketing())
        return;
    const QString address = part.view.input().content.brand.postalAddress.section(u'\n', 0, 0).trimmed();
    for (const Part& body : part.view.parts()) {
        const bool isThere
            = part.view.mentions(body, u"brand.postal_address") || (!address.isEmpty() && part.view.mentions(body, address));
        if (isAnyBody(body) && !isThere)
            addAtEnd(body, report,
                     tr("The sender's postal address is not in the mail: marketing mail must have it in many "
                        "countries (in the USA by the CAN-SPAM act)."));
        else if (isAnyBody(body) && address.isEmpty())
            report.add(body, {std::max<qsizetype>(0, body.source.text().indexOf(u"brand.postal_address")), 20},
                       tr("The brand has no postal address: nothing will stand here."),
                       tr("Give the brand its postal address."));
    }
}

// Where in the source the first `limit` bytes of an average mail end; -1: all of it is smaller. Liquid's own signs are not
// sent; an output is counted as so many bytes.
qsizetype endOf(const Source& source, qsizetype limit, qsizetype& bytes)
{
    constexpr int outputBytes = 20;
    qsizetype end = -1;
    bytes = 0;
    const QString& text = source.masked();
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text.at(i).unicode();
        const bool isOutput = c == Source::outputMark;
        if (isOutput && (i == 0 || text.at(i - 1) != Source::outputMark))
            bytes += outputBytes;
        if (!isOutput && c != Source::tagMark)
            bytes += c < 0x80 ? 1 : c < 0x800 || QChar::isSurrogate(c) ? 2 : 3;
        if (bytes > limit && end < 0)
            end = i;
    }
    return end;
}

void largeMail(const Part& part, Report& report)
{
    constexpr qsizetype cut = 102 * 1024;
    constexpr qsizetype near = 90 * 1024;
    if (part.name != u"html")
        return;
    qsizetype bytes = 0;
    const qsizetype end = endOf(part.source, cut, bytes);
    const QString size = QString::number(bytes / 1024);
    if (end >= 0)
        report.add(part, {end, 1}, tr("The HTML has about %1 KB. Gmail cuts after 102 KB: here.").arg(size));
    else if (bytes > near)
        report.add(part, {part.source.text().size() - 1, 1},
                   tr("The HTML has about %1 KB, and what the data add comes to that. Gmail cuts after 102 KB.").arg(size));
}

QStringList contentIds(const View& view)
{
    QStringList ids;
    const QJsonArray attachments = view.settings().value(u"attachments").toArray();
    for (const QJsonValue& attachment : attachments) {
        if (const QString id = attachment[u"content_id"].toString(); !id.isEmpty())
            ids << id;
    }
    return ids;
}

void missingAttachment(const Part& part, Report& report)
{
    const auto& assets = part.view.input().content.assets;
    const QJsonArray attachments = part.view.settings().value(u"attachments").toArray();
    for (const QJsonValue& attachment : attachments) {
        const QString hash = attachment[u"asset"].toString();
        if (hash.isEmpty() || (!assets.isEmpty() && !assets.contains(hash)))
            report.addWhole(part, tr("The file of the attachment “%1” is not there.").arg(attachment[u"name"].toString()));
    }
}

void unknownInlineImage(const Part& part, Report& report)
{
    if (!part.outline)
        return;
    const QStringList ids = contentIds(part.view);
    for (const HtmlElement& element : part.outline->elements()) {
        const HtmlAttribute* source = element.attribute(u"src");
        if (source && !source->isDynamic() && source->value.startsWith(u"cid:") && !ids.contains(source->value.mid(4)))
            report.add(part, source->valuePlace,
                       tr("No attachment has the content id “%1”: the image will be missing.").arg(source->value.mid(4)));
    }
}

void unusedInlineImage(const Part& part, Report& report)
{
    const Part* html = part.view.part(u"html");
    if (!html)
        return;
    for (const QString& id : contentIds(part.view)) {
        const QString address = u"cid:" + id;
        if (!part.view.mentions(*html, address))
            report.addWhole(*html, tr("The inline image “%1” is in no place of the mail: it is sent for nothing.").arg(id));
    }
}

void forgottenAttachment(const Part& part, Report& report)
{
    static const QRegularExpression words(
        QStringLiteral(
            "\\b(?:see attached|is attached|are attached|the attached|attached file|im Anhang|ci-joint|en pièce jointe)\\b"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    const QString& lower = part.source.lower();
    const bool mayBe = lower.contains(u"attached") || lower.contains(u"anhang") || lower.contains(u"joint");
    if (!mayBe || !isAnyBody(part) || !part.view.settings().value(u"attachments").toArray().isEmpty())
        return;
    const auto match = words.match(part.source.masked());
    if (match.hasMatch())
        report.add(part, {match.capturedStart(), match.capturedLength()}, tr("Nothing is attached to the mail."));
}

constexpr Rule rules[] = {
    {"empty-subject", Severity::Error, QT_TRANSLATE_NOOP("Lint", "Mail without a subject: it looks like spam."),
     QT_TRANSLATE_NOOP("Lint", "Say in a few words what the mail is about."), Looks::Once, emptySubject, "email"},
    {"empty-message", Severity::Error, QT_TRANSLATE_NOOP("Lint", "Messages with nothing in them."),
     QT_TRANSLATE_NOOP("Lint", "Write the message, or remove the channel from the topic."), Looks::Once, emptyMessage},
    {"long-subject", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Subjects that are longer than what mail programs show."),
     QT_TRANSLATE_NOOP("Lint", "Put what matters into the first 40 characters."), Looks::AtLines, longSubject, "email"},
    {"shouting", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint",
                       "Subjects and titles in capitals or with rows of exclamation marks: spam filters count them."),
     QT_TRANSLATE_NOOP("Lint", "Write it calmly."), Looks::AtLines, shoutingSubject},
    {"deceptive-subject", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Subjects that pretend to answer or to forward a mail (“Re:”)."),
     QT_TRANSLATE_NOOP("Lint", "Leave it out."), Looks::AtLines, deceptiveSubject, "email"},
    {"markup-in-line", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "HTML in subjects, preheaders and titles: people see the tags."),
     QT_TRANSLATE_NOOP("Lint", "Write plain text, and the character itself for an entity."), Looks::AtLines, markupInLine},
    {"same-preheader", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Preheaders that repeat the subject."),
     QT_TRANSLATE_NOOP("Lint", "Go on where the subject ends."), Looks::Once, samePreheader, "email"},
    {"no-preheader", Severity::Hint,
     QT_TRANSLATE_NOOP("Lint", "Marketing mail without a preheader: its first words are shown, whatever they are."),
     QT_TRANSLATE_NOOP("Lint", "Write a preheader of 40 to 100 characters."), Looks::Once, noPreheader, "email"},
    {"spam-words", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Words in subjects and preheaders that spam filters look for."),
     QT_TRANSLATE_NOOP("Lint", "Say it in other words."), Looks::AtLines, spamWords, "email"},
    {"no-unsubscribe", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Marketing mail without a link to unsubscribe."),
     QT_TRANSLATE_NOOP("Lint", "Add a link to {{ unsubscribe_url }}."), Looks::Once, noUnsubscribe, "email"},
    {"no-postal-address", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Marketing mail without the sender's postal address."),
     QT_TRANSLATE_NOOP("Lint", "Add {{ brand.postal_address }}."), Looks::Once, noPostalAddress, "email"},
    {"large-mail", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "HTML of more than 90 KB: Gmail cuts after 102 KB, and with it the link to unsubscribe."),
     QT_TRANSLATE_NOOP("Lint", "Remove what repeats: styles, comments, blanks at the start of lines."), Looks::AtHtml,
     largeMail},
    {"missing-attachment", Severity::Error, QT_TRANSLATE_NOOP("Lint", "Attachments whose file is not there."),
     QT_TRANSLATE_NOOP("Lint", "Add the file again, or remove the attachment."), Looks::Once, missingAttachment, "email"},
    {"unknown-inline-image", Severity::Error, QT_TRANSLATE_NOOP("Lint", "Inline images (cid:) that are not attached."),
     QT_TRANSLATE_NOOP("Lint", "Attach the image with this content id."), Looks::AtHtml, unknownInlineImage, "email"},
    {"unused-inline-image", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Inline images that are attached and never shown."),
     QT_TRANSLATE_NOOP("Lint", "Show it with <img src=\"cid:...\">, or remove it."), Looks::Once, unusedInlineImage,
     "email"},
    {"forgotten-attachment", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Mail that speaks of an attachment and has none."),
     QT_TRANSLATE_NOOP("Lint", "Attach the file."), Looks::AtEachPart, forgottenAttachment, "email"},
};

} // namespace

std::span<const Rule> mailRules()
{
    return rules;
}

} // namespace carillon::lint
