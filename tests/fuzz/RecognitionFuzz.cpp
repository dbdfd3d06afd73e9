// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/FieldCheck.h"
#include "engine/provider/SmtpProvider.h"
#include "engine/provider/SmtpRecognition.h"
#include "tests/fuzz/Check.h"
#include "tests/fuzz/ProviderFiles.h"

using namespace carillon;

namespace {

// What was recognised is of that provider, and passes the checks of its fields.
void checkRecognised(const Recognised& recognised, const QList<ProviderField>& fields)
{
    qsizetype known = 0;
    for (const ProviderField& field : fields) {
        if (field.secret ? recognised.secrets.contains(field.key) : recognised.settings.contains(field.key)) {
            ++known;
            check((field.secret ? checkSecretField(field, recognised.secrets.value(field.key))
                                : checkField(field, recognised.settings.value(field.key)))
                      .has_value());
        }
    }
    check(known == recognised.settings.size() + recognised.secrets.size());
}

} // namespace

// Any pasted text is a provider's credentials or is not: to every provider that recognises some.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char*>(data), qsizetype(size));
    for (const ProviderFile& file : providerFiles()) {
        if (const auto recognised = file.recognition.recognise(text))
            checkRecognised(*recognised, file.description.fields);
    }
    recogniseSmtp(text);
    return 0;
}
