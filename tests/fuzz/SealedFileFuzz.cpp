// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/SealedFileVault.h"
#include "tests/fuzz/Check.h"

#include <QFile>
#include <QTemporaryDir>

#include <cstring>

using namespace carillon;

namespace {

const Secret Passphrase("correct horse");
constexpr SealedBox::Cost Cheap{1, 8};
const QString Key = QStringLiteral("k");

void put(const QString& path, const QByteArray& content)
{
    QFile file(path);
    check(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    check(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

// What such a head asks for is not derived here: it would only be slow.
bool isDear(const QByteArray& file)
{
    return file.size() >= 28
        && (file.mid(20, 3) != QByteArray(3, '\0') || file[23] > 4 || file.mid(24, 2) != QByteArray(2, '\0'));
}

// Whoever opens such a file finds secrets in it or says what is wrong, and writes only what it could read.
void use(const QString& path)
{
    const QByteArray before = contentOf(path);
    auto opened = SealedFileVault::open(path, Passphrase, Cheap);
    if (!opened) {
        check(!opened.error().message.isEmpty() && contentOf(path) == before);
        return;
    }
    SealedFileVault& vault = **opened;
    const Result<Secret> found = vault.read(Key).result();
    const bool isReadable = found || found.error().code == ErrorCode::NeedsSecret;
    check(vault.probe().result().has_value() == isReadable);
    check(vault.write(Key, Secret("new")).result().has_value() == isReadable);
    check(isReadable ? vault.read(Key).result().value() == Secret("new") : contentOf(path) == before);
}

} // namespace

// Any bytes as a sealed file, and any bytes inside a file that was sealed well.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    static const QTemporaryDir folder;
    static const SealedBox box = SealedBox::make(Passphrase, Cheap).value();
    const QString path = folder.filePath(QStringLiteral("sealed"));
    const QByteArray raw(reinterpret_cast<const char*>(data), qsizetype(size));
    if (!isDear(raw)) {
        put(path, raw);
        use(path);
    }
    LockedBytes inside(raw.size());
    std::memcpy(inside.data(), raw.constData(), size);
    put(path, box.seal(inside));
    use(path);
    return 0;
}
