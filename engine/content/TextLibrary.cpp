// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TextLibrary.h"

namespace carillon {

namespace {

QList<Template> textsFor(const Brand& brand, const QList<Template>& templates)
{
    QList<Template> texts;
    for (const Template& one : templates) {
        if (one.scope == TemplateScope::Texts && (one.brandId == 0 || one.brandId == brand.id))
            texts << one;
    }
    return texts;
}

} // namespace

// The layers of one view, best first.
class TextLibrary::View : public liquid::Texts {
public:
    std::vector<std::shared_ptr<const Layer>> layers;

    std::optional<std::string_view> find(std::string_view key) const override
    {
        for (const auto& layer : layers) {
            if (const auto text = layer->find(key); text != layer->end())
                return text->second;
        }
        return std::nullopt;
    }
};

TextLibrary::TextLibrary(const QList<Template>& templates, const Brand& brand)
    : m_sources(carillon::textsFor(brand, templates))
    , m_brand(brand)
{
    struct Source {
        QString locale;
        bool ofBrand;
        std::shared_ptr<const Layer> layer;
    };
    std::vector<Source> sources;
    QStringList locales;
    for (const Template& one : std::as_const(m_sources)) {
        auto layer = std::make_shared<Layer>();
        for (auto text = one.parts.cbegin(); text != one.parts.cend(); ++text)
            layer->emplace(text.key().toStdString(), text.value().toStdString());
        sources.push_back({normalLocale(one.locale), one.brandId != 0, std::move(layer)});
        locales << sources.back().locale;
    }
    if (sources.empty())
        return;
    m_views = LocaleViews(locales, brand.locale);
    for (int view = 0; view < m_views.count(); ++view) {
        auto texts = std::make_shared<View>();
        for (const QString& locale : m_views.chain(view)) {
            for (const bool ofBrand : {true, false}) {
                for (const Source& source : sources) {
                    if (source.ofBrand == ofBrand && sameLocale(source.locale, locale))
                        texts->layers.push_back(source.layer);
                }
            }
        }
        m_texts.push_back(std::move(texts));
    }
}

bool TextLibrary::isMadeOf(const QList<Template>& templates, const Brand& brand) const
{
    return m_brand.id == brand.id && m_brand.locale == brand.locale && m_sources == carillon::textsFor(brand, templates);
}

const liquid::Texts* TextLibrary::textsFor(QStringView locale) const
{
    return m_texts.empty() ? nullptr : m_texts[std::size_t(m_views.of(locale))].get();
}

} // namespace carillon
