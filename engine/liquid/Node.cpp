// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Node.h"

#include "engine/liquid/Renderer.h"
#include "engine/liquid/Utf8.h"

#include <algorithm>

namespace carillon::liquid {

bool Block::isBlank() const
{
    return std::all_of(nodes.begin(), nodes.end(), [](const auto& node) { return node->isBlank(); });
}

void Block::dropText()
{
    std::erase_if(nodes, [](const auto& node) { return node->isText(); });
}

TextNode::TextNode(std::string text, bool isVerbatim)
    : m_text(std::move(text))
    , m_isBlank(!isVerbatim && utf8::trim(m_text).empty())
{
}

Flow TextNode::render(Renderer& renderer) const
{
    return renderer.write(m_text) ? Flow::Next : Flow::Failed;
}

Flow OutputNode::render(Renderer& renderer) const
{
    Value scratch;
    const Value* value = renderer.evaluate(m_pipeline, scratch);
    return value && renderer.put(*value) ? Flow::Next : Flow::Failed;
}

} // namespace carillon::liquid
