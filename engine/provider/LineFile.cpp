// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/LineFile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("LineFile", text);
}

QString systemError(int error)
{
    return QString::fromStdString(std::generic_category().message(error));
}

// A reader at the other end of a pipe could keep us waiting for ever.
bool isUsable(const struct stat& status)
{
    return S_ISREG(status.st_mode) || S_ISCHR(status.st_mode);
}

QString notAFile()
{
    return tr("It is not a file to which lines can be appended.");
}

} // namespace

LineFile::LineFile(QString path)
    : m_path(std::move(path))
{
}

LineFile::~LineFile()
{
    close();
}

LineFile::Appended LineFile::append(const QByteArray& lines)
{
    if (m_file >= 0 && !isStillThere())
        close();
    if (m_file < 0) {
        if (const QString problem = open(); !problem.isEmpty())
            return {Kind::NotWritten, problem};
    }
    const QByteArray bytes = endsWithinLine() ? '\n' + lines : lines;
    qint64 written = 0;
    while (written < bytes.size()) {
        const ssize_t count = ::write(m_file, bytes.constData() + written, static_cast<size_t>(bytes.size() - written));
        if (count >= 0) {
            written += count;
        } else if (const int error = errno; error != EINTR) {
            takeBack(written);
            return {Kind::NotWritten, systemError(error)};
        }
    }
    return flush() ? Appended{} : Appended{Kind::Unknown, systemError(errno)};
}

// Under its name, and the same.
bool LineFile::isStillThere() const
{
    struct stat named = {};
    struct stat held = {};
    return ::stat(QFile::encodeName(m_path).constData(), &named) == 0 && ::fstat(m_file, &held) == 0
        && named.st_dev == held.st_dev && named.st_ino == held.st_ino;
}

QString LineFile::open()
{
    constexpr int flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    const QByteArray path = QFile::encodeName(m_path);
    m_file = ::open(path.constData(), flags);
    m_isNew = m_file < 0 && errno == ENOENT;
    if (m_isNew)
        m_file = ::open(path.constData(), flags | O_CREAT, S_IRUSR | S_IWUSR);
    if (m_file < 0)
        return systemError(errno);
    struct stat status = {};
    if (::fstat(m_file, &status) != 0 || !isUsable(status)) {
        close();
        return notAFile();
    }
    m_isRegular = S_ISREG(status.st_mode);
    return {};
}

void LineFile::close()
{
    if (m_file >= 0)
        ::close(m_file);
    m_file = -1;
}

bool LineFile::endsWithinLine() const
{
    struct stat status = {};
    char last = '\n';
    return m_isRegular && ::fstat(m_file, &status) == 0 && status.st_size > 0
        && ::pread(m_file, &last, 1, status.st_size - 1) == 1 && last != '\n';
}

// Only what is still the file's end: behind it may be somebody else's lines by now. What stays is ended by the next line.
void LineFile::takeBack(qint64 written) const
{
    struct stat status = {};
    const off_t end = ::lseek(m_file, 0, SEEK_CUR);
    if (written > 0 && m_isRegular && ::fstat(m_file, &status) == 0 && status.st_size == end)
        (void)!::ftruncate(m_file, end - written);
}

bool LineFile::flush()
{
    if (!m_isRegular)
        return true;
    if (::fdatasync(m_file) != 0)
        return false;
    if (!m_isNew)
        return true;
    const int folder = ::open(QFile::encodeName(QFileInfo(m_path).path()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return false;
    m_isNew = ::fsync(folder) != 0;
    ::close(folder);
    return !m_isNew;
}

QString LineFile::obstacle() const
{
    struct stat status = {};
    const QByteArray path = QFile::encodeName(m_path);
    if (::stat(path.constData(), &status) == 0) {
        if (!isUsable(status))
            return notAFile();
        return ::access(path.constData(), R_OK | W_OK) == 0 ? QString() : systemError(errno);
    }
    if (errno != ENOENT)
        return systemError(errno);
    const QByteArray folder = QFile::encodeName(QFileInfo(m_path).path());
    return ::access(folder.constData(), W_OK | X_OK) == 0 ? QString() : systemError(errno);
}

} // namespace carillon
