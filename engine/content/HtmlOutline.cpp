// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/HtmlOutline.h"

#include <algorithm>
#include <array>

namespace carillon::lint {

namespace {

template <std::size_t N>
bool isOneOf(QStringView name, const std::array<QStringView, N>& names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool isVoid(QStringView name)
{
    static constexpr std::array<QStringView, 14> names{u"br",   u"img", u"meta",  u"hr",    u"link", u"input", u"area",
                                                       u"base", u"col", u"embed", u"param", u"wbr",  u"track", u"source"};
    return isOneOf(name, names);
}

// HTML lets their end tags be left out.
bool mayStayOpen(QStringView name)
{
    static constexpr std::array<QStringView, 17> names{u"p",     u"li",    u"td",    u"tr",       u"th",    u"dt",
                                                       u"dd",    u"tbody", u"thead", u"html",     u"body",  u"head",
                                                       u"tfoot", u"rt",    u"rp",    u"colgroup", u"option"};
    return isOneOf(name, names);
}

bool isBlank(QChar c)
{
    return c == u' ' || (c >= u'\t' && c <= u'\r') || c == Source::tagMark;
}

bool isLetter(QChar c)
{
    return c >= u'a' && c <= u'z';
}

bool endsName(QChar c)
{
    return isBlank(c) || c == u'>' || c == u'/' || c == Source::outputMark;
}

// True when what stands there cannot be in a value unless a quote is missing: <a href="x>text</a> <b title=">
bool swallowsTags(const HtmlAttribute& attribute)
{
    static constexpr std::array<QStringView, 9> names{u"href",  u"src",    u"style", u"class",  u"id",
                                                      u"width", u"height", u"align", u"bgcolor"};
    return isOneOf(attribute.name, names) && attribute.value.contains(u'<') && attribute.value.contains(u'>');
}

} // namespace

const HtmlAttribute* HtmlElement::attribute(QStringView wanted) const
{
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const HtmlAttribute& attribute) { return attribute.name == wanted; });
    return found == attributes.end() ? nullptr : &*found;
}

QStringView HtmlElement::value(QStringView wanted) const
{
    const HtmlAttribute* found = attribute(wanted);
    return found ? found->value : QStringView();
}

HtmlOutline::HtmlOutline(const Source& source)
    : m_source(source)
    , m_masked(source.masked())
    , m_lower(source.lower())
{
    read();
    finish();
}

void HtmlOutline::read()
{
    for (qsizetype at = 0; at < m_masked.size();) {
        const qsizetype open = m_masked.indexOf(u'<', at);
        if (open < 0 || open + 1 >= m_masked.size()) {
            addText(at, m_masked.size());
            return;
        }
        const QChar next = m_lower[open + 1];
        const bool isDeclaration = next == u'!' || next == u'?';
        const bool isTag = isLetter(next) || (next == u'/' && open + 2 < m_lower.size() && isLetter(m_lower[open + 2]));
        addText(at, isDeclaration || isTag ? open : open + 1);
        at = isDeclaration ? readDeclaration(open) : isTag ? readTag(open) : open + 1;
    }
}

void HtmlOutline::addText(qsizetype from, qsizetype to)
{
    if (to > from)
        m_texts.push_back({{from, to - from}, m_stack.empty() ? -1 : m_stack.back()});
}

// <!-- comment -->, <!DOCTYPE ...>, <?xml ...>
qsizetype HtmlOutline::readDeclaration(qsizetype open)
{
    const bool isComment = m_masked.mid(open, 4) == u"<!--";
    const QStringView closing = isComment ? QStringView(u"-->") : QStringView(u">");
    // "<!-->" is whole, and so is the end of <!--[if !mso]><!-->
    const qsizetype end = m_masked.indexOf(closing, open + 2);
    m_hasDoctype = m_hasDoctype || m_lower.mid(open, 9) == u"<!doctype";
    if (end >= 0)
        return end + closing.size();
    m_faults.push_back({isComment ? HtmlFault::Comment : HtmlFault::Tag, {open, isComment ? 4 : 2}, {}});
    return m_masked.size();
}

