// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/DkimSigner.h"

#include "engine/provider/DkimCanonical.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <algorithm>

namespace carillon {

namespace {

struct SignedName {
    const char* name;
    bool oversigned = false;
};

constexpr SignedName signedNames[] = {
    {"from", true},       {"reply-to"},
    {"subject", true},    {"date"},
    {"to", true},         {"cc"},
    {"mime-version"},     {"content-type"},
    {"message-id"},       {"in-reply-to"},
    {"references"},       {"list-id"},
    {"list-unsubscribe"}, {"list-unsubscribe-post"},
    {"feedback-id"},      {"content-transfer-encoding"},
    {"sender"},
};

constexpr qsizetype lineOctets = 76;

// What is signed of the header: the names for h=, and the fields in that order, of several with one name the lowest first.
struct SignedHeader {
    QByteArrayList names;
    QByteArray fields;
    bool hasFrom = false;
};

SignedHeader chooseFields(const QList<DkimField>& all)
{
    SignedHeader chosen;
    for (const SignedName& wanted : signedNames) {
        for (auto field = all.rbegin(); field != all.rend(); ++field) {
            if (field->name != wanted.name)
                continue;
            chosen.names += wanted.name;
            chosen.fields += field->line;
            chosen.hasFrom |= field->name == "from";
        }
        if (wanted.oversigned)
            chosen.names += wanted.name;
    }
    return chosen;
}

// "from:from:subject:..." with line breaks where it would grow too long.
QByteArray foldNames(const QByteArrayList& names)
{
    QByteArray text;
    qsizetype lineStart = 0;
    for (const QByteArray& name : names) {
        if (!text.isEmpty())
            text += ':';
        if (text.size() - lineStart + name.size() > lineOctets - 4) {
            text += "\r\n ";
            lineStart = text.size();
        }
        text += name;
    }
    return text;
}

QByteArray foldSignature(const QByteArray& base64)
{
    QByteArray text;
    for (qsizetype at = 0; at < base64.size(); at += lineOctets - 2)
        text += "\r\n " + base64.sliced(at, qMin(lineOctets - 2, base64.size() - at));
    return text;
}

// A record with blanks in its base64, the only part of it that is longer than a line.
QByteArray withBlanks(const QByteArray& record)
{
    QByteArray text;
    for (qsizetype at = 0; at < record.size(); at += lineOctets)
        text.append(at > 0 ? " " : "").append(record.sliced(at, qMin(lineOctets, record.size() - at)));
    return text;
}

} // namespace

DkimSigner::DkimSigner(QByteArray domain, QList<DkimSelector> selectors)
    : m_domain(std::move(domain))
    , m_selectors(std::move(selectors))
{
}

Result<QByteArray> DkimSigner::sign(const QByteArray& content, qint64 unixTime) const
{
    const DkimText text = dkimCanonical(content);
    const SignedHeader header = chooseFields(text.fields);
    if (!header.hasFrom)
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate("Dkim", "The mail has no From, so it cannot be signed."));
    const QByteArray names = foldNames(header.names);
    const QByteArray bodyHash = QCryptographicHash::hash(text.body, QCryptographicHash::Sha256).toBase64();
    QByteArray all;
    for (const DkimSelector& selector : m_selectors) {
        const Result<QByteArray> one = signWith(selector, names, header.fields, bodyHash, unixTime);
        if (!one)
            return one;
        all += *one;
    }
    return all;
}

// What is signed ends with the signature's own field, its b= empty and without CRLF (RFC 6376 3.7).
Result<QByteArray> DkimSigner::signWith(const DkimSelector& selector, const QByteArray& names, const QByteArray& fields,
                                        const QByteArray& bodyHash, qint64 unixTime) const
{
    const QByteArray field = "DKIM-Signature: v=1; a=" + selector.key.algorithm() + "; c=relaxed/relaxed;\r\n d=" + m_domain
        + "; s=" + selector.name + "; t=" + QByteArray::number(unixTime) + ";\r\n h=" + names + ";\r\n bh=" + bodyHash
        + ";\r\n b=";
    QByteArray own = dkimRelaxedField(field).line;
    own.chop(2);
    const Result<QByteArray> signature = selector.key.sign(fields + own);
    if (!signature)
        return signature;
    return field + foldSignature(signature->toBase64()) + "\r\n";
}

QString DkimSigner::dkimRecord() const
{
    QStringList lines;
    for (const DkimSelector& selector : m_selectors)
        lines
            += QString::fromLatin1(selector.name + "._domainkey." + m_domain + " TXT " + withBlanks(selector.key.record()));
    return lines.join(u'\n');
}

} // namespace carillon
