// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/CheckKinds.h"
#include "engine/security/Hmac.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("HmacCheck", text);
}

// One piece of what is signed.
struct Piece {
    enum Kind { Text, Body, Timestamp, Url, Method, Header } kind = Text;
    QByteArray text; // Text: itself; Header: its name
};

Piece pieceOf(const QString& word)
{
    static const QHash<QString, Piece::Kind> words{{QStringLiteral("body"), Piece::Body},
                                                   {QStringLiteral("timestamp"), Piece::Timestamp},
                                                   {QStringLiteral("url"), Piece::Url},
                                                   {QStringLiteral("method"), Piece::Method}};
    if (word.startsWith(QStringLiteral("header:")))
        return {Piece::Header, word.mid(7).toLatin1()};
    return {words.value(word, Piece::Text), {}};
}

// "v0:{timestamp}:{body}": {body}, {timestamp}, {url}, {method} and {header:X-Name} stand for what came; the rest for
// itself.
QList<Piece> readPieces(JsonReader& entry, const QString& name)
{
    static const QRegularExpression placeholder(QStringLiteral("\\{([a-z]+(?::[A-Za-z0-9-]+)?)\\}"));
    const QString source = entry.text(name, JsonReader::Optional, QStringLiteral("{body}"));
    QList<Piece> pieces;
    qsizetype from = 0;
    for (auto it = placeholder.globalMatch(source); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        pieces << Piece{Piece::Text, source.mid(from, match.capturedStart() - from).toUtf8()};
        pieces << pieceOf(match.captured(1));
        if (pieces.last().kind == Piece::Text)
            entry.note(entry.pointerTo(name), tr("there is no \"%1\".").arg(match.captured(0)));
        from = match.capturedEnd();
    }
    pieces << Piece{Piece::Text, source.mid(from).toUtf8()};
    return pieces;
}

bool has(const QList<Piece>& pieces, Piece::Kind kind)
{
    return std::any_of(pieces.begin(), pieces.end(), [kind](const Piece& piece) { return piece.kind == kind; });
}

// A keyed hash over the body and, perhaps, its time, in a header.
class HmacCheck final : public CallbackCheck {
public:
    explicit HmacCheck(JsonReader& entry)
        : m_secret(readCheckSecret(entry))
        , m_header(entry.text(QStringLiteral("header"), JsonReader::Required).toLatin1())
        , m_prefix(entry.text(QStringLiteral("prefix")).toLatin1())
        , m_hash(readHash(entry))
        , m_isHex(entry.choice(QStringLiteral("encoding"), {QStringLiteral("hex"), QStringLiteral("base64")}) == u"hex")
        , m_timestampHeader(entry.text(QStringLiteral("timestampHeader")).toLatin1())
        , m_toleranceMs(readTolerance(entry))
        , m_pieces(readPieces(entry, QStringLiteral("signed")))
    {
        if (!has(m_pieces, Piece::Body))
            entry.note(entry.pointerTo(QStringLiteral("signed")),
                       tr("{body} must be in it: what is not signed is not safe."));
        if (has(m_pieces, Piece::Timestamp) == m_timestampHeader.isEmpty())
            entry.note(entry.pointerTo(QStringLiteral("timestampHeader")),
                       tr("it and {timestamp} in \"signed\" need each other."));
    }

    Status check(const Callback& callback, const RequestValues& account, qint64 now) const override
    {
        const Result<Secret> secret = checkSecret(m_secret, account);
        if (!secret)
            return fail(secret.error());
        const QByteArray given = callback.header(m_header);
        if (given.isEmpty() || !given.startsWith(m_prefix))
            return notGenuine(tr("It is not signed: the header %1 is missing.").arg(QString::fromLatin1(m_header)));
        const QByteArray timestamp = callback.header(m_timestampHeader);
        if (!m_timestampHeader.isEmpty()) {
            if (const auto fresh = freshTime(timestamp, m_toleranceMs, now); !fresh)
                return fail(fresh.error());
        }
        const QByteArrayList urls = has(m_pieces, Piece::Url) ? callback.urls : QByteArrayList{QByteArray()};
        for (const QByteArray& url : urls) {
            if (equalInConstantTime(signatureOf(*secret, callback, url, timestamp), given.mid(m_prefix.size())))
                return {};
        }
        return notGenuine(tr("Its signature is wrong: check the secret in the account's settings."));
    }

private:
    static HmacHash readHash(JsonReader& entry)
    {
        const QString name = entry.choice(QStringLiteral("algorithm"),
                                          {QStringLiteral("sha256"), QStringLiteral("sha1"), QStringLiteral("sha512")});
        if (name == QStringLiteral("sha1"))
            return HmacHash::Sha1;
        return name == QStringLiteral("sha512") ? HmacHash::Sha512 : HmacHash::Sha256;
    }

    QByteArray signatureOf(const Secret& secret, const Callback& callback, const QByteArray& url,
                           const QByteArray& timestamp) const
    {
        QByteArray text;
        for (const Piece& piece : m_pieces) {
            switch (piece.kind) {
            case Piece::Text: text += piece.text; break;
            case Piece::Body: text += callback.body; break;
            case Piece::Timestamp: text += timestamp; break;
            case Piece::Url: text += url; break;
            case Piece::Method: text += callback.method; break;
            case Piece::Header: text += callback.header(piece.text); break;
            }
        }
        const QByteArray mac = hmacOf(m_hash, secret, text);
        return m_isHex ? mac.toHex() : mac.toBase64();
    }

    RequestTemplate m_secret;
    QByteArray m_header;
    QByteArray m_prefix;
    HmacHash m_hash;
    bool m_isHex;
    QByteArray m_timestampHeader;
    qint64 m_toleranceMs;
    QList<Piece> m_pieces;
};

} // namespace

std::shared_ptr<const CallbackCheck> readHmacCheck(JsonReader& entry)
{
    return std::make_shared<HmacCheck>(entry);
}

} // namespace carillon