qsizetype HtmlOutline::readTag(qsizetype open)
{
    const bool isEnd = m_lower[open + 1] == u'/';
    qsizetype at = open + 1 + isEnd;
    const qsizetype nameStart = at;
    while (at < m_lower.size() && !endsName(m_lower[at]))
        ++at;
    HtmlElement element;
    element.name = m_lower.mid(nameStart, at - nameStart);
    at = readAttributes(at, &element);
    element.tag = {open, at - open};
    if (isEnd) {
        close(element.name, element.tag);
        return at;
    }
    if (const HtmlAttribute* style = element.attribute(u"style"))
        element.style = declarationsIn(m_source, style->valuePlace);
    const bool closesItself = at - open >= 3 && m_masked[at - 2] == u'/' && element.name.contains(u':');
    const bool isEmpty = closesItself || isVoid(element.name);
    this->open(std::move(element), isEmpty);
    return isEmpty ? at : readRawText(m_elements.back());
}

// Reads on to behind the > of a tag.
qsizetype HtmlOutline::readAttributes(qsizetype at, HtmlElement* element)
{
    while (at < m_lower.size()) {
        const QChar c = m_lower[at];
        if (c == u'>')
            return at + 1;
        if (c == u'<' && at + 1 < m_lower.size() && (isLetter(m_lower[at + 1]) || m_lower[at + 1] == u'/'))
            break; // the next tag: this one was never closed
        if (isBlank(c) || c == u'/') {
            ++at;
            continue;
        }
        HtmlAttribute attribute;
        const qsizetype start = at++;
        while (at < m_lower.size() && !isBlank(m_lower[at]) && m_lower[at] != u'=' && m_lower[at] != u'>'
               && m_lower[at] != u'/')
            ++at;
        attribute.name = m_lower.mid(start, at - start);
        attribute.valuePlace = {at, 0};
        at = readValue(at, attribute);
        attribute.place = {start, at - start};
        if (swallowsTags(attribute))
            m_faults.push_back({HtmlFault::Quote, {start, attribute.name.size()}, attribute.name});
        element->attributes.push_back(attribute);
    }
    m_faults.push_back(
        {HtmlFault::Tag, {element->name.begin() - m_lower.begin() - 1, element->name.size() + 1}, element->name});
    return at;
}

qsizetype HtmlOutline::readValue(qsizetype at, HtmlAttribute& attribute)
{
    qsizetype behind = at;
    while (behind < m_lower.size() && m_lower[behind] != Source::tagMark && isBlank(m_lower[behind]))
        ++behind;
    if (behind >= m_lower.size() || m_lower[behind] != u'=')
        return at;
    at = behind + 1;
    while (at < m_lower.size() && m_lower[at] != Source::tagMark && isBlank(m_lower[at]))
        ++at;
    if (at >= m_lower.size())
        return at;
    const QChar quote = m_lower[at];
    const bool isQuoted = quote == u'"' || quote == u'\'';
    bool& isMissing = m_missing[quote == u'\''];
    qsizetype end = isQuoted && !isMissing ? m_lower.indexOf(quote, at + 1) : -1;
    if (isQuoted && end < 0) {
        isMissing = true;
        m_faults.push_back({HtmlFault::Quote, {at, 1}, attribute.name});
    }
    const qsizetype start = at + isQuoted;
    if (end < 0) {
        end = start;
        while (end < m_lower.size() && m_lower[end] != u'>' && (m_lower[end] == Source::tagMark || !isBlank(m_lower[end])))
            ++end;
        attribute.value = m_masked.mid(start, end - start);
        attribute.valuePlace = {start, end - start};
        return end;
    }
    attribute.value = m_masked.mid(start, end - start);
    attribute.valuePlace = {start, end - start};
    return end + 1;
}

// What stands in <style>, <title>, <script> and <textarea> is no HTML.
qsizetype HtmlOutline::readRawText(const HtmlElement& element)
{
    static constexpr std::array<QStringView, 4> names{u"style", u"title", u"script", u"textarea"};
    const qsizetype start = element.tag.end();
    if (!isOneOf(element.name, names))
        return start;
    const QString closing = u"</" + element.name.toString();
    qsizetype end = m_lower.indexOf(closing, start);
    end = end < 0 ? m_lower.size() : end;
    if (element.name == u"style")
        m_styles.push_back({start, end - start});
    return end;
}

