// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/audience/CsvFormat.h"

#include <QCoreApplication>

namespace carillon {

Result<CsvFormat> csvFormat(const ImportOptions& options)
{
    const std::optional<TextEncoding> encoding = encodingOf(options.encoding);
    if (!encoding)
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate(
                        "ContactImport", "The encoding \"%1\" is not known: use UTF-8, UTF-16LE, UTF-16BE or windows-1252.")
                        .arg(options.encoding),
                    QStringLiteral("encoding"));
    const char16_t delimiter = options.delimiter;
    if (delimiter == 0 || delimiter > 126 || delimiter == u'"' || delimiter == u'\r' || delimiter == u'\n')
        return fail(
            ErrorCode::InvalidInput,
            QCoreApplication::translate("ContactImport",
                                        "The delimiter must be one ASCII character, such as a comma, a semicolon or a tab."),
            QStringLiteral("delimiter"));
    return CsvFormat{*encoding, char(delimiter)};
}

} // namespace carillon
