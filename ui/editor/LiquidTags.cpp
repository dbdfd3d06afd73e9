// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/LiquidTags.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon::ui {

namespace {

QList<TagForm> makeForms()
{
    return {
        {"assign", QT_TRANSLATE_NOOP("LiquidTags", "gives a value a name")},
        {"break", QT_TRANSLATE_NOOP("LiquidTags", "leaves the loop")},
        {"capture", QT_TRANSLATE_NOOP("LiquidTags", "keeps what is put out under a name"), nullptr, true},
        {"case", QT_TRANSLATE_NOOP("LiquidTags", "chooses by a value"), nullptr, true},
        {"comment", QT_TRANSLATE_NOOP("LiquidTags", "text that is not sent"), nullptr, true},
        {"continue", QT_TRANSLATE_NOOP("LiquidTags", "goes on with the next round of the loop")},
        {"cycle", QT_TRANSLATE_NOOP("LiquidTags", "puts out the next of several values each time")},
        {"decrement", QT_TRANSLATE_NOOP("LiquidTags", "counts down and puts out the number")},
        {"doc", QT_TRANSLATE_NOOP("LiquidTags", "says what a snippet takes"), nullptr, true},
        {"echo", QT_TRANSLATE_NOOP("LiquidTags", "puts out a value, as {{ }} does")},
        {"else", QT_TRANSLATE_NOOP("LiquidTags", "otherwise"), "if unless case for tablerow"},
        {"elsif", QT_TRANSLATE_NOOP("LiquidTags", "otherwise, if"), "if unless"},
        {"endcapture", "", "capture"},
        {"endcase", "", "case"},
        {"endcomment", "", "comment"},
        {"enddoc", "", "doc"},
        {"endfor", "", "for"},
        {"endif", "", "if"},
        {"endifchanged", "", "ifchanged"},
        {"endraw", "", "raw"},
        {"endtablerow", "", "tablerow"},
        {"endunless", "", "unless"},
        {"for", QT_TRANSLATE_NOOP("LiquidTags", "repeats for each of a list"), nullptr, true},
        {"if", QT_TRANSLATE_NOOP("LiquidTags", "only when something is so"), nullptr, true},
        {"ifchanged", QT_TRANSLATE_NOOP("LiquidTags", "only when it is not what it was in the last round"), nullptr, true},
        {"include", QT_TRANSLATE_NOOP("LiquidTags", "puts in a snippet that sees everything; better render")},
        {"increment", QT_TRANSLATE_NOOP("LiquidTags", "counts up and puts out the number")},
        {"liquid", QT_TRANSLATE_NOOP("LiquidTags", "several tags, one on each line")},
        {"raw", QT_TRANSLATE_NOOP("LiquidTags", "puts out braces as they are"), nullptr, true},
        {"render", QT_TRANSLATE_NOOP("LiquidTags", "puts in a snippet")},
        {"tablerow", QT_TRANSLATE_NOOP("LiquidTags", "makes the rows of a table from a list"), nullptr, true},
        {"unless", QT_TRANSLATE_NOOP("LiquidTags", "only when something is not so"), nullptr, true},
        {"when", QT_TRANSLATE_NOOP("LiquidTags", "for one of the values of a case"), "case"},
    };
}

bool opens(const TagForm& tag, const QString& block)
{
    return tag.opens && QString::fromLatin1(tag.opens).split(u' ').contains(block);
}

bool isEnd(const QString& name)
{
    return name.startsWith(u"end");
}

qsizetype skipBlanks(QStringView text, qsizetype at)
{
    while (at < text.size() && text.at(at).isSpace())
        ++at;
    return at;
}

qsizetype wordEnd(QStringView text, qsizetype at)
{
    while (at < text.size() && (text.at(at).isLetterOrNumber() || text.at(at) == u'_'))
        ++at;
    return at;
}

// Finds the tags of one text, once from its beginning to its end.
class TagFinder {
public:
    explicit TagFinder(const QString& text)
        : m_text(text)
    {
    }

