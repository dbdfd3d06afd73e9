// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace carillon::ui {

// A tag as an editor knows it.
struct TagForm {
    const char* name;
    const char* help; // one line for people, to be translated with tagHelp()
    const char* opens = nullptr; // a branch or an end: the tag that it belongs to
    bool block = false; // is closed by end<name>
};

// Every tag of the language, ends and branches included.
const QList<TagForm>& tagForms();
// nullptr when there is none of that name.
const TagForm* tagForm(const QString& name);
QString tagHelp(const TagForm& tag);

// A stretch of a text.
struct TextRange {
    qsizetype start = 0;
    qsizetype length = 0;

    qsizetype end() const { return start + length; }
    friend bool operator==(const TextRange&, const TextRange&) = default;
};

// One tag of a template.
struct TagPlace {
    QString name; // "if"
    TextRange word; // where the name is
    TextRange whole; // from {% to %}; in a {% liquid %} the line
};

// The tags of a text in order: those in {% liquid %} too, none that is in a comment, in raw or in doc.
QList<TagPlace> tagsOf(const QString& text);

// The tags of the block that the tag at `position` opens, continues or closes: if, elsif, else, endif. Empty when there is
// no block tag, or when it is not closed or not opened.
QList<TagPlace> blockAt(const QString& text, qsizetype position);
QList<TagPlace> blockAt(const QList<TagPlace>& tags, qsizetype position);

// The blocks that are open at the end of a text, the outermost first.
QList<TagPlace> openBlocks(const QList<TagPlace>& tags);

} // namespace carillon::ui
