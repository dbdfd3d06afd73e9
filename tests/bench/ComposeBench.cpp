// SPDX-License-Identifier: GPL-3.0-or-later
// How many mails of about 2 KB one core composes in a second of processor time, and what the steps take.
//
//     ComposeBench [mails]
#include "engine/content/Composer.h"
#include "engine/content/HtmlToText.h"
#include "engine/content/MailBuilder.h"
#include "engine/content/QuotedPrintable.h"
#include "engine/liquid/Program.h"

#include <QJsonArray>

#include <cstdio>
#include <ctime>

using namespace carillon;

namespace {

const QString html = QStringLiteral(
    "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{{ data.title }}</title></head>"
    "<body style=\"font-family:Arial,sans-serif;color:#222;background:#f6f6f6\"><div "
    "style=\"max-width:560px;margin:auto;background:#fff;padding:24px\">"
    "<h1 style=\"font-size:20px\">{{ data.title }}</h1><p>Dear {{ contact.first_name | default: 'friend' }},</p>"
    "<p>ticket <b>{{ data.ticket }}</b> was assigned to {{ data.agent }} in {{ contact.city }}. The open positions are:</p>"
    "<ul>{% for it in data.items %}<li><a href=\"https://desk.example.test/i/{{ it.id }}\">{{ it.title }}</a> ({{ it.state "
    "}})</li>\n{% endfor %}</ul>"
    "{% if contact.plan == 'team' %}<p style=\"color:#b00020\"><b>This ticket is urgent: please answer within one "
    "hour.</b></p>"
    "{% else %}<p>Please answer within two working days.</p>{% endif %}"
    "<p style=\"font-size:12px;color:#777\">You receive this because {{ contact.email }} watches this queue. "
    "<a href=\"{{ unsubscribe_url }}\">Unsubscribe</a></p></div></body></html>");

QJsonObject data()
{
    QJsonArray items;
    for (int i = 0; i < 5; ++i)
        items << QJsonObject{{QStringLiteral("id"), i},
                             {QStringLiteral("title"), QStringLiteral("Item & part %1").arg(i)},
                             {QStringLiteral("state"), QStringLiteral("open")}};
    return {{QStringLiteral("title"), QStringLiteral("Ticket assigned")},
            {QStringLiteral("ticket"), QStringLiteral("T-4711")},
            {QStringLiteral("agent"), QStringLiteral("Zoë")},
            {QStringLiteral("items"), items}};
}

// As many attributes as a row of an imported file has.
Contact contact(int number)
{
    Contact result;
    result.id = number;
    result.externalId = QStringLiteral("c-41-%1").arg(number);
    result.name = number % 3 ? QStringLiteral("Luisa Ondricka") : QStringLiteral("Ngọc Tú Vũ");
    result.locale = QStringLiteral("es-ES");
    result.timeZone = QStringLiteral("Europe/Madrid");
    result.attributes = {{QStringLiteral("first_name"), QStringLiteral("Luisa")},
                         {QStringLiteral("last_name"), QStringLiteral("Ondricka")},
                         {QStringLiteral("plan"), number % 2 ? QStringLiteral("team") : QStringLiteral("free")},
                         {QStringLiteral("signed_up"), QStringLiteral("2024-04-19")},
                         {QStringLiteral("city"), QStringLiteral("Albacete")},
                         {QStringLiteral("orders"), number % 40},
                         {QStringLiteral("phone"), QStringLiteral("+12617943213")}};
    return result;
}

template <typename Work>
void measure(const char* name, int times, Work work)
{
    const std::clock_t start = std::clock(); // processor time: what else the machine does must not show
    size_t bytes = 0;
    for (int i = 0; i < times; ++i)
        bytes += work(i);
    const double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
    std::printf("%-28s %9.0f /s  %7.2f us  %zu bytes each\n", name, times / seconds, seconds * 1e6 / times,
                bytes / size_t(times));
}

} // namespace

int main(int argc, char** argv)
{
    const int mails = argc > 1 ? qMax(1, QString::fromLocal8Bit(argv[1]).toInt()) : 100'000;
    Topic topic;
    topic.key = QStringLiteral("ticket.assigned");
    topic.name = QStringLiteral("Ticket assigned");
    topic.category = Category::Marketing;
    Brand brand;
    brand.fromName = QStringLiteral("The Desk");
    brand.fromAddress = QStringLiteral("desk@example.test");
    Template mail;
    mail.channel = QStringLiteral("email");
    mail.parts
        = {{QStringLiteral("subject"), QStringLiteral("{{ data.ticket }}: {{ data.title }} for {{ contact.first_name }}")},
           {QStringLiteral("html"), html}};
    const Composer composer({topic, brand, {mail}, {}}, data());
    QList<Contact> contacts;
    for (int i = 0; i < 1000; ++i)
        contacts << contact(i);
    Delivery delivery;
    delivery.channel = QStringLiteral("email");
    delivery.address = QStringLiteral("luisa@example.net");

    measure("compose a mail", mails, [&](int i) {
        delivery.messageId = QStringLiteral("d%1@example.test").arg(i);
        return size_t(composer
                          .compose(delivery, contacts[i % 1000], 1'700'000'000'000 + i,
                                   QStringLiteral("https://example.test/u/0123456789abcdef"))
                          ->content.size());
    });
    const std::string rendered = composer.inspect(delivery, contacts[0], 1).parts[QStringLiteral("html")].toStdString();
    measure("text from the HTML", mails, [&](int) { return htmlToText(rendered).size(); });
    measure("quoted-printable", mails, [&](int) {
        std::string out;
        appendQuotedPrintable(rendered, out);
        return out.size();
    });

    using namespace carillon::liquid;
    const auto program = Program::compile(html.toStdString(), {liquid::Escape::Html});
    Array items;
    for (int i = 0; i < 5; ++i)
        items.push_back(Object({{"id", i}, {"title", "Item & part"}, {"state", "open"}}));
    const Value root = Object(
        {{"contact",
          Object({{"first_name", "Luisa"}, {"city", "Albacete"}, {"plan", "team"}, {"email", "luisa@example.net"}})},
         {"data", Object({{"title", "Ticket"}, {"ticket", "T-1"}, {"agent", "Zoë"}, {"items", std::move(items)}})},
         {"unsubscribe_url", "https://example.test/u"}});
    measure("render the HTML part", mails, [&](int) { return program->render(root)->size(); });
    measure("compile the HTML part", mails / 10 + 1,
            [&](int) { return size_t(Program::compile(html.toStdString()).has_value()); });
    return 0;
}
