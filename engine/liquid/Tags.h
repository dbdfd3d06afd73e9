// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Compiler.h"

namespace carillon::liquid {

// One tag: a row of the table in Tags.cpp, and one function that makes its node (or none, when there is nothing to do).
struct Tag {
    std::string_view name;
    std::unique_ptr<Node> (*compile)(Compiler& compiler, const Piece& piece);
};

// nullptr when there is no tag of that name.
const Tag* findTag(std::string_view name);

// All names, block tags' ends and branches included, for completion.
std::vector<std::string_view> tagNames();

namespace tags {
std::unique_ptr<Node> compileAssign(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileBreak(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileCapture(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileCase(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileComment(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileContinue(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileCycle(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileDecrement(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileEcho(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileFor(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileIf(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileIfChanged(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileInclude(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileIncrement(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileInlineComment(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileLiquid(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileRender(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileTableRow(Compiler& compiler, const Piece& piece);
std::unique_ptr<Node> compileUnless(Compiler& compiler, const Piece& piece);
} // namespace tags

} // namespace carillon::liquid