void HtmlOutline::open(HtmlElement element, bool isEmpty)
{
    element.arm = m_source.armAt(element.tag.position);
    if (!m_stack.empty() && mayStayOpen(element.name) && m_elements[std::size_t(m_stack.back())].name == element.name)
        pop(element.tag.position); // <li>one <li>two
    element.parent = m_stack.empty() ? -1 : m_stack.back();
    element.content = {element.tag.end(), 0};
    if (!isEmpty) {
        m_stack.push_back(int(m_elements.size()));
        ++m_openCounts[element.name];
    }
    m_elements.push_back(std::move(element));
}

void HtmlOutline::pop(qsizetype contentEnd)
{
    HtmlElement& element = m_elements[std::size_t(m_stack.back())];
    element.content.length = contentEnd - element.content.position;
    --m_openCounts[element.name];
    m_stack.pop_back();
}

void HtmlOutline::close(QStringView name, Span place)
{
    const int arm = m_source.armAt(place.position);
    if (m_openCounts.value(name) == 0) {
        int& forgiven = m_forgiven[name];
        const bool isExpected = forgiven > 0 || isVoid(name) || name == u"p"; // </p> alone is an empty paragraph
        if (!isExpected && arm == 0)
            m_faults.push_back({HtmlFault::Stray, place, name});
        else if (!isExpected)
            m_uncertain.insert(name);
        forgiven -= forgiven > 0;
        return;
    }
    for (;;) {
        const HtmlElement& element = m_elements[std::size_t(m_stack.back())];
        const bool isIt = element.name == name;
        if (isIt && element.arm != arm)
            m_uncertain.insert(name);
        if (!isIt && !mayStayOpen(element.name)) {
            m_faults.push_back({HtmlFault::Unclosed, element.namePlace(), element.name});
            ++m_forgiven[element.name];
        }
        pop(place.position);
        if (isIt)
            return;
    }
}

void HtmlOutline::finish()
{
    while (!m_stack.empty()) {
        const HtmlElement& element = m_elements[std::size_t(m_stack.back())];
        if (!mayStayOpen(element.name))
            m_faults.push_back({HtmlFault::Unclosed, element.namePlace(), element.name});
        pop(m_masked.size());
    }
    const auto isUncertain = [&](const HtmlFault& fault) {
        return (fault.kind == HtmlFault::Unclosed || fault.kind == HtmlFault::Stray) && m_uncertain.contains(fault.name);
    };
    m_faults.erase(std::remove_if(m_faults.begin(), m_faults.end(), isUncertain), m_faults.end());
    std::stable_sort(m_faults.begin(), m_faults.end(),
                     [](const HtmlFault& a, const HtmlFault& b) { return a.place.position < b.place.position; });
}

const HtmlElement* HtmlOutline::first(QStringView name) const
{
    const auto found = std::find_if(m_elements.begin(), m_elements.end(),
                                    [&](const HtmlElement& element) { return element.name == name; });
    return found == m_elements.end() ? nullptr : &*found;
}

QString HtmlOutline::textIn(const HtmlElement& element, qsizetype most) const
{
    QString result;
    auto text = std::lower_bound(m_texts.begin(), m_texts.end(), element.content.position,
                                 [](const HtmlText& candidate, qsizetype from) { return candidate.place.position < from; });
    constexpr int longest = 100; // pieces: elements within elements would have the same text read again and again
    const auto end = m_texts.end() - text > longest ? text + longest : m_texts.end();
    for (; text != end && text->place.position < element.content.end() && result.size() < most; ++text) {
        for (const QChar c : m_masked.mid(text->place.position, std::min(text->place.length, 4 * most))) {
            const bool repeats = !result.isEmpty() && result.back() == c;
            if (isBlank(c) ? !result.isEmpty() && result.back() != u' ' : !(c == Source::outputMark && repeats))
                result += isBlank(c) ? QChar(u' ') : c;
        }
    }
    result.truncate(most);
    return result.trimmed();
}

} // namespace carillon::lint
