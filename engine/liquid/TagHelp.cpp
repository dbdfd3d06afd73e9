// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Help.h"

#include "engine/liquid/Problem.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon::liquid {

namespace {

struct Row {
    std::string_view names; // with blanks around each: a tag, its branches and its end
    std::string_view usage;
    const char* description;
};

constexpr Row rows[] = {
    {" if elsif endif ", "{% if contact.name %}...{% else %}...{% endif %}",
     QT_TRANSLATE_NOOP("carillon::liquid", "When something is true")},
    {" unless endunless ", "{% unless contact.name %}...{% endunless %}",
     QT_TRANSLATE_NOOP("carillon::liquid", "When something is not true")},
    {" else ", "{% if a %}...{% else %}...{% endif %}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Otherwise; of a loop: when there is nothing to go through")},
    {" case when endcase ", "{% case plan %}{% when 'free', 'trial' %}...{% else %}...{% endcase %}",
     QT_TRANSLATE_NOOP("carillon::liquid", "One of several values")},
    {" for endfor ", "{% for item in items limit: 5 %}{{ item.title }}{% else %}...{% endfor %}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Once for each element of a list")},
    {" break ", "{% for i in list %}{% break %}{% endfor %}", QT_TRANSLATE_NOOP("carillon::liquid", "Ends the loop")},
    {" continue ", "{% for i in list %}{% continue %}{% endfor %}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Goes on with the next element")},
    {" tablerow endtablerow ", "{% tablerow item in items cols: 2 %}{{ item }}{% endtablerow %}",
     QT_TRANSLATE_NOOP("carillon::liquid", "A list as rows of an HTML table")},
    {" cycle ", "{% cycle 'odd', 'even' %}", QT_TRANSLATE_NOOP("carillon::liquid", "The next of its values each time")},
    {" assign ", "{% assign total = price | times: 2 %}", QT_TRANSLATE_NOOP("carillon::liquid", "Sets a variable")},
    {" capture endcapture ", "{% capture text %}...{% endcapture %}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Sets a variable to what stands inside")},
    {" increment ", "{% increment counter %}", QT_TRANSLATE_NOOP("carillon::liquid", "Counts up from 0")},
    {" decrement ", "{% decrement counter %}", QT_TRANSLATE_NOOP("carillon::liquid", "Counts down from -1")},
    {" echo ", "{% echo contact.name | upcase %}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Puts something out; for use in liquid")},
    {" liquid ", "{% liquid\n  assign a = 1\n  echo a\n%}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Several tags, one a line")},
    {" render ", "{% render 'footer', brand: brand %}",
     QT_TRANSLATE_NOOP("carillon::liquid", "A snippet, which sees only what it is given")},
    {" include ", "{% include 'footer' %}", QT_TRANSLATE_NOOP("carillon::liquid", "A snippet, which sees all variables")},
    {" ifchanged endifchanged ", "{% ifchanged %}{{ day }}{% endifchanged %}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Only when it differs from what it was the last time")},
    {" raw endraw ", "{% raw %}{{ this stays }}{% endraw %}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Text in which nothing is read as Liquid")},
    {" comment endcomment ", "{% comment %}...{% endcomment %}", QT_TRANSLATE_NOOP("carillon::liquid", "Is not put out")},
    {" # ", "{% # a remark %}", QT_TRANSLATE_NOOP("carillon::liquid", "A remark")},
    {" doc enddoc ", "{% doc %}...{% enddoc %}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Describes a snippet; is not put out")},
};

} // namespace

std::optional<Help> tagHelp(std::string_view name)
{
    const std::string wanted = " " + std::string(name) + " ";
    const auto* found = std::find_if(std::begin(rows), std::end(rows),
                                     [&](const Row& row) { return row.names.find(wanted) != row.names.npos; });
    return found == std::end(rows) ? std::nullopt : std::optional(Help{found->usage, tr(found->description)});
}

} // namespace carillon::liquid
