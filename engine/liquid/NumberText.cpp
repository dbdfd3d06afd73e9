// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/NumberText.h"

#include "engine/liquid/ValueText.h"

#include <algorithm>
#include <cmath>

namespace carillon::liquid {

namespace {

// ISO 4217: the currencies that have no fraction, or one of three digits.
constexpr std::string_view withoutFraction[]
    = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::string_view withThousandths[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

struct Symbol {
    std::string_view code;
    QStringView text;
};

// The symbols by which a currency is known outside of its own country (CLDR 42, root and English).
constexpr Symbol symbols[] = {
    {"AUD", u"A$"},  {"BRL", u"R$"}, {"CAD", u"CA$"}, {"CNY", u"CN¥"}, {"EUR", u"€"}, {"GBP", u"£"},
    {"HKD", u"HK$"}, {"ILS", u"₪"},  {"INR", u"₹"},   {"JPY", u"¥"},   {"KRW", u"₩"}, {"MXN", u"MX$"},
    {"NZD", u"NZ$"}, {"PHP", u"₱"},  {"TWD", u"NT$"}, {"USD", u"$"},   {"VND", u"₫"},
};

template <typename Codes>
bool holds(const Codes& codes, std::string_view code)
{
    return std::find(std::begin(codes), std::end(codes), code) != std::end(codes);
}

int decimalsOf(std::string_view currency)
{
    return holds(withoutFraction, currency) ? 0 : holds(withThousandths, currency) ? 3 : 2;
}

QString symbolOf(std::string_view currency, const QLocale& locale)
{
    const QString code = QString::fromUtf8(currency.data(), qsizetype(currency.size()));
    if (locale.currencySymbol(QLocale::CurrencyIsoCode) == code)
        return locale.currencySymbol();
    const auto* known = std::find_if(std::begin(symbols), std::end(symbols),
                                     [&](const Symbol& symbol) { return symbol.code == currency; });
    if (known == std::end(symbols))
        return code + QChar(QChar::Nbsp);
    // Where "$" is another country's dollar, the United States' one says so.
    const bool isOtherDollar = currency == "USD" && locale.currencySymbol() == u"$";
    return isOtherDollar ? QStringLiteral("US$") : known->text.toString();
}

// Rounds as people do: 2.345 to 2.35, though its nearest double is a little less.
double rounded(double value, int decimals)
{
    const double scale = std::pow(10.0, decimals);
    const double scaled = value * scale;
    if (!std::isfinite(scaled) || std::fabs(scaled) > 1e15)
        return value;
    return std::round(scaled * (1 + 1e-15)) / scale;
}

double realOf(const Value& number)
{
    return number.real() ? *number.real() : double(*number.integer());
}

} // namespace

bool isCurrencyCode(std::string_view code)
{
    return code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::optional<std::string> numberText(const Value& value, const QLocale& locale, std::optional<int> decimals)
{
    const std::optional<Value> number = toNumber(value);
    if (!number || !std::isfinite(realOf(*number)))
        return std::nullopt;
    if (number->integer() && !decimals.value_or(0))
        return locale.toString(qlonglong(*number->integer())).toStdString();
    if (!decimals)
        return locale.toString(*number->real(), 'f', QLocale::FloatingPointShortest).toStdString();
    return locale.toString(rounded(realOf(*number), *decimals), 'f', *decimals).toStdString();
}

std::optional<std::string> moneyText(const Value& value, const QLocale& locale, std::string_view currency)
{
    const std::optional<Value> number = toNumber(value);
    if (!number || !std::isfinite(realOf(*number)))
        return std::nullopt;
    const int decimals = decimalsOf(currency);
    const double amount = rounded(realOf(*number), decimals);
    // Qt writes what is below zero as accountants do, in brackets; a mail has a minus sign.
    QString text = locale.toCurrencyString(std::fabs(amount), symbolOf(currency, locale), decimals).trimmed();
    if (amount < 0)
        text.prepend(locale.negativeSign());
    return text.toStdString();
}

} // namespace carillon::liquid
