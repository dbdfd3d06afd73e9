// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/ApplyCheck.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace carillon {

namespace {

// Of a list of the file: what its objects may have, in the order of their importance.
struct Section {
    QString name;
    QStringList members;
};

QString tr(const char* text)
{
    return QCoreApplication::translate("ApplyFile", text);
}

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(u' ');
}

const QList<Section>& sections()
{
    static const QList<Section> all{
        {QStringLiteral("brands"),
         words("name from_name from_address reply_to postal_address public_url unsubscribe_mailto locale time_zone")},
        {QStringLiteral("accounts"), words("name provider settings limits enabled")},
        {QStringLiteral("topics"),
         words("key name category brand accounts templates rules uncertain max_attempts lifetime_ms")},
        {QStringLiteral("snippets"), words("name body locale brand variant")},
        {QStringLiteral("texts"), words("locale texts brand")},
        {QStringLiteral("category_templates"), words("category channel parts locale brand variant settings")},
        {QStringLiteral("frequency_caps"), words("category most window_ms")}};
    return all;
}

tl::unexpected<Error> wrong(const QString& place, const QString& sentence)
{
    return fail(ErrorCode::InvalidInput, place + QStringLiteral(": ") + sentence, place);
}

Status checkMembers(const QString& place, const QJsonObject& object, const QStringList& known)
{
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (!known.contains(member.key()))
            return wrong(place.isEmpty() ? member.key() : place + u'.' + member.key(),
                         tr("there is no such member. There are %1.").arg(known.join(QStringLiteral(", "))));
    }
    return {};
}

Status checkTexts(const QString& place, const QJsonObject& object)
{
    for (auto text = object.begin(); text != object.end(); ++text) {
        if (!text.value().isString())
            return wrong(place + u'.' + text.key(), tr("this must be a text."));
    }
    return {};
}

// Calls `check` for each object of a list, with its place: "topics[0]".
template <typename Check>
Status checkEach(const QString& place, const QJsonValue& list, const Check& check)
{
    if (list.isUndefined())
        return {};
    if (!list.isArray())
        return wrong(place, tr("this must be a list: [...]."));
    const QJsonArray array = list.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString at = QStringLiteral("%1[%2]").arg(place).arg(i);
        if (!array.at(i).isObject())
            return wrong(at, tr("this must be an object: {...}."));
        if (const Status checked = check(at, array.at(i).toObject()); !checked)
            return checked;
    }
    return {};
}

Status checkTemplate(const QString& place, const QJsonObject& content)
{
    const Status known = checkMembers(place, content, words("channel parts locale brand variant settings"));
    return known ? checkTexts(place + QStringLiteral(".parts"), content.value(u"parts").toObject()) : known;
}

} // namespace

Status checkApplyFile(const QJsonObject& file)
{
    QStringList names;
    for (const Section& section : sections())
        names << section.name;
    Status checked = checkMembers({}, file, names + QStringList{QStringLiteral("note")});
    for (const Section& section : sections()) {
        if (!checked)
            break;
        checked = checkEach(section.name, file.value(section.name), [&](const QString& place, const QJsonObject& object) {
            Status good = checkMembers(place, object, section.members);
            for (const QString& texts : {QStringLiteral("parts"), QStringLiteral("texts")}) {
                if (good)
                    good = checkTexts(place + u'.' + texts, object.value(texts).toObject());
            }
            return good ? checkEach(place + QStringLiteral(".templates"), object.value(u"templates"), checkTemplate) : good;
        });
    }
    return checked;
}

} // namespace carillon
