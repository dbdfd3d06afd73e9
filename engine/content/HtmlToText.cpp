// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/HtmlToText.h"

#include "engine/content/HtmlEntities.h"
#include "engine/content/HtmlReader.h"
#include "engine/content/TextLayout.h"
#include "engine/liquid/Utf8.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace carillon {

namespace {

namespace utf8 = liquid::utf8;

// What a tag does to the text.
enum class Role {
    None,
    Line,
    Paragraph,
    Heading,
    Quote,
    List,
    NumberedList,
    Item,
    Row,
    Cell,
    Break,
    Rule,
    Preformatted,
    Link,
    Image,
    Hidden
};

struct TagRole {
    std::string_view name;
    Role role;
};

// Sorted by name.
constexpr TagRole roles[] = {
    {"a", Role::Link},           {"address", Role::Paragraph},
    {"article", Role::Line},     {"aside", Role::Line},
    {"blockquote", Role::Quote}, {"br", Role::Break},
    {"center", Role::Line},      {"dd", Role::Line},
    {"div", Role::Line},         {"dl", Role::Paragraph},
    {"dt", Role::Line},          {"fieldset", Role::Line},
    {"figcaption", Role::Line},  {"figure", Role::Paragraph},
    {"footer", Role::Line},      {"form", Role::Line},
    {"h1", Role::Heading},       {"h2", Role::Heading},
    {"h3", Role::Paragraph},     {"h4", Role::Paragraph},
    {"h5", Role::Paragraph},     {"h6", Role::Paragraph},
    {"header", Role::Line},      {"hr", Role::Rule},
    {"img", Role::Image},        {"li", Role::Item},
    {"main", Role::Line},        {"nav", Role::Line},
    {"noscript", Role::Hidden},  {"ol", Role::NumberedList},
    {"p", Role::Paragraph},      {"pre", Role::Preformatted},
    {"section", Role::Line},     {"table", Role::Paragraph},
    {"td", Role::Cell},          {"template", Role::Hidden},
    {"th", Role::Cell},          {"tr", Role::Row},
    {"ul", Role::List},
};

Role roleOf(std::string_view name)
{
    const auto* found = std::lower_bound(std::begin(roles), std::end(roles), name,
                                         [](const TagRole& tag, std::string_view wanted) { return tag.name < wanted; });
    return found != std::end(roles) && found->name == name ? found->role : Role::None;
}

bool isVoid(std::string_view name)
{
    static constexpr std::string_view names[]
        = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"};
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// "display:none" and "visibility:hidden", however they are spaced.
bool isHidden(const HtmlToken& tag)
{
    const std::string_view style = tag.attribute("style");
    if (style.empty())
        return false;
    std::string plain = utf8::lower(style);
    std::erase_if(plain, utf8::isBlank);
    return plain.find("display:none") != plain.npos || plain.find("visibility:hidden") != plain.npos;
}

class Converter {
public:
    std::string run(std::string_view html)
    {
        HtmlReader reader(html);
        HtmlToken token;
        while (reader.next(token)) {
            if (!m_hiddenBy.empty())
                leaveHidden(token);
            else if (token.kind == HtmlToken::Text)
                text(token.text);
            else if (token.kind == HtmlToken::Open)
                open(token);
            else
                close(token.name);
        }
        endLink();
        return m_layout.take();
    }

private:
    struct List {
        bool isNumbered = false;
        int number = 0;
    };

    void text(std::string_view html)
    {
        if (html.find('&') == html.npos)
            return m_layout.text(html);
        std::string plain;
        appendUnescapedHtml(html, plain);
        m_layout.text(plain);
    }

    void leaveHidden(const HtmlToken& token)
    {
        if (token.kind == HtmlToken::Text || token.name != m_hiddenBy)
            return;
        m_hiddenDepth += token.kind == HtmlToken::Open ? 1 : -1;
        if (m_hiddenDepth == 0)
            m_hiddenBy.clear();
    }

    void open(const HtmlToken& tag)
    {
        const Role role = roleOf(tag.name);
        if (role == Role::Hidden || (!isVoid(tag.name) && isHidden(tag))) {
            m_hiddenBy = tag.name;
            m_hiddenDepth = 1;
            return;
        }
        switch (role) {
        case Role::Line:
        case Role::Row: m_layout.lineBreak(); break;
        case Role::Paragraph: m_layout.paragraphBreak(); break;
        case Role::Heading: m_layout.beginHeading(); break;
        case Role::Quote:
            m_layout.paragraphBreak();
            m_layout.indent("> ");
            break;
        case Role::List:
        case Role::NumberedList: openList(role == Role::NumberedList); break;
        case Role::Item: openItem(); break;
        case Role::Cell: m_layout.cell(); break;
        case Role::Break: m_layout.newLine(); break;
        case Role::Rule:
            m_layout.paragraphBreak();
            m_layout.text("----------------------------------------");
            m_layout.paragraphBreak();
            break;
        case Role::Preformatted:
            m_layout.paragraphBreak();
            m_layout.setPreformatted(true);
            break;
        case Role::Link:
            endLink();
            beginLink(tag.attribute("href"));
            break;
        case Role::Image: text(tag.attribute("alt")); break;
        case Role::Hidden:
        case Role::None: break;
        }
    }

    void close(std::string_view name)
    {
        const Role role = roleOf(name);
        switch (role) {
        case Role::Line:
        case Role::Row: m_layout.lineBreak(); break;
        case Role::Paragraph: m_layout.paragraphBreak(); break;
        case Role::Heading: m_layout.endHeading(name == "h1" ? '=' : '-'); break;
        case Role::Quote:
            m_layout.paragraphBreak();
            m_layout.outdent();
            break;
        case Role::List:
        case Role::NumberedList: closeList(); break;
        case Role::Item: closeItem(); break;
        case Role::Preformatted:
            m_layout.setPreformatted(false);
            m_layout.paragraphBreak();
            break;
        case Role::Link: endLink(); break;
        default: break;
        }
    }

    void openList(bool isNumbered)
    {
        m_lists.empty() ? m_layout.paragraphBreak() : m_layout.lineBreak();
        m_lists.push_back({isNumbered, 0});
    }

    void closeList()
    {
        closeItem();
        if (!m_lists.empty())
            m_lists.pop_back();
        m_itemIsOpen = false;
        m_lists.empty() ? m_layout.paragraphBreak() : m_layout.lineBreak();
    }

    void openItem()
    {
        closeItem();
        m_layout.lineBreak();
        const std::string nesting(2 * std::min<std::size_t>(m_lists.empty() ? 0 : m_lists.size() - 1, maxNesting), ' ');
        const bool isNumbered = !m_lists.empty() && m_lists.back().isNumbered;
        m_layout.bullet(nesting + (isNumbered ? std::to_string(++m_lists.back().number) + ". " : "- "));
        m_itemIsOpen = true;
    }

    void closeItem()
    {
        if (std::exchange(m_itemIsOpen, false))
            m_layout.lineBreak();
    }

    void beginLink(std::string_view href)
    {
        m_href.clear();
        appendUnescapedHtml(utf8::trim(href), m_href);
        if (m_href.starts_with('#'))
            m_href.clear();
        m_linkStart = m_layout.size();
    }

    void endLink()
    {
        if (m_href.empty())
            return;
        const std::string_view shown = utf8::trim(m_layout.since(m_linkStart));
        const std::string_view bare
            = m_href.starts_with("mailto:") ? std::string_view(m_href).substr(7) : std::string_view(m_href);
        const std::string target(shown.empty()                          ? m_href
                                     : shown == m_href || shown == bare ? std::string()
                                                                        : " (" + m_href + ")");
        m_href.clear();
        m_layout.verbatim(target);
    }

    static constexpr std::size_t maxNesting = 8;

    TextLayout m_layout;
    std::vector<List> m_lists;
    bool m_itemIsOpen = false;
    std::string m_href;
    std::size_t m_linkStart = 0;
    std::string m_hiddenBy; // the tag whose content is skipped
    int m_hiddenDepth = 0;
};

} // namespace

std::string htmlToText(std::string_view html)
{
    return Converter().run(html);
}

} // namespace carillon
