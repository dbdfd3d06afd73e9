// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/ProviderFile.h"

#include <cstdlib>

using namespace carillon;

// Any bytes are a provider or have problems that lie within them; a provider makes a request of any message, or says why
// not.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const QByteArray json(reinterpret_cast<const char*>(data), qsizetype(size));
    QList<ProviderFileProblem> problems;
    const auto file = ProviderFile::parse(json, problems);
    if (file.has_value() != problems.isEmpty())
        std::abort();
    const qsizetype lines = json.count('\n') + 1;
    for (const ProviderFileProblem& problem : problems) {
        if (problem.at.line < 1 || problem.at.line > lines || problem.at.column < 1 || problem.sentence.isEmpty())
            std::abort();
    }
    if (!file)
        return 0;
    Message message;
    message.to = QStringLiteral("https://example.org/\r\n");
    message.content = json;
    message.fields = {{QStringLiteral("text"), QString::fromUtf8(json)}};
    AccountConfig account;
    for (const ProviderField& field : file->description.fields) {
        if (field.secret)
            account.secrets.insert(field.key, Secret("secret\n"));
        else
            account.settings.insert(field.key, QStringLiteral("https://example.org/x"));
    }
    const auto made = file->request.make(RequestValues(account).with(message), message, 0);
    for (const HttpHeader& header : made ? made->request.headers : QList<HttpHeader>()) {
        if (header.second.contains('\n') || header.second.contains('\r'))
            std::abort();
    }
    return 0;
}
