// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/EmailBuilder.h"

#include "engine/content/HtmlToText.h"
#include "engine/content/MailBuilder.h"
#include "engine/content/MarkdownMail.h"
#include "engine/model/Names.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr std::size_t gmailCuts = 102 * 1024; // Gmail hides what is behind this many bytes of HTML

QString tr(const char* text)
{
    return QCoreApplication::translate("EmailBuilder", text);
}

bool isBlank(const std::string& text)
{
    return text.find_first_not_of(" \t\r\n") == text.npos;
}

std::string taken(BuildInput& input, const char* name)
{
    const auto found = input.parts.find(QString::fromLatin1(name));
    return found == input.parts.end() ? std::string() : std::move(found->second);
}

// How mailbox providers count complaints about a sender: five to fifteen characters, stable.
QString feedbackSender(const Brand& brand)
{
    return QStringLiteral("carillon%1").arg(brand.id % 10'000'000);
}

void addListFields(const BuildInput& input, Mail& mail)
{
    const Topic& topic = input.content.topic;
    const Brand& brand = input.content.brand;
    mail.unsubscribeUrl = input.unsubscribeUrl;
    mail.unsubscribeMailto = brand.unsubscribeMailto;
    mail.listName = topic.name;
    mail.listKey = topic.key;
    mail.feedbackId = QStringLiteral("%1:%2:%3:%4")
                          .arg(input.delivery.campaignId)
                          .arg(topic.key, nameOf(topic.category), feedbackSender(brand));
}

void addPeople(const BuildInput& input, Mail& mail)
{
    const Brand& brand = input.content.brand;
    mail.fromName = brand.fromName;
    mail.fromAddress = brand.fromAddress;
    mail.replyTo = brand.replyTo;
    mail.toName = input.contact.name;
    mail.toAddress = input.delivery.address;
}

Status addBody(BuildInput& input, Mail& mail)
{
    mail.html = taken(input, "html");
    mail.text = taken(input, "text");
    if (const std::string markdown = taken(input, "markdown"); isBlank(mail.html) && !isBlank(markdown)) {
        Result<std::string> html = markdownToMailHtml(markdown);
        if (!html)
            return fail(badPart(QStringLiteral("markdown"), html.error().message));
        mail.html = *std::move(html);
    }
    if (isBlank(mail.text))
        mail.text.clear(); // then it is made from the HTML
    if (isBlank(mail.html) && mail.text.empty())
        return fail(emptyPart(QStringLiteral("html")));
    return {};
}

void addFacts(const Mail& mail, MessageFacts& facts)
{
    facts.limit = maxMailBytes;
    facts.unit = tr("bytes");
    if (mail.html.size() > gmailCuts)
        facts.notes << tr("The HTML has %1 KB; Gmail cuts it after 102 KB.").arg(mail.html.size() / 1024);
    for (const MailFile& file : mail.files) {
        if (!file.contentId.isEmpty() && mail.html.find("cid:" + file.contentId.toStdString()) == std::string::npos)
            facts.notes << tr("Nothing in the HTML shows the image “%1” (cid:%2).").arg(file.name, file.contentId);
    }
}

} // namespace

Result<Message> buildEmail(BuildInput& input, MessageFacts& facts)
{
    Mail mail;
    addPeople(input, mail);
    mail.subject = taken(input, "subject");
    mail.preheader = taken(input, "preheader");
    if (Status status = addBody(input, mail); !status)
        return fail(status.error());
    Result<QList<MailFile>> files = attachmentsOf(input.source, input.content);
    if (!files)
        return fail(files.error());
    mail.files = *std::move(files);
    mail.messageId = input.delivery.messageId;
    mail.date = input.now;
    mail.category = input.content.topic.category;
    if (mail.category == Category::Marketing)
        addListFields(input, mail);
    addFacts(mail, facts);
    Result<Message> message = buildMail(std::move(mail));
    if (message)
        facts.length = message->content.size();
    return message;
}

} // namespace carillon
