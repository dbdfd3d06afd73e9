// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/SealedFileVault.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>
#include <QtEndian>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace carillon {

namespace {

constexpr int LockMs = 2'000; // others hold it for as long as a small file takes to be written
constexpr qsizetype LengthSize = 4;

QString tr(const char* text)
{
    return QCoreApplication::translate("Vault", text);
}

// A secret inside the opened file, which is a sequence of these: length of the key, key (UTF-8), length of the value, value.
struct Entry {
    QByteArrayView key;
    QByteArrayView value;
};

std::optional<QByteArrayView> takePart(QByteArrayView& rest)
{
    if (rest.size() < LengthSize)
        return std::nullopt;
    const auto length = qsizetype(qFromBigEndian<quint32>(rest.data()));
    if (length > rest.size() - LengthSize)
        return std::nullopt;
    const QByteArrayView part = rest.sliced(LengthSize, length);
    rest = rest.sliced(LengthSize + length);
    return part;
}

Result<QList<Entry>> entriesOf(const LockedBytes& plain)
{
    QList<Entry> entries;
    QByteArrayView rest = plain.view();
    while (!rest.isEmpty()) {
        const std::optional<QByteArrayView> key = takePart(rest);
        const std::optional<QByteArrayView> value = key ? takePart(rest) : std::nullopt;
        if (!value)
            return fail(ErrorCode::StorageDamaged, tr("The sealed file is damaged inside."));
        entries << Entry{*key, *value};
    }
    return entries;
}

LockedBytes joined(const QList<Entry>& entries)
{
    qsizetype size = 0;
    for (const Entry& entry : entries)
        size += 2 * LengthSize + entry.key.size() + entry.value.size();
    LockedBytes plain(size);
    unsigned char* at = plain.data();
    for (const Entry& entry : entries) {
        for (const QByteArrayView part : {entry.key, entry.value}) {
            qToBigEndian(static_cast<quint32>(part.size()), at);
            std::memcpy(at + LengthSize, part.data(), static_cast<size_t>(part.size()));
            at += LengthSize + part.size();
        }
    }
    return plain;
}

tl::unexpected<Error> unreadable(const QString& path, const QString& why)
{
    return fail(ErrorCode::Storage, tr("The sealed file %1 cannot be read: %2.").arg(path, why));
}

// A link counts, wherever it leads.
Result<bool> isThere(const QString& path)
{
    struct stat status = {};
    if (::lstat(QFile::encodeName(path).constData(), &status) == 0)
        return true;
    return errno == ENOENT ? Result<bool>(false) : unreadable(path, qt_error_string(errno));
}

Result<QByteArray> readWhole(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, file.errorString());
    const QByteArray content = file.read(SealedFileVault::MaxFileBytes + 1);
    if (content.size() > SealedFileVault::MaxFileBytes)
        return fail(ErrorCode::StorageDamaged, tr("The sealed file %1 is larger than 1 MiB.").arg(path));
    return content;
}

// The name of a replaced file is on the disk only when its folder is.
void synchroniseFolder(const QString& path)
{
    const int folder = ::open(QFile::encodeName(QFileInfo(path).absolutePath()).constData(), O_RDONLY | O_DIRECTORY);
    if (folder < 0)
        return;
    ::fsync(folder);
    ::close(folder);
}

Status replaceFile(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.write(content) == content.size()
        && file.flush() && ::fsync(file.handle()) == 0;
    if (!written || !file.commit())
        return fail(ErrorCode::Storage, tr("The sealed file %1 cannot be written: %2.").arg(path, file.errorString()));
    synchroniseFolder(path);
    return {};
}

Error withPath(Error error, const QString& path)
{
    error.message = tr("%1: %2").arg(path, error.message);
    return error;
}

} // namespace

SealedFileVault::SealedFileVault(QString path, SealedBox box, Secret untilMade)
    : m_path(std::move(path))
    , m_box(std::move(box))
    , m_untilMade(std::move(untilMade))
{
}

Result<std::unique_ptr<SealedFileVault>> SealedFileVault::open(const QString& path, const Secret& passphrase,
                                                               const SealedBox::Cost& cost)
{
    const auto made
        = [&](const Result<SealedBox>& box, const Secret& untilMade) -> Result<std::unique_ptr<SealedFileVault>> {
        if (!box)
            return fail(withPath(box.error(), path));
        return std::unique_ptr<SealedFileVault>(new SealedFileVault(path, *box, untilMade));
    };
    const Result<bool> there = isThere(path);
    if (!there)
        return fail(there.error());
    if (!*there)
        return made(SealedBox::make(passphrase, cost), passphrase);
    const Result<QByteArray> sealed = readWhole(path);
    if (!sealed)
        return fail(sealed.error());
    auto vault = made(SealedBox::of(*sealed, passphrase), {});
    if (!vault)
        return vault;
    if (const Result<LockedBytes> opened = (*vault)->load(); !opened)
        return fail(opened.error());
    return vault;
}

