// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/MailHtml.h"

#include <QRegularExpression>

namespace carillon::ui {

namespace {

constexpr qsizetype mostImages = 500;

constexpr auto anyCase = QRegularExpression::CaseInsensitiveOption;
constexpr auto overLines = QRegularExpression::DotMatchesEverythingOption;

const QRegularExpression& styleBlock()
{
    static const QRegularExpression block(QStringLiteral("<style\\b[^>]*>.*?</style\\s*>"), anyCase | overLines);
    return block;
}

void take(QString address, QList<QUrl>& found)
{
    address = address.trimmed().replace(u"&amp;"_qs, u"&"_qs).replace(u"&quot;"_qs, QString());
    if (address.startsWith(u"//"))
        address.prepend(u"https:"_qs);
    const QUrl url(address);
    const bool isRemote = (url.scheme() == u"http" || url.scheme() == u"https") && !url.host().isEmpty();
    if (isRemote && found.size() < mostImages && !found.contains(url))
        found << url;
}

void takeAttributes(const QString& attributes, QList<QUrl>& found)
{
    static const QRegularExpression attribute(
        QStringLiteral("\\b(src|background|poster|srcset)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+))"), anyCase);
    auto matches = attribute.globalMatch(attributes);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const QString value = match.captured(2) + match.captured(3) + match.captured(4);
        if (match.captured(1).toLower() != u"srcset") {
            take(value, found);
            continue;
        }
        for (const QString& candidate : value.split(u','))
            take(candidate.trimmed().section(u' ', 0, 0), found);
    }
}

// `css` with what it asks about the colour scheme answered.
QString answered(QString css, bool dark)
{
    static const QRegularExpression query(QStringLiteral("\\(\\s*prefers-color-scheme\\s*:\\s*(dark|light)\\s*\\)"),
                                          anyCase);
    static const QRegularExpression choice(QStringLiteral("(?<![-\\w])color-scheme\\s*:([^;}]*)"), anyCase);
    qsizetype at = 0;
    for (auto match = query.match(css); match.hasMatch(); match = query.match(css, at)) {
        const bool holds = (match.captured(1).toLower() == u"dark") == dark;
        const QString answer = holds ? u"(min-width: 0px)"_qs : u"(max-width: 0px)"_qs;
        css.replace(match.capturedStart(), match.capturedLength(), answer);
        at = match.capturedStart() + answer.size();
    }
    at = 0;
    for (auto match = choice.match(css); match.hasMatch(); match = choice.match(css, at)) {
        const bool isOpen = match.captured(1).contains(u"dark", Qt::CaseInsensitive)
            && match.captured(1).contains(u"light", Qt::CaseInsensitive);
        const QString answer = !isOpen ? match.captured() : dark ? u"color-scheme: dark"_qs : u"color-scheme: light"_qs;
        css.replace(match.capturedStart(), match.capturedLength(), answer);
        at = match.capturedStart() + answer.size();
    }
    return css;
}

const QRegularExpression& schemeMeta()
{
    static const QRegularExpression meta(
        QStringLiteral(
            "<meta\\b(?=[^>]*\\bname\\s*=\\s*[\"']?color-scheme\\b)[^>]*\\bcontent\\s*=\\s*([\"'])([^\"'>]*)\\1[^>]*>"),
        anyCase);
    return meta;
}

} // namespace

QList<QUrl> remoteImagesOf(const QString& html)
{
    static const QRegularExpression tag(QStringLiteral("<(?:img|image|input|source|video|table|tr|td|th|div|body)\\b"
                                                       "((?:\"[^\"]*\"|'[^']*'|[^>\"'])*+)>"),
                                        anyCase);
    static const QRegularExpression css(QStringLiteral("\\burl\\(\\s*(?:&quot;|[\"'])?\\s*((?:https?:)?//[^\"')\\s]+)"),
                                        anyCase);
    QList<QUrl> found;
    for (auto tags = tag.globalMatch(html); tags.hasNext();)
        takeAttributes(tags.next().captured(1), found);
    for (auto urls = css.globalMatch(html); urls.hasNext();)
        take(urls.next().captured(1), found);
    return found;
}

bool hasDarkStyle(const QString& html)
{
    static const QRegularExpression query(QStringLiteral("prefers-color-scheme\\s*:\\s*dark"), anyCase);
    static const QRegularExpression choice(QStringLiteral("(?<![-\\w])color-scheme\\s*:[^;}]*\\bdark\\b"), anyCase);
    for (auto blocks = styleBlock().globalMatch(html); blocks.hasNext();) {
        const QString css = blocks.next().captured();
        if (css.contains(query) || css.contains(choice))
            return true;
    }
    return schemeMeta().match(html).captured(2).contains(u"dark", Qt::CaseInsensitive);
}

QString withColourScheme(const QString& html, bool dark)
{
    QString out;
    out.reserve(html.size() + 64);
    qsizetype done = 0;
    for (auto blocks = styleBlock().globalMatch(html); blocks.hasNext();) {
        const auto block = blocks.next();
        out += QStringView(html).mid(done, block.capturedStart() - done);
        out += answered(block.captured(), dark);
        done = block.capturedEnd();
    }
    out += QStringView(html).mid(done);
    const auto meta = schemeMeta().match(out);
    const QString content = meta.captured(2);
    if (content.contains(u"dark", Qt::CaseInsensitive) && content.contains(u"light", Qt::CaseInsensitive))
        out.replace(meta.capturedStart(2), meta.capturedLength(2), dark ? u"dark"_qs : u"light"_qs);
    return out;
}

QString doctypeOf(const QString& html)
{
    static const QRegularExpression doctype(QStringLiteral("^\\s*(?:<!--.*?-->\\s*)*(<!doctype\\b[^>]*>)"),
                                            anyCase | overLines);
    return doctype.match(html.left(4'000)).captured(1);
}

} // namespace carillon::ui