    QList<TagPlace> find()
    {
        for (qsizetype at = m_text.indexOf(u"{%"); at >= 0; at = m_text.indexOf(u"{%", at))
            at = takeTag(at);
        return m_tags;
    }

private:
    qsizetype takeTag(qsizetype start)
    {
        const qsizetype close = m_text.indexOf(u"%}", start + 2);
        const qsizetype end = close < 0 ? m_text.size() : close + 2;
        qsizetype at = start + 2;
        if (at < m_text.size() && m_text.at(at) == u'-')
            ++at;
        at = skipBlanks(m_text, at);
        const TextRange word{at, wordEnd(m_text, at) - at};
        const QString name = m_text.mid(word.start, word.length);
        if (!m_body.isEmpty() && !leavesBody(name))
            return start + 2;
        if (!name.isEmpty())
            m_tags << TagPlace{name, word, {start, end - start}};
        if (name == u"comment" || name == u"raw" || name == u"doc")
            m_body = name;
        if (name == u"liquid")
            takeLines(word.end(), close < 0 ? m_text.size() : close);
        return end;
    }

    // Comments may hold comments.
    bool leavesBody(const QString& name)
    {
        if (m_body == u"comment" && name == u"comment")
            ++m_depth;
        if (name != u"end" + m_body || m_depth-- > 0)
            return false;
        m_depth = 0;
        m_body.clear();
        return true;
    }

    void takeLines(qsizetype start, qsizetype end)
    {
        bool comment = false;
        for (qsizetype line = start; line < end;) {
            const qsizetype next = m_text.indexOf(u'\n', line);
            const qsizetype lineEnd = next < 0 || next > end ? end : next;
            const qsizetype at = skipBlanks(QStringView(m_text).left(lineEnd), line);
            const TextRange word{at, wordEnd(QStringView(m_text).left(lineEnd), at) - at};
            const QString name = m_text.mid(word.start, word.length);
            comment = comment && name != u"endcomment";
            if (!comment && !name.isEmpty())
                m_tags << TagPlace{name, word, {at, lineEnd - at}};
            comment = comment || name == u"comment";
            line = lineEnd + 1;
        }
    }

    const QString& m_text;
    QList<TagPlace> m_tags;
    QString m_body; // comment, raw or doc, while in one
    int m_depth = 0;
};

struct OpenBlock {
    QString name;
    QList<TagPlace> tags;
};

} // namespace

const QList<TagForm>& tagForms()
{
    static const QList<TagForm> forms = makeForms();
    return forms;
}

const TagForm* tagForm(const QString& name)
{
    const QList<TagForm>& forms = tagForms();
    const auto found
        = std::find_if(forms.begin(), forms.end(), [&](const TagForm& tag) { return name == QLatin1StringView(tag.name); });
    return found == forms.end() ? nullptr : &*found;
}

QString tagHelp(const TagForm& tag)
{
    if (isEnd(QString::fromLatin1(tag.name)))
        return QCoreApplication::translate("LiquidTags", "ends %1").arg(QLatin1StringView(tag.opens));
    return QCoreApplication::translate("LiquidTags", tag.help);
}

QList<TagPlace> tagsOf(const QString& text)
{
    return TagFinder(text).find();
}

QList<TagPlace> blockAt(const QString& text, qsizetype position)
{
    return blockAt(tagsOf(text), position);
}

QList<TagPlace> blockAt(const QList<TagPlace>& tags, qsizetype position)
{
    QList<OpenBlock> open;
    for (const TagPlace& place : tags) {
        const TagForm* form = tagForm(place.name);
        if (!form)
            continue;
        if (form->block) {
            open << OpenBlock{place.name, {place}};
        } else if (!open.isEmpty() && opens(*form, open.last().name)) {
            open.last().tags << place;
            if (!isEnd(place.name))
                continue;
            const QList<TagPlace> block = open.takeLast().tags;
            const bool here = std::any_of(block.begin(), block.end(), [position](const TagPlace& one) {
                return position >= one.whole.start && position <= one.whole.end();
            });
            if (here)
                return block;
        }
    }
    return {};
}

QList<TagPlace> openBlocks(const QList<TagPlace>& tags)
{
    QList<TagPlace> open;
    for (const TagPlace& place : tags) {
        const TagForm* form = tagForm(place.name);
        if (form && form->block)
            open << place;
        else if (form && isEnd(place.name) && !open.isEmpty() && opens(*form, open.last().name))
            open.removeLast();
    }
    return open;
}

} // namespace carillon::ui
