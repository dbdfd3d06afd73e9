// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Expression.h"

#include <vector>

namespace carillon::liquid {

class Renderer;

// How a node ended: go on with the next one, leave the loop, go on with the loop, or stop (the renderer holds the problem).
enum class Flow { Next, Break, Continue, Failed };

// One step of a compiled template. Immutable; render() is called from several threads at once, each with its own renderer.
class Node {
public:
    virtual ~Node() = default;

    virtual Flow render(Renderer& renderer) const = 0;

    // True when it can put out blanks at most: a block of such nodes puts out nothing (Shopify's rule for tidy output).
    virtual bool isBlank() const { return false; }
    virtual bool isText() const { return false; }
};

struct Block {
    std::vector<std::unique_ptr<Node>> nodes;

    bool isBlank() const;
    void dropText(); // of a blank block
};

class TextNode final : public Node {
public:
    TextNode(std::string text, bool isVerbatim); // verbatim text is never dropped for being blank
    Flow render(Renderer& renderer) const override;
    bool isBlank() const override { return m_isBlank; }
    bool isText() const override { return true; }

private:
    std::string m_text;
    bool m_isBlank;
};

class OutputNode final : public Node {
public:
    explicit OutputNode(Pipeline pipeline)
        : m_pipeline(std::move(pipeline))
    {
    }
    Flow render(Renderer& renderer) const override;

private:
    Pipeline m_pipeline;
};

} // namespace carillon::liquid
