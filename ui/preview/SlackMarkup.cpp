// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/SlackMarkup.h"

#include "ui/preview/MarkerText.h"

#include <QJsonArray>

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr int mostElements = 500; // of a rich text block
constexpr qsizetype longestLink = 4'000; // with its label

QString unescaped(QStringView text)
{
    QString plain = text.toString();
    return plain.replace(u"&lt;"_qs, u"<"_qs).replace(u"&gt;"_qs, u">"_qs).replace(u"&amp;"_qs, u"&"_qs);
}

struct Entity {
    QStringView written;
    QString meant;
};

// Slack resolves three character references and no other.
qsizetype readEntity(QStringView line, qsizetype position, int style, RichBlock::Kind kind, RichBuilder& out)
{
    const Entity entities[] = {{u"&amp;", u"&"_qs}, {u"&lt;", u"<"_qs}, {u"&gt;", u">"_qs}};
    for (const Entity& entity : entities) {
        if (line.mid(position).startsWith(entity.written)) {
            out.add(entity.meant, style, {}, kind);
            return position + entity.written.size();
        }
    }
    return -1;
}

// What stands in <...>: a link, or the mention of a person, a channel or a group.
qsizetype readAngle(QStringView line, qsizetype position, int style, RichBlock::Kind kind, RichBuilder& out)
{
    const qsizetype end = line.mid(position, longestLink).indexOf(u'>') + position;
    if (end < position + 2)
        return -1;
    const QStringView inside = line.mid(position + 1, end - position - 1);
    const qsizetype bar = inside.indexOf(u'|');
    const QStringView target = bar < 0 ? inside : inside.left(bar);
    const QString label = unescaped(bar < 0 ? target : inside.mid(bar + 1));
    const QChar sigil = target.isEmpty() ? QChar() : target.front();
    if (sigil == u'@' || sigil == u'#' || sigil == u'!') {
        const QString name = bar < 0 ? target.mid(1).toString() : label;
        const QString shown = (sigil == u'#' ? u"#"_qs : u"@"_qs) + (name.startsWith(sigil) ? name.mid(1) : name);
        out.add(shown, style | RichSpan::Mention, {}, kind);
    } else if (target.contains(u':')) {
        out.add(label, style, unescaped(target), kind);
    } else {
        return -1;
    }
    return end + 1;
}

class SlackReader {
public:
    void read(const QString& mrkdwn)
    {
        const QStringList quoteMarks{u"&gt;"_qs, u">"_qs};
        bool restIsQuoted = false;
        for (const MarkupLine& line : markupLines(mrkdwn, quoteMarks)) {
            if (line.kind == MarkupLine::Fenced) {
                m_out.add(unescaped(line.text), 0, {}, RichBlock::Code);
                continue;
            }
            QString text = line.text;
            for (const QString& mark : {u"&gt;&gt;"_qs, u">>"_qs}) {
                if (line.kind == MarkupLine::Quote && text.startsWith(mark)) {
                    restIsQuoted = true;
                    text = text.mid(mark.size()).startsWith(u' ') ? text.mid(mark.size() + 1) : text.mid(mark.size());
                }
            }
            readLine(text, restIsQuoted || line.kind == MarkupLine::Quote ? RichBlock::Quote : RichBlock::Paragraph);
        }
    }

    RichMessage take() { return m_out.take(); }

private:
    void readLine(const QString& line, RichBlock::Kind kind)
    {
        MarkerText text(m_out, [this, kind](QStringView of, qsizetype position, int style) {
            return of.at(position) == u'<' ? readAngle(of, position, style, kind, m_out)
                                           : readEntity(of, position, style, kind, m_out);
        });
        text.read(line, kind);
    }

    RichBuilder m_out;
};

int styleOf(const QJsonObject& style)
{
    int made = 0;
    const std::pair<const char*, int> names[]
        = {{"bold", RichSpan::Bold}, {"italic", RichSpan::Italic}, {"strike", RichSpan::Strike}, {"code", RichSpan::Code}};
    for (const auto& [name, flag] : names)
        made |= style.value(QLatin1StringView(name)).toBool() ? flag : 0;
    return made;
}

RichSpan spanOf(const QJsonObject& element)
{
    const QString type = element.value(u"type"_qs).toString();
    const int style = styleOf(element.value(u"style"_qs).toObject());
    const QString text = element.value(u"text"_qs).toString();
    if (type == u"link") {
        const QString url = element.value(u"url"_qs).toString();
        return {text.isEmpty() ? url : text, style, url};
    }
    if (type == u"emoji")
        return {u':' + element.value(u"name"_qs).toString() + u':', style, {}};
    if (type == u"user")
        return {u'@' + element.value(u"user_id"_qs).toString(), style | RichSpan::Mention, {}};
    if (type == u"channel")
        return {u'#' + element.value(u"channel_id"_qs).toString(), style | RichSpan::Mention, {}};
    if (type == u"broadcast")
        return {u'@' + element.value(u"range"_qs).toString(), style | RichSpan::Mention, {}};
    return {text, style, {}};
}

RichBlock blockOf(const QJsonObject& element, RichBlock::Kind kind)
{
    RichBlock block{kind, {}, 0, {}};
    const QJsonArray elements = element.value(u"elements"_qs).toArray();
    for (qsizetype n = 0; n < std::min<qsizetype>(elements.size(), mostElements); ++n)
        block.spans << spanOf(elements.at(n).toObject());
    return block;
}

void addList(const QJsonObject& list, RichMessage& message)
{
    const bool isOrdered = list.value(u"style"_qs).toString() == u"ordered";
    const int first = list.value(u"offset"_qs).toInt() + 1;
    int number = first;
    const QJsonArray items = list.value(u"elements"_qs).toArray();
    for (const QJsonValue& item : items) {
        if (number - first >= mostElements)
            return;
        RichBlock block = blockOf(item.toObject(), RichBlock::Item);
        block.depth = std::clamp(list.value(u"indent"_qs).toInt(), 0, 8);
        block.marker = isOrdered ? QString::number(number) + u'.' : u"•"_qs;
        message << block;
        ++number;
    }
}

} // namespace

RichMessage readSlackMarkup(const QString& mrkdwn)
{
    SlackReader reader;
    reader.read(mrkdwn);
    return reader.take();
}

RichMessage readSlackText(const QJsonValue& text)
{
    const QString written = text.isString() ? text.toString() : text.toObject().value(u"text"_qs).toString();
    if (text.toObject().value(u"type"_qs).toString() != u"plain_text")
        return readSlackMarkup(written);
    RichBuilder builder;
    builder.add(written.left(longestMarkup));
    return builder.take();
}

RichMessage readSlackRichText(const QJsonObject& block)
{
    RichMessage message;
    const QJsonArray elements = block.value(u"elements"_qs).toArray();
    for (const QJsonValue& value : elements) {
        if (message.size() >= mostElements)
            break;
        const QJsonObject element = value.toObject();
        const QString type = element.value(u"type"_qs).toString();
        if (type == u"rich_text_list")
            addList(element, message);
        else if (type == u"rich_text_preformatted")
            message << blockOf(element, RichBlock::Code);
        else
            message << blockOf(element, type == u"rich_text_quote" ? RichBlock::Quote : RichBlock::Paragraph);
    }
    return message;
}

} // namespace carillon::ui