Result<LockedBytes> SealedFileVault::load()
{
    const Result<bool> there = isThere(m_path);
    if (!there)
        return fail(there.error());
    if (!*there)
        return LockedBytes(0);
    const Result<QByteArray> sealed = readWhole(m_path);
    if (!sealed)
        return fail(sealed.error());
    if (const Status taken = takeBoxOf(*sealed); !taken)
        return fail(withPath(taken.error(), m_path));
    Result<LockedBytes> plain = m_box.open(*sealed);
    if (!plain)
        return fail(withPath(plain.error(), m_path));
    m_untilMade = {};
    return plain;
}

// When another process has made the file since open(), its salt counts and ours is forgotten.
Status SealedFileVault::takeBoxOf(const QByteArray& sealed)
{
    if (m_untilMade.isEmpty() || m_box.isOf(sealed))
        return {};
    const Result<SealedBox> box = SealedBox::of(sealed, m_untilMade);
    if (!box)
        return fail(box.error());
    m_box = *box;
    return {};
}

QString SealedFileVault::place() const
{
    return tr("the sealed file %1").arg(m_path);
}

QFuture<Status> SealedFileVault::probe()
{
    const Result<LockedBytes> plain = load();
    const QFileInfo folder(QFileInfo(m_path).absolutePath());
    Status status;
    if (!plain)
        status = fail(plain.error());
    else if (const Result<QList<Entry>> entries = entriesOf(*plain); !entries)
        status = fail(withPath(entries.error(), m_path));
    else if (!folder.isDir() || !folder.isWritable())
        status = fail(ErrorCode::Storage, tr("The folder of the sealed file %1 cannot be written to.").arg(m_path));
    return QtFuture::makeReadyFuture(status);
}

QFuture<Result<Secret>> SealedFileVault::read(const QString& key)
{
    const auto found = [&]() -> Result<Secret> {
        const Result<LockedBytes> plain = load();
        if (!plain)
            return fail(plain.error());
        const Result<QList<Entry>> entries = entriesOf(*plain);
        if (!entries)
            return fail(withPath(entries.error(), m_path));
        const QByteArray name = key.toUtf8();
        for (const Entry& entry : *entries) {
            if (entry.key == name)
                return Secret(entry.value.toByteArray());
        }
        return fail(missingSecret());
    };
    return QtFuture::makeReadyFuture(found());
}

QFuture<Status> SealedFileVault::write(const QString& key, const Secret& secret)
{
    if (secret.reveal().size() > MaxSecretBytes)
        return QtFuture::makeReadyFuture(
            Status(fail(ErrorCode::InvalidInput, tr("A secret of more than 64 KiB does not fit into a sealed file."))));
    return QtFuture::makeReadyFuture(replace(key, &secret));
}

QFuture<Status> SealedFileVault::remove(const QString& key)
{
    return QtFuture::makeReadyFuture(replace(key, nullptr));
}

Status SealedFileVault::replace(const QString& key, const Secret* secret)
{
    QLockFile lock(m_path + QStringLiteral(".lock"));
    if (!lock.tryLock(LockMs))
        return fail(ErrorCode::Busy,
                    tr("The sealed file %1 cannot be locked: another program writes it, or its folder "
                       "cannot be written to.")
                        .arg(m_path));
    const Result<LockedBytes> plain = load();
    if (!plain)
        return fail(plain.error());
    Result<QList<Entry>> entries = entriesOf(*plain);
    if (!entries)
        return fail(withPath(entries.error(), m_path));
    const QByteArray name = key.toUtf8();
    const bool had = entries->removeIf([&](const Entry& entry) { return entry.key == name; }) > 0;
    if (!secret && !had)
        return {};
    if (secret)
        entries->append({name, secret->reveal()});
    const QByteArray sealed = m_box.seal(joined(*entries));
    if (sealed.size() > MaxFileBytes)
        return fail(ErrorCode::StorageFull, tr("The sealed file %1 would become larger than 1 MiB.").arg(m_path));
    return replaceFile(m_path, sealed);
}

} // namespace carillon
