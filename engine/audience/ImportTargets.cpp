// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/audience/ImportTargets.h"

#include "engine/model/EmailAddress.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

#include <array>
#include <utility>

namespace carillon {

namespace {

// Header words as headerWord() writes them, by target. English, German, French, Spanish, Italian, Portuguese, Dutch, Polish,
// Swedish, Turkish, Russian, Chinese, Japanese.
constexpr std::array<std::pair<const char16_t*, const char16_t*>, 8> headerWords{{
    {u"email",
     u"|email|emailaddress|mail|mailaddress|emailadresse|mailadresse|epost|epostadresse|courriel|adresseemail|adressemail|"
     u"correo|correoelectronico|indirizzoemail|postaelettronica|enderecodeemail|mailadres|emailadres|adresemail|epostadress|"
     u"eposta|почта|электроннаяпочта|邮箱|电子邮件|电子邮箱|メール|メールアドレス|"},
    {u"external_id",
     u"|externalid|id|contactid|customerid|userid|subscriberid|customernumber|kundennummer|kundenid|kundennr|"
     u"identifiant|numeroclient|idcliente|numerocliente|codicecliente|klantnummer|idklienta|kundnummer|номерклиента|"
     u"客户编号|顧客番号|"},
    {u"first_name",
     u"|firstname|givenname|forename|vorname|prenom|nombre|nomedibattesimo|primeironome|voornaam|imie|fornamn|ad|имя|"
     u"名字|名|"},
    {u"last_name",
     u"|lastname|surname|familyname|nachname|familienname|nomdefamille|apellido|apellidos|cognome|sobrenome|apelido|"
     u"achternaam|nazwisko|efternamn|soyad|soyadi|фамилия|姓氏|姓|"},
    {u"name",
     u"|name|fullname|displayname|contactname|vollername|nomcomplet|nom|nombrecompleto|nome|nomecompleto|volledigenaam|"
     u"naam|imieinazwisko|namn|adsoyad|фио|полноеимя|姓名|氏名|"},
    {u"locale", u"|locale|language|lang|languagecode|sprache|langue|idioma|lingua|taal|jezyk|sprak|dil|язык|语言|言語|"},
    {u"time_zone",
     u"|timezone|tz|zeitzone|fuseauhoraire|zonahoraria|fusoorario|fusohorario|tijdzone|strefaczasowa|tidszon|saatdilimi|"
     u"часовойпояс|时区|タイムゾーン|"},
    {u"phone",
     u"|phone|phonenumber|mobile|mobilephone|mobilenumber|cell|cellphone|telephone|tel|telefon|telefonnummer|handy|mobil|"
     u"telefono|celular|cellulare|telefone|telemovel|telefoon|telefoonnummer|mobiel|numertelefonu|portable|телефон|手机|"
     u"电话|"
     u"電話番号|"},
}};

Error mappingError(const QString& message)
{
    return {ErrorCode::InvalidInput, message, QStringLiteral("mapping")};
}

// Letters and digits alone, lower case, without accents: "E-Mail Address" is "emailaddress".
QString headerWord(const QString& header)
{
    QString word;
    for (const QChar c : header.normalized(QString::NormalizationForm_KD).toLower()) {
        if (c.isLetterOrNumber())
            word += c;
    }
    return word;
}

QString targetOfHeader(const QString& header)
{
    const QString word = headerWord(header);
    if (word.isEmpty())
        return {};
    for (const auto& [target, words] : headerWords) {
        const QString all = QString::fromUtf16(words).normalized(QString::NormalizationForm_KD);
        if (all.contains(u'|' % word % u'|'))
            return QString::fromUtf16(target);
    }
    return {};
}

// "Signed up (UTC)" is "signed_up_utc"; a header without a Latin letter is named after its column.
QString attributeKey(const QString& header, qsizetype column)
{
    QString key;
    for (const QChar c : header.normalized(QString::NormalizationForm_KD).toLower()) {
        if (c.unicode() < 128 && c.isLetterOrNumber())
            key += c;
        else if (!c.isMark() && !key.isEmpty() && !key.endsWith(u'_'))
            key += u'_';
    }
    while (key.endsWith(u'_'))
        key.chop(1);
    if (key.isEmpty() || key.front().isDigit())
        key.prepend(QStringLiteral("column_%1").arg(column + 1) % (key.isEmpty() ? QString() : QStringLiteral("_")));
    return key.left(64);
}

// The first column without a target of which more than half of the filled cells pass; -1 for none.
template <typename Test>
qsizetype columnThatLooks(Test&& test, const QStringList& mapping, const QList<QStringList>& rows)
{
    for (qsizetype column = 0; column < mapping.size(); ++column) {
        qsizetype filled = 0;
        qsizetype passed = 0;
        for (const QStringList& row : rows) {
            const QString cell = row.value(column).trimmed();
            filled += cell.isEmpty() ? 0 : 1;
            passed += test(cell) ? 1 : 0;
        }
        if (mapping[column].isEmpty() && passed * 2 > filled)
            return column;
    }
    return -1;
}

void nameRestAsAttributes(QStringList& mapping, const QStringList& header)
{
    QSet<QString> used;
    for (qsizetype column = 0; column < header.size(); ++column) {
        if (!mapping[column].isEmpty())
            continue;
        QString key = attributeKey(header[column], column);
        if (used.contains(key))
            key = QStringLiteral("column_%1").arg(column + 1);
        used << key;
        mapping[column] = QStringLiteral("attribute:") % key;
    }
}

} // namespace

const QStringList& importTargets()
{
    static const QStringList targets{QStringLiteral("external_id"), QStringLiteral("email"),     QStringLiteral("name"),
                                     QStringLiteral("first_name"),  QStringLiteral("last_name"), QStringLiteral("locale"),
                                     QStringLiteral("time_zone"),   QStringLiteral("phone")};
    return targets;
}

Status checkMapping(const QStringList& mapping)
{
    static const QRegularExpression attribute(QStringLiteral("\\Aattribute:[A-Za-z_][A-Za-z0-9_-]{0,63}\\z"));
    QSet<QString> used;
    for (const QString& target : mapping) {
        if (target.isEmpty())
            continue;
        if (!importTargets().contains(target) && !attribute.match(target).hasMatch())
            return fail(
                mappingError(QCoreApplication::translate("ContactImport",
                                                         "\"%1\" is not a place a column can go to: use %2, or attribute: "
                                                         "and a name of letters, digits, dashes and underscores.")
                                 .arg(target, importTargets().join(QStringLiteral(", ")))));
        if (used.contains(target))
            return fail(
                mappingError(QCoreApplication::translate("ContactImport", "Two columns go to \"%1\": leave one of them out.")
                                 .arg(target)));
        used << target;
    }
    if (!used.contains(QStringLiteral("email")))
        return fail(
            mappingError(QCoreApplication::translate("ContactImport", "Say which column holds the e-mail address.")));
    return {};
}

QStringList suggestMapping(const QStringList& header, const QList<QStringList>& rows)
{
    const qsizetype columns = !header.isEmpty() ? header.size() : rows.value(0).size();
    QStringList mapping(columns);
    for (qsizetype column = 0; column < header.size(); ++column) {
        const QString target = targetOfHeader(header[column]);
        if (!mapping.contains(target))
            mapping[column] = target;
    }
    const auto fill = [&](const QString& target, auto test) {
        const qsizetype column = mapping.contains(target) ? -1 : columnThatLooks(test, mapping, rows);
        if (column >= 0)
            mapping[column] = target;
    };
    fill(QStringLiteral("email"), looksLikeEmail);
    fill(QStringLiteral("phone"), looksLikePhone);
    nameRestAsAttributes(mapping, header);
    return mapping;
}

QStringList columnNames(qsizetype columns)
{
    QStringList names;
    for (qsizetype column = 1; column <= columns; ++column)
        names << QCoreApplication::translate("ContactImport", "Column %1").arg(column);
    return names;
}

bool looksLikeEmail(const QString& cell)
{
    return parseEmailAddress(cell).has_value();
}

bool looksLikePhone(const QString& cell)
{
    static const QRegularExpression phone(QStringLiteral("\\A\\s*(\\+|00)[1-9][0-9 ()./-]{6,24}\\s*\\z"));
    return phone.match(cell).hasMatch();
}

} // namespace carillon
