// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Channel.h"
#include "engine/service/CampaignService.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace carillon::ui {

// Messages as the builders make them, one for each channel, for tests and pictures of the preview. Written with ' for ".
inline QJsonObject sampleJson(QByteArray text)
{
    return QJsonDocument::fromJson(text.replace('\'', '"')).object();
}

inline QJsonObject sampleFields(const QString& channel)
{
    if (channel == u"slack")
        return sampleJson(
            "{'text':'Disk full on db-1','blocks':["
            "{'type':'header','text':{'type':'plain_text','text':'Disk almost full on db-1'}},"
            "{'type':'section','text':{'type':'mrkdwn','text':'*db-1* is at _97 %_ since "
            "<https://status.example.org|14:02>. :warning:"
            " Run `df -h` and clear ~everything~ what is old.\\n> Last time it was the audit log.\\n```du -sh /var/*\\n41G  "
            "/var/log```'},"
            "'accessory':{'type':'image','image_url':'https://img.example.org/disk.png','alt_text':'Disk'}},"
            "{'type':'section','fields':[{'type':'mrkdwn','text':'*Region*\\neu-west-1'},{'type':'mrkdwn','text':'*Since*"
            "\\n12 minutes'},"
            "{'type':'mrkdwn','text':'*Owner*\\n<@ada>'},{'type':'mrkdwn','text':'*Channel*\\n<#C1|ops>'}]},"
            "{'type':'divider'},"
            "{'type':'image','image_url':'https://img.example.org/graph.png','alt_text':'Disk usage over the last day',"
            "'title':{'type':'plain_text','text':'Usage'}},"
            "{'type':'actions','elements':[{'type':'button','style':'primary','text':{'type':'plain_text','text':'"
            "Acknowledge'},'action_id':'ack'},"
            "{'type':'button','style':'danger','text':{'type':'plain_text','text':'Page on-call'},'action_id':'page'},"
            "{'type':'button','text':{'type':'plain_text','text':'Open'},'url':'https://status.example.org'}]},"
            "{'type':'context','elements':[{'type':'mrkdwn','text':'Sent by *Monitoring* because you own db-1'}]}]}");
    if (channel == u"telegram")
        return sampleJson(
            "{'parse_mode':'HTML','photo':'https://img.example.org/parcel.jpg',"
            "'caption':'<b>Your order is on its way</b>\\n\\nHi Zoë, parcel <code>1Z999</code> leaves our house "
            "<i>today</i>."
            "\\n<blockquote>Please leave it with the neighbours.</blockquote>\\n"
            "Door code: <tg-spoiler>4711</tg-spoiler>. <a href=\\'https://shop.example.org/t/1\\'>Track it</a>.',"
            "'reply_markup':{'inline_keyboard':[[{'text':'Track parcel','url':'https://shop.example.org'},{'text':'Change "
            "day','callback_data':'day'}],"
            "[{'text':'It is not mine','callback_data':'no'}]]}}");
    if (channel == u"whatsapp")
        return sampleJson(
            "{'type':'text','text':{'body':'*Your order is on its way*\\n\\nHi Zoë, your parcel leaves _today_.\\n"
            "- Blue teapot\\n- ~Red cups~ (sold out)\\n> Leave it with the neighbours.\\n```1Z999AA10123456784```\\n"
            "Track it: https://shop.example.org/t/1'}}");
    if (channel == u"sms")
        return {
            {u"text"_qs,
             u"Hi Zoë, your order 4711 left our house today and will be with you tomorrow between 9 and 13 h. Not at home? "
             u"Choose another day or a "
             u"neighbour: https://shop.example.org/t/4711 – your Shop team. Reply STOP to get no more of these messages."_qs},
            {u"encoding"_qs, u"UCS-2"_qs},
            {u"parts"_qs, 4}};
    if (channelOf(channel).medium == u"push" || channel == u"in_app")
        return sampleJson(
            "{'title':'Your order is on its way','body':'Hi Zoë, parcel 1Z999 leaves our house today and will be with you "
            "tomorrow between 9 and 13 h. "
            "Not at home? Choose another day or a neighbour who takes it for you.',"
            "'text':'Hi Zoë, parcel 1Z999 leaves our house today and will be with you tomorrow between 9 and 13 h.',"
            "'image':'https://img.example.org/parcel.jpg','url':'https://shop.example.org/t/1',"
            "'actions':[{'action':'track','title':'Track parcel','url':'https://shop.example.org/t/1'},"
            "{'action':'day','title':'Change day','url':'https://shop.example.org/d/1'}]}");
    return {{u"title"_qs, u"Your order is on its way"_qs},
            {u"text"_qs,
             u"Hi **Zoë**, parcel `1Z999` leaves our house *today*.\n\n1. Blue teapot\n2. ~~Red cups~~ (sold out)\n\n> "
             u"Leave it with the "
             u"neighbours.\n\n```\n1Z999AA10123456784\n```\n\n[Track it](https://shop.example.org/t/1)"_qs},
            {u"format"_qs, u"markdown"_qs}};
}

inline Preview samplePreview(const QString& channel)
{
    Preview preview;
    preview.from = QStringLiteral("Bright Shop <news@shop.example.org>");
    preview.to = channel == u"sms" || channel == u"whatsapp" ? QStringLiteral("+49 151 23456789")
                                                             : QStringLiteral("zoe@example.org");
    preview.explanation = QStringList{QStringLiteral("Taken: the topic's template for English."),
                                      QStringLiteral("pt-BR: the topic has no template for it."),
                                      QStringLiteral("pt: the topic has no template for it.")};
    if (channel == u"webhook")
        preview.source = "{\"event\":\"order.shipped\",\"order\":{\"id\":4711,\"total\":19.90,\"gift\":false,\"items\":["
                         "\"Blue teapot\",\"Red "
                         "cups\"]},\"contact\":{\"name\":\"Zo\xc3\xab\",\"note\":null}}";
    else
        preview.fields = sampleFields(channel);
    preview.facts.length = 312;
    preview.facts.limit = 4096;
    preview.facts.unit = QStringLiteral("characters");
    return preview;
}

} // namespace carillon::ui
