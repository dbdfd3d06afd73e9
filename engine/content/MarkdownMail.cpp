// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/MarkdownMail.h"

#include "engine/content/Markdown.h"
#include "engine/liquid/Escape.h"

#include <algorithm>

namespace carillon {

namespace {

using Element = MarkdownElement;

constexpr std::string_view head = R"(<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body style="margin:0;padding:0">
<div style="max-width:600px;margin:0 auto;padding:24px 16px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;color:#1f2328">
)";
constexpr std::string_view foot = "</div>\n</body>\n</html>\n";

constexpr std::string_view headingStyles[] = {
    "margin:0 0 16px;font-size:28px;line-height:1.25",
    "margin:24px 0 12px;font-size:22px;line-height:1.3",
    "margin:24px 0 12px;font-size:18px;line-height:1.3",
    "margin:16px 0 8px;font-size:16px",
    "margin:16px 0 8px;font-size:14px",
    "margin:16px 0 8px;font-size:13px",
};
constexpr std::string_view mono = "font-family:Consolas,Menlo,monospace;font-size:14px;background-color:#f3f4f6";

class MailSink : public MarkdownSink {
public:
    std::string take()
    {
        m_out += foot;
        return std::move(m_out);
    }

    void enter(const Element& element) override
    {
        if (m_images > 0) { // within an image there is only its alternative text
            m_images += element.kind == Element::Image;
            return;
        }
        switch (element.kind) {
        case Element::Quote:
            m_out
                += R"(<blockquote style="margin:0 0 16px;padding:0 0 0 16px;border-left:4px solid #d0d7de;color:#57606a">)";
            break;
        case Element::List: m_out += R"(<ul style="margin:0 0 16px;padding-left:24px">)"; break;
        case Element::NumberedList: numberedList(element); break;
        case Element::Item: item(element); break;
        case Element::Rule: m_out += R"(<hr style="border:0;border-top:1px solid #d0d7de;margin:24px 0">)"; break;
        case Element::Heading: heading(element); break;
        case Element::CodeBlock: tag("pre", std::string(mono) + ";padding:12px;margin:0 0 16px;white-space:pre-wrap"); break;
        case Element::Paragraph: m_out += R"(<p style="margin:0 0 16px">)"; break;
        case Element::Table: m_out += R"(<table style="border-collapse:collapse;margin:0 0 16px">)"; break;
        case Element::TableHead: break;
        case Element::TableRow: m_out += "<tr>"; break;
        case Element::TableCell: cell(element); break;
        case Element::Emphasis: m_out += "<em>"; break;
        case Element::Strong: m_out += "<strong>"; break;
        case Element::Strike: m_out += "<del>"; break;
        case Element::Code: tag("code", std::string(mono) + ";padding:2px 4px"); break;
        case Element::Link: link(element); break;
        case Element::Image: image(element); break;
        }
    }

    void leave(const Element& element) override
    {
        if (m_images > 0) {
            if (element.kind == Element::Image && --m_images == 0)
                endImage(element);
            return;
        }
        switch (element.kind) {
        case Element::Quote: m_out += "</blockquote>\n"; break;
        case Element::List: m_out += "</ul>\n"; break;
        case Element::NumberedList: m_out += "</ol>\n"; break;
        case Element::Item: m_out += "</li>\n"; break;
        case Element::Rule: m_out += "\n"; break;
        case Element::Heading: m_out += "</h" + std::to_string(element.number) + ">\n"; break;
        case Element::CodeBlock: m_out += "</pre>\n"; break;
        case Element::Paragraph: m_out += "</p>\n"; break;
        case Element::Table: m_out += "</table>\n"; break;
        case Element::TableHead: break;
        case Element::TableRow: m_out += "</tr>\n"; break;
        case Element::TableCell: m_out += element.isHead ? "</th>" : "</td>"; break;
        case Element::Emphasis: m_out += "</em>"; break;
        case Element::Strong: m_out += "</strong>"; break;
        case Element::Strike: m_out += "</del>"; break;
        case Element::Code: m_out += "</code>"; break;
        case Element::Link: m_out += element.address.empty() ? "" : "</a>"; break;
        case Element::Image: break;
        }
    }

    void text(std::string_view utf8) override { liquid::appendHtmlEscaped(utf8, m_out); }

    void lineBreak(bool isHard) override { m_out += isHard && m_images == 0 ? "<br>\n" : "\n"; }

private:
    void tag(std::string_view name, std::string_view style)
    {
        m_out.append("<").append(name).append(" style=\"").append(style).append("\">");
    }

    void attribute(std::string_view name, std::string_view value)
    {
        m_out.append(" ").append(name).append("=\"");
        liquid::appendHtmlEscaped(value, m_out);
        m_out += '"';
    }

    void heading(const Element& element)
    {
        const int level = std::clamp(element.number, 1, int(std::size(headingStyles)));
        tag("h" + std::to_string(level), headingStyles[level - 1]);
    }

    void numberedList(const Element& element)
    {
        m_out += "<ol";
        if (element.number != 1)
            attribute("start", std::to_string(element.number));
        m_out += R"( style="margin:0 0 16px;padding-left:24px">)";
    }

    void item(const Element& element)
    {
        m_out += element.isTask ? R"(<li style="margin:0 0 4px;list-style-type:none">)" : R"(<li style="margin:0 0 4px">)";
        if (element.isTask)
            m_out += element.isDone ? "&#9745; " : "&#9744; ";
    }

    void cell(const Element& element)
    {
        std::string style = "border:1px solid #d0d7de;padding:6px 12px";
        switch (element.align) {
        case Element::Align::Left: style += ";text-align:left"; break;
        case Element::Align::Center: style += ";text-align:center"; break;
        case Element::Align::Right: style += ";text-align:right"; break;
        case Element::Align::None: break;
        }
        tag(element.isHead ? "th" : "td", style);
    }

    void link(const Element& element)
    {
        if (element.address.empty())
            return;
        m_out += "<a";
        attribute("href", element.address);
        m_out += R"( style="color:#0969da">)";
    }

    // Without an address only the alternative text is shown.
    void image(const Element& element)
    {
        m_images = 1;
        if (element.address.empty())
            return;
        m_out += "<img";
        attribute("src", element.address);
        m_out += R"( style="max-width:100%;height:auto;border:0" alt=")";
    }

    void endImage(const Element& element)
    {
        if (!element.address.empty())
            m_out += "\">";
    }

    std::string m_out = std::string(head);
    int m_images = 0; // that we are within
};

} // namespace

Result<std::string> markdownToMailHtml(std::string_view markdown)
{
    MailSink sink;
    if (Status status = walkMarkdown(markdown, sink); !status)
        return fail(status.error());
    return sink.take();
}

} // namespace carillon
